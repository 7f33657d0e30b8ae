// SPDX-License-Identifier: Apache-2.0
//
// What replay did to the picture: the newest run without replay that came to its end is kept, and a run that
// differs from it in nothing but replay is held against it, position by position, as its frames are made.
#pragma once

#include "ui/models/run_record.h"

#include <QObject>

#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace fastcar::ui {

class DenseReference : public QObject {
    Q_OBJECT
public:
    /// Full colour of the overlay: so many levels of 255. The same for all runs, so that they can be
    /// compared.
    static constexpr float fullLevels = 48.0f;

    explicit DenseReference(const RunRecord &record, QObject *parent = nullptr);

    /// A run without replay, from wherever it comes; the newest counts. [video][frame]
    void take(const RunSettings &settings, std::vector<std::vector<SharedFrame>> pictures);
    /// The record's run can be held against it.
    bool fits() const;
    /// By position: the mean absolute difference of its pixels, in levels of 255. Nothing as long as the
    /// frame is not whole.
    std::optional<std::span<const float>> drift(int video, int frame) const;
    /// How to get one: a sentence or two.
    QString whyNot() const;

signals:
    void changed();

private:
    void takeRun();

    const RunRecord &record_;
    std::optional<RunSettings> settings_;
    std::vector<std::vector<SharedFrame>> pictures_;
    mutable std::map<std::pair<int, int>, std::vector<float>> drift_; // of frames that were asked for
};

} // namespace fastcar::ui
