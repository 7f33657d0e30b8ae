// SPDX-License-Identifier: Apache-2.0
#include "ui/models/replay_choice.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fastcar::ui {

namespace {

constexpr float everything = -std::numeric_limits<float>::infinity();

bool isFinite(const std::optional<float> &threshold)
{
    return threshold && std::isfinite(*threshold);
}

/// Never replays: by none, or by one that nothing exceeds.
bool isOffValue(const std::optional<float> &threshold)
{
    return !threshold || *threshold == std::numeric_limits<float>::infinity();
}

bool isAllValue(const std::optional<float> &threshold)
{
    return threshold && *threshold == everything;
}

} // namespace

void ReplayChoice::setModel(int layers, const ModelDefaults &defaults)
{
    const Kind before = kind();
    const bool sameLayers = layers == layers_;
    const float uniform = threshold();
    layers_ = layers;
    defaults_ = defaults;
    waiting_.clear();

    const auto count = static_cast<std::size_t>(layers);
    const auto start = nearestPercent(percent_ > 0 ? percent_ : 50);
    if (before == Kind::Uniform || !start)
        sliders_.assign(count, uniform);
    else
        sliders_ = *calibrated(*start);
    for (float &slider : sliders_)
        if (!std::isfinite(slider))
            slider = uniform;
    switch (before) {
    case Kind::Off:
        thresholds_ = everywhere(std::nullopt);
        break;
    case Kind::All:
        thresholds_ = everywhere(everything);
        break;
    case Kind::Uniform:
        thresholds_ = everywhere(uniform);
        break;
    case Kind::Calibrated:
        thresholds_ = everywhere(std::nullopt);
        if (const auto *values = calibrated(percent_))
            thresholds_.assign(values->begin(), values->end());
        break;
    case Kind::PerLayer:
        if (!sameLayers)
            thresholds_ = everywhere(std::nullopt);
        break;
    }
    keepSliders();
    keepRangesWithin();
    emit changed();
}

ReplayChoice::Thresholds ReplayChoice::everywhere(std::optional<float> threshold) const
{
    return Thresholds(static_cast<std::size_t>(layers_), threshold);
}

void ReplayChoice::keepRangesWithin()
{
    if (rule_.layers.first > layers_)
        rule_.layers = {};
    if (rule_.layers.last > layers_)
        rule_.layers.last = 0;
}

void ReplayChoice::keepSliders()
{
    for (std::size_t layer = 0; layer < sliders_.size(); ++layer)
        if (isFinite(thresholds_[layer]))
            sliders_[layer] = *thresholds_[layer];
    percent_ = recognised().value_or(percent_);
}

std::optional<int> ReplayChoice::recognised() const
{
    for (const int percent : calibratedPercents()) {
        const auto &values = *calibrated(percent);
        if (std::equal(values.begin(), values.end(), thresholds_.begin(), thresholds_.end()))
            return percent;
    }
    return std::nullopt;
}

ReplayChoice::Kind ReplayChoice::kind() const
{
    if (std::all_of(thresholds_.begin(), thresholds_.end(), isOffValue))
        return Kind::Off;
    if (std::all_of(thresholds_.begin(), thresholds_.end(), isAllValue))
        return Kind::All;
    if (recognised())
        return Kind::Calibrated;
    const auto same = [&](const auto &threshold) { return threshold == thresholds_.front(); };
    return std::all_of(thresholds_.begin(), thresholds_.end(), same) ? Kind::Uniform : Kind::PerLayer;
}

std::vector<int> ReplayChoice::calibratedPercents() const
{
    std::vector<int> percents;
    if (const auto *levels = calibratedLevels(defaults_, rule_.definition, rule_.gate))
        for (const auto &[percent, thresholds] : *levels)
            if (static_cast<int>(thresholds.size()) == layers_)
                percents.push_back(percent);
    return percents;
}

const std::vector<float> *ReplayChoice::calibrated(int percent) const
{
    const auto *const levels = calibratedLevels(defaults_, rule_.definition, rule_.gate);
    if (!levels)
        return nullptr;
    const auto thresholds = levels->find(percent);
    const bool fits =
        thresholds != levels->end() && static_cast<int>(thresholds->second.size()) == layers_;
    return fits ? &thresholds->second : nullptr;
}

std::optional<int> ReplayChoice::nearestPercent(int percent) const
{
    const std::vector<int> percents = calibratedPercents();
    const auto nearer = [percent](int a, int b) { return std::abs(a - percent) < std::abs(b - percent); };
    const auto nearest = std::min_element(percents.begin(), percents.end(), nearer);
    return nearest == percents.end() ? std::nullopt : std::optional(*nearest);
}

std::optional<TasRange> ReplayChoice::calibratedRange(int layer) const
{
    std::optional<TasRange> range;
    for (const int percent : calibratedPercents()) {
        const auto &values = *calibrated(percent);
        for (int l = std::max(layer, 0); l < (layer < 0 ? layers_ : layer + 1); ++l) {
            const float value = values[static_cast<std::size_t>(l)];
            if (std::isfinite(value))
                range = range ? united(*range, {value, value}) : TasRange{value, value};
        }
    }
    return range;
}

bool ReplayChoice::isOn(int layer) const
{
    // A target without thresholds finds some for every layer.
    return !isOffValue(thresholds_[static_cast<std::size_t>(layer)]) || (target() && kind() == Kind::Off);
}

ReplayPolicy ReplayChoice::policy() const
{
    ReplayPolicy policy = rule_;
    if (kind() != Kind::Off)
        policy.thresholds = thresholds_;
    return policy;
}

void ReplayChoice::setPolicy(const ReplayPolicy &policy)
{
    if (policy == this->policy())
        return;
    if (policy.definition != rule_.definition)
        waiting_[rule_.definition] = thresholds_;
    rule_ = policy;
    rule_.thresholds.clear();
    keepRangesWithin();
    const bool fits = policy.thresholds.size() == thresholds_.size();
    thresholds_ = fits ? policy.thresholds : everywhere(std::nullopt);
    keepSliders();
    emit changed();
}

void ReplayChoice::take(Thresholds thresholds, std::optional<ReplayTarget> target)
{
    if (thresholds == thresholds_ && target == rule_.target)
        return;
    thresholds_ = std::move(thresholds);
    rule_.target = target;
    keepSliders();
    emit changed();
}

void ReplayChoice::chooseOff()
{
    take(everywhere(std::nullopt));
}

void ReplayChoice::chooseAll()
{
    take(everywhere(everything));
}

void ReplayChoice::chooseCalibrated(int percent)
{
    if (const auto *values = calibrated(percent))
        take(Thresholds(values->begin(), values->end()));
}

void ReplayChoice::chooseThreshold(float threshold)
{
    take(everywhere(threshold));
}

void ReplayChoice::chooseThresholds(const Thresholds &thresholds)
{
    if (thresholds.size() == thresholds_.size())
        take(thresholds);
}

void ReplayChoice::shiftTo(float threshold)
{
    // In double, so that layers with one threshold get exactly the one that was asked for.
    const double by = static_cast<double>(threshold) - static_cast<double>(this->threshold());
    const bool all = kind() == Kind::Off || kind() == Kind::All;
    Thresholds moved = thresholds_;
    for (std::size_t layer = 0; layer < sliders_.size(); ++layer) {
        sliders_[layer] = static_cast<float>(static_cast<double>(sliders_[layer]) + by);
        if (all || isFinite(moved[layer]))
            moved[layer] = sliders_[layer];
    }
    take(std::move(moved));
}

void ReplayChoice::placeLayers(const LayerSet &layers, const std::vector<float> &thresholds)
{
    Thresholds placed = thresholds_;
    for (std::size_t i = 0; i < layers.size(); ++i)
        placed[static_cast<std::size_t>(layers[i])] = thresholds[i];
    take(std::move(placed));
}

void ReplayChoice::switchLayers(const LayerSet &layers, bool on)
{
    Thresholds switched = thresholds_;
    if (target() && kind() == Kind::Off) // it found thresholds for all of them
        switched.assign(sliders_.begin(), sliders_.end());
    for (const int layer : layers) {
        auto &threshold = switched[static_cast<std::size_t>(layer)];
        if (isOffValue(threshold) == on)
            threshold = on ? std::optional(sliderOf(layer)) : std::nullopt;
    }
    take(std::move(switched), rule_.target);
}

void ReplayChoice::resetLayers(const LayerSet &layers)
{
    const auto percent = nearestPercent(percent_ > 0 ? percent_ : 50);
    if (!percent)
        return;
    Thresholds reset = thresholds_;
    for (const int layer : layers)
        reset[static_cast<std::size_t>(layer)] = (*calibrated(*percent))[static_cast<std::size_t>(layer)];
    take(std::move(reset));
}

std::optional<ReplayPreset> ReplayChoice::preset() const
{
    return presetOf(policy(), defaults_);
}

int ReplayChoice::percentOf(ReplayPreset preset) const
{
    return fastcar::percentOf(preset, defaults_, rule_.definition, rule_.gate);
}

void ReplayChoice::choosePreset(ReplayPreset preset)
{
    setPolicy(presetPolicy(preset, defaults_, policy()));
}

void ReplayChoice::chooseTarget(std::optional<ReplayTarget> target)
{
    Thresholds start = thresholds_;
    if (const Kind now = kind(); target && (now == Kind::Off || now == Kind::All)) {
        start = targetPolicy(*target, defaults_, rule_).thresholds;
        start.resize(thresholds_.size()); // without a calibration: off, so that what is measured decides
    }
    take(std::move(start), target);
}

template <typename T>
void ReplayChoice::assign(T &member, T value)
{
    if (member == value)
        return;
    member = value;
    emit changed();
}

void ReplayChoice::chooseDefinition(TasDefinition definition)
{
    if (rule_.definition == definition)
        return;
    // Thresholds of one definition mean nothing under the other, but for those that ask for no score.
    const Kind now = kind();
    waiting_[rule_.definition] = thresholds_;
    rule_.definition = definition;
    if (now != Kind::Off && now != Kind::All) {
        const auto before = waiting_.find(definition);
        const auto *values = now == Kind::Calibrated ? calibrated(percent_) : nullptr;
        if (values)
            thresholds_.assign(values->begin(), values->end());
        else if (before != waiting_.end())
            thresholds_ = before->second;
        else
            thresholds_ = everywhere(std::nullopt);
    }
    keepSliders();
    emit changed();
}

void ReplayChoice::chooseFrameRange(ReplayRange frames)
{
    assign(rule_.frames, frames);
}

void ReplayChoice::chooseLayerRange(ReplayRange layers)
{
    assign(rule_.layers, layers);
}

void ReplayChoice::chooseGate(GateMode gate)
{
    if (rule_.gate == gate)
        return;
    const bool asCalibrated = kind() == Kind::Calibrated;
    rule_.gate = gate;
    // The same share, by the thresholds that the model brings for this gate.
    if (const auto *values = asCalibrated ? calibrated(percent_) : nullptr)
        thresholds_.assign(values->begin(), values->end());
    keepSliders();
    emit changed();
}

void ReplayChoice::chooseDrs(DrsPolicy drs)
{
    assign(rule_.drs, drs);
}

} // namespace fastcar::ui
