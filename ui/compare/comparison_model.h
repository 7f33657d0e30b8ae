// SPDX-License-Identifier: Apache-2.0
//
// Two runs and what is between them. Files are read, pictures made of codes and figures computed in the
// background; a newer request takes the place of an older one. What is here stays until the new is there.
#pragma once

#include "engine/quality/loaded_comparison.h"
#include "ui/bridge/latest_job.h"
#include "ui/compare/run_source.h"
#include "ui/compare/shown_runs.h"

#include <QObject>

#include <array>
#include <memory>
#include <optional>

namespace fastcar::ui {

class ComparisonModel : public QObject {
    Q_OBJECT
public:
    /// `runs` outlives it.
    explicit ComparisonModel(ShownRuns &runs, QObject *parent = nullptr);

    /// That is open: makes pictures of traces that have none.
    void setModel(const Model &model) { model_ = model; }

    const RunSource &source(Side side) const { return at(side).source; }
    void setSource(Side side, const RunSource &source);
    void setSources(const RunSource &a, const RunSource &b);
    /// A becomes B and B becomes A.
    void exchange();

    /// Frame f of B stands beside frame f + offset of A.
    int offset() const { return offset_; }
    void setOffset(int offset);
    /// Whose pictures are compared, of runs that have several.
    int video() const { return video_; }
    void setVideo(int video);

    /// While a side is being read it is the run of before.
    ShownRuns::Run run(Side side) const { return at(side).run; }
    /// Null: there is nothing to compare, or it is still being computed for the first time.
    std::shared_ptr<const LoadedComparison> result() const { return result_; }
    /// Why there is no result, in sentences. Empty where there is one, or where a side was not chosen yet.
    const QString &problem() const { return problem_; }
    /// Why this side could not be read; empty: it could, or nothing was chosen.
    const QString &unread(Side side) const { return at(side).unread; }
    bool busy() const { return job_.busy(); }

    /// Frames that can be looked at: those of B, and those of A that stand beside no frame of B.
    int frames() const;
    /// The picture that stands at a frame of B. Null: that side has none there.
    SharedFrame picture(Side side, int frame) const;

signals:
    void sourcesChanged();
    void offsetChanged(int offset);
    void busyChanged(bool busy);
    /// Runs, result or problem are others.
    void changed();

private:
    struct Chosen {
        RunSource source;
        ShownRuns::Run run;
        QString loadedFile; // that `run` was read from
        QString unread;
    };
    struct Answer;

    Chosen &at(Side side) { return sides_[side == Side::A ? 0 : 1]; }
    const Chosen &at(Side side) const { return sides_[side == Side::A ? 0 : 1]; }
    void askFor(RunSource::Kind kind);
    void ask();
    void take(Answer answer);
    const std::vector<SharedFrame> *pictures(Side side) const;

    ShownRuns &runs_;
    std::optional<Model> model_;
    std::array<Chosen, 2> sides_;
    int offset_ = 0;
    int video_ = 0;
    std::shared_ptr<const LoadedComparison> result_;
    QString problem_;
    LatestJob job_; // last: waits for its work before the rest goes
};

} // namespace fastcar::ui
