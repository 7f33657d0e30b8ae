// SPDX-License-Identifier: Apache-2.0
//
// What the person chose of replay, in the terms of the panel: off, everything, one of the model's calibrated
// settings, or one threshold for all layers. policy() is what the engine makes of it.
#pragma once

#include "engine/checkpoint/checkpoint.h"
#include "engine/replay/replay_policy.h"
#include "ui/models/tas_scores.h"

#include <QObject>

#include <optional>
#include <vector>

namespace fastcar::ui {

class ReplayChoice : public QObject {
    Q_OBJECT
public:
    enum class Kind {
        Off,        // no layer replays
        All,        // every eligible MLP is replayed
        Calibrated, // a threshold per layer, as the model brings them for a replay ratio
        Uniform,    // one threshold for all layers
    };
    Q_ENUM(Kind)

    using QObject::QObject;

    /// Another model, with other layers and calibrations. A calibrated choice that it lacks becomes off.
    void setModel(int layers, const ModelDefaults &defaults);

    Kind kind() const { return kind_; }
    int percent() const { return percent_; } // of Calibrated
    TasDefinition definition() const { return definition_; }
    GateMode gate() const { return gate_; }
    DrsPolicy drs() const { return drs_; }
    int layers() const { return layers_; }
    /// Replay ratios, in percent of eligible, that the model is calibrated for under the definition at hand.
    std::vector<int> calibratedPercents() const;
    /// The value that a single slider shows: the threshold, or the middle one of calibrated ones.
    float threshold() const;
    /// Smallest and largest threshold of the calibration under the definition at hand, if there is one.
    std::optional<TasRange> calibratedRange() const;

    ReplayPolicy policy() const;
    /// Chooses what comes closest to `policy`: itself, if its thresholds are those of one of the kinds above.
    void setPolicy(const ReplayPolicy &policy);

public slots:
    void chooseOff();
    void chooseAll();
    void chooseCalibrated(int percent);
    void chooseThreshold(float threshold);
    void chooseDefinition(fastcar::TasDefinition definition);
    void chooseGate(fastcar::GateMode gate);
    void chooseDrs(fastcar::DrsPolicy drs);

signals:
    void changed();

private:
    const std::vector<float> *calibrated(int percent) const;
    void choose(Kind kind);

    int layers_ = 0;
    std::map<std::string, std::map<int, std::vector<float>>> calibration_;
    Kind kind_ = Kind::Off;
    int percent_ = 0;
    float uniform_ = 0.0f;
    TasDefinition definition_ = TasDefinition::Official;
    GateMode gate_ = GateMode::Row;
    DrsPolicy drs_ = DrsPolicy::Split;
};

} // namespace fastcar::ui
