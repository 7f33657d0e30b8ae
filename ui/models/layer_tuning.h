// SPDX-License-Identifier: Apache-2.0
//
// The layers as the tuning panel shows them: the scores of the run, taken in as they come; the scale of each
// layer's slider; the threshold that its scores are held against. Brought up to date at most 25 times a
// second, and only while somebody looks.
#pragma once

#include "engine/trace/trace_digest.h"
#include "ui/models/paced_refresh.h"
#include "ui/models/replay_choice.h"
#include "ui/models/run_record.h"
#include "ui/models/tas_histogram.h"

#include <QObject>

#include <vector>

namespace fastcar::ui {

class LayerTuning : public QObject {
    Q_OBJECT
public:
    LayerTuning(ReplayChoice &choice, const RunRecord &record, QObject *parent = nullptr);

    ReplayChoice &choice() const { return choice_; }
    const RunRecord &record() const { return record_; }
    int layers() const { return choice_.layers(); }
    /// Is there anything to tune by? Scores come from the second frame on.
    bool hasScores() const;

    /// Nothing is computed for a panel that is not seen; what came meanwhile is made up for.
    void setWatched(bool watched);
    /// What came, at once, watched or not.
    void takeNew();
    /// While a slider is dragged: scales stay, so that it does not slip from under the finger.
    void setHeld(bool held);

    /// Is there a run of this model, and of the definition at hand? Otherwise its scores say nothing.
    bool hasRun() const;
    /// Of the run at hand, whatever it is of; null before the first.
    const TraceDigest *digest() const { return digest_ ? &*digest_ : nullptr; }
    /// Those that the gate decides by, in the frames where replay is allowed.
    SortedScores scores(int layer) const;
    /// From end to end of the layer's slider; of layer -1: of the one for all.
    TasRange scale(int layer) const;
    /// In force for the layer as things are set now: where a target has moved it to, if there is one. Nothing
    /// where the layer does not replay.
    std::optional<float> threshold(int layer) const;
    /// The same, whether or not the layer is one where replay is allowed.
    std::optional<float> inForce(int layer) const;
    /// Of all layers: what a target has found, as thresholds that one could set.
    ReplayChoice::Thresholds inForce() const;
    /// A target has moved them in the run at hand.
    bool hasFoundThresholds() const;
    /// Of layer -1: of all of them.
    TasHistogram histogram(int layer, int bins) const;

signals:
    /// Scores, scales or thresholds are others.
    void changed();

private:
    void ask();
    void refresh();
    TasRange scaleOf(int layer) const;
    std::optional<float> moved(int layer) const;

    ReplayChoice &choice_;
    const RunRecord &record_;
    bool held_ = false;
    PacedRefresh pace_;
    std::optional<TraceDigest> digest_;
    std::vector<TasRange> scales_; // of all, then by layer
};

} // namespace fastcar::ui
