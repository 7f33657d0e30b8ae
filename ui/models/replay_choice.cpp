// SPDX-License-Identifier: Apache-2.0
#include "ui/models/replay_choice.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fastcar::ui {

namespace {
constexpr float everything = -std::numeric_limits<float>::infinity();

float middleOf(std::vector<float> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

void ReplayChoice::setModel(int layers, const ModelDefaults &defaults)
{
    layers_ = layers;
    calibration_ = defaults.thresholds;
    if (kind_ == Kind::Calibrated && !calibrated(percent_))
        kind_ = Kind::Off;
    if (const auto percents = calibratedPercents(); kind_ == Kind::Off && !percents.empty())
        uniform_ = middleOf(*calibrated(percents[percents.size() / 2])); // where a slider best starts from
    emit changed();
}

std::vector<int> ReplayChoice::calibratedPercents() const
{
    std::vector<int> percents;
    const auto of = calibration_.find(toString(definition_));
    if (of != calibration_.end())
        for (const auto &[percent, thresholds] : of->second)
            if (static_cast<int>(thresholds.size()) == layers_)
                percents.push_back(percent);
    return percents;
}

const std::vector<float> *ReplayChoice::calibrated(int percent) const
{
    const auto of = calibration_.find(toString(definition_));
    if (of == calibration_.end())
        return nullptr;
    const auto thresholds = of->second.find(percent);
    const bool fits =
        thresholds != of->second.end() && static_cast<int>(thresholds->second.size()) == layers_;
    return fits ? &thresholds->second : nullptr;
}

float ReplayChoice::threshold() const
{
    const auto *perLayer = kind_ == Kind::Calibrated ? calibrated(percent_) : nullptr;
    return perLayer && !perLayer->empty() ? middleOf(*perLayer) : uniform_;
}

std::optional<TasRange> ReplayChoice::calibratedRange() const
{
    std::optional<TasRange> range;
    for (int percent : calibratedPercents())
        for (float value : *calibrated(percent))
            range = range ? united(*range, {value, value}) : TasRange{value, value};
    return range;
}

ReplayPolicy ReplayChoice::policy() const
{
    ReplayPolicy policy{.definition = definition_, .gate = gate_, .drs = drs_, .thresholds = {}};
    const auto count = static_cast<std::size_t>(layers_);
    switch (kind_) {
    case Kind::Off:
        break;
    case Kind::All:
        policy.thresholds.assign(count, everything);
        break;
    case Kind::Uniform:
        policy.thresholds.assign(count, uniform_);
        break;
    case Kind::Calibrated:
        if (const auto *perLayer = calibrated(percent_))
            policy.thresholds.assign(perLayer->begin(), perLayer->end());
        break;
    }
    return policy;
}

void ReplayChoice::setPolicy(const ReplayPolicy &policy)
{
    definition_ = policy.definition;
    gate_ = policy.gate;
    drs_ = policy.drs;
    kind_ = Kind::Off;
    const auto &thresholds = policy.thresholds;
    for (int percent : calibratedPercents()) {
        const auto &perLayer = *calibrated(percent);
        if (std::equal(perLayer.begin(), perLayer.end(), thresholds.begin(), thresholds.end())) {
            kind_ = Kind::Calibrated;
            percent_ = percent;
        }
    }
    if (kind_ == Kind::Off && !thresholds.empty() && thresholds.front()) {
        kind_ = std::isinf(*thresholds.front()) ? Kind::All : Kind::Uniform;
        if (kind_ == Kind::Uniform)
            uniform_ = *thresholds.front();
    }
    emit changed();
}

void ReplayChoice::choose(Kind kind)
{
    if (kind_ == kind)
        return;
    kind_ = kind;
    emit changed();
}

void ReplayChoice::chooseOff()
{
    choose(Kind::Off);
}

void ReplayChoice::chooseAll()
{
    choose(Kind::All);
}

void ReplayChoice::chooseCalibrated(int percent)
{
    if (!calibrated(percent) || (kind_ == Kind::Calibrated && percent_ == percent))
        return;
    kind_ = Kind::Calibrated;
    percent_ = percent;
    uniform_ = threshold();
    emit changed();
}

void ReplayChoice::chooseThreshold(float threshold)
{
    if (kind_ == Kind::Uniform && uniform_ == threshold)
        return;
    kind_ = Kind::Uniform;
    uniform_ = threshold;
    emit changed();
}

void ReplayChoice::chooseDefinition(TasDefinition definition)
{
    if (definition_ == definition)
        return;
    definition_ = definition;
    if (kind_ == Kind::Calibrated && !calibrated(percent_))
        kind_ = Kind::Off; // thresholds of one definition mean nothing under the other
    emit changed();
}

void ReplayChoice::chooseGate(GateMode gate)
{
    if (gate_ == gate)
        return;
    gate_ = gate;
    emit changed();
}

void ReplayChoice::chooseDrs(DrsPolicy drs)
{
    if (drs_ == drs)
        return;
    drs_ = drs;
    emit changed();
}

} // namespace fastcar::ui
