// SPDX-License-Identifier: Apache-2.0
//
// What the person chose of replay: a threshold for each layer, or a target that finds them, where replay is
// allowed, and who decides. policy() is what the engine makes of it. A layer that is off keeps the threshold
// that it had, so that it comes back where it was.
#pragma once

#include "engine/decode/replay_presets.h"
#include "ui/models/tas_scores.h"
#include "ui/models/threshold_shapes.h"

#include <QObject>

#include <map>
#include <optional>
#include <vector>

namespace fastcar::ui {

class ReplayChoice : public QObject {
    Q_OBJECT
public:
    /// What the thresholds amount to.
    enum class Kind {
        Off,        // no layer replays
        All,        // every eligible MLP is replayed
        Calibrated, // as the model brings them for a replay ratio
        Uniform,    // the same one for all layers
        PerLayer,   // anything else
    };
    Q_ENUM(Kind)
    using Thresholds = std::vector<std::optional<float>>;

    using QObject::QObject;

    /// Another model, with other layers and calibrations. Thresholds that do not fit it are given up.
    void setModel(int layers, const ModelDefaults &defaults);

    Kind kind() const;
    int percent() const { return percent_; } // of Calibrated; else of the calibration chosen last
    TasDefinition definition() const { return rule_.definition; }
    GateMode gate() const { return rule_.gate; }
    DrsPolicy drs() const { return rule_.drs; }
    ReplayRange frameRange() const { return rule_.frames; }
    ReplayRange layerRange() const { return rule_.layers; }
    const std::optional<ReplayTarget> &target() const { return rule_.target; }
    int layers() const { return layers_; }

    /// One per layer; nothing where it is off.
    const Thresholds &thresholds() const { return thresholds_; }
    /// Where a layer's slider stands, on or off.
    float sliderOf(int layer) const { return sliders_[static_cast<std::size_t>(layer)]; }
    /// The value of a slider for all: the middle one.
    float threshold() const { return middleOf(sliders_); }

    /// Replay ratios, in percent of eligible, that the model is calibrated for under the definition at hand.
    std::vector<int> calibratedPercents() const;
    /// Of a calibration, one per layer; null where the model has none.
    const std::vector<float> *calibrated(int percent) const;
    /// From the smallest to the largest finite one; of layer -1: of all layers.
    std::optional<TasRange> calibratedRange(int layer = -1) const;

    /// Which of them this is, if it is one; and what one means for the model, in percent of eligible.
    std::optional<ReplayPreset> preset() const;
    int percentOf(ReplayPreset preset) const;

    /// May this layer replay at all? Outside of layerRange() it may not.
    bool isOn(int layer) const;

    ReplayPolicy policy() const;
    void setPolicy(const ReplayPolicy &policy);

    // Who sets a threshold ends the target.

    /// Puts the thresholds of `layers`, one for each, which turns them on.
    void placeLayers(const LayerSet &layers, const std::vector<float> &thresholds);
    /// Under a target, too: a layer that is off stays out of it.
    void switchLayers(const LayerSet &layers, bool on);
    /// To the calibration of percent(), or else to the middle one.
    void resetLayers(const LayerSet &layers);
    /// All of them at once, one per layer.
    void chooseThresholds(const Thresholds &thresholds);
    void choosePreset(ReplayPreset preset);
    void chooseTarget(std::optional<ReplayTarget> target);
    void chooseFrameRange(ReplayRange frames);
    void chooseLayerRange(ReplayRange layers);

public slots:
    void chooseOff();
    void chooseAll();
    void chooseCalibrated(int percent);
    /// One for all layers.
    void chooseThreshold(float threshold);
    /// Every layer by as much as brings the middle one to `threshold`; from off and from all they come back.
    void shiftTo(float threshold);
    void chooseDefinition(fastcar::TasDefinition definition);
    void chooseGate(fastcar::GateMode gate);
    void chooseDrs(fastcar::DrsPolicy drs);

signals:
    void changed();

private:
    template <typename T>
    void assign(T &member, T value);
    /// Becomes the thresholds; says so only if anything changes by it.
    void take(Thresholds thresholds, std::optional<ReplayTarget> target = {});
    void keepSliders();
    Thresholds everywhere(std::optional<float> threshold) const;
    std::optional<int> recognised() const;
    std::optional<int> nearestPercent(int percent) const;
    void keepRangesWithin();

    int layers_ = 0;
    ModelDefaults defaults_;
    ReplayPolicy rule_; // all of it but the thresholds
    Thresholds thresholds_;
    std::vector<float> sliders_;
    std::map<TasDefinition, Thresholds> waiting_; // until their definition comes again
    int percent_ = 0;
};

} // namespace fastcar::ui
