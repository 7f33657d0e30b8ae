// SPDX-License-Identifier: Apache-2.0
#include "ui/models/run_settings_model.h"

#include "engine/text/prompt.h"

#include <QRandomGenerator>

#include <algorithm>

namespace fastcar::ui {

namespace {
/// Ten figures at the most: short enough to read out and to type.
constexpr quint64 seedLimit = 10'000'000'000ULL;
} // namespace

RunSettingsModel::RunSettingsModel(QObject *parent)
    : QObject(parent)
    , replay_(this)
{
    connect(&replay_, &ReplayChoice::changed, this, &RunSettingsModel::changed);
}

template <typename T>
void RunSettingsModel::assign(T &member, T value)
{
    if (member == value)
        return;
    member = std::move(value);
    emit changed();
}

void RunSettingsModel::setModel(const Model &model)
{
    const std::string folder = model.checkpoint->folder().string();
    const bool known = settings_.modelFolder == folder;
    model_ = model;
    settings_.modelFolder = folder;
    replay_.setModel(model.checkpoint->config().backbone.layers, model.checkpoint->defaults());
    if (known && remembered_ &&
        (remembered_->thresholds.empty() ||
         remembered_->thresholds.size() == static_cast<std::size_t>(replay_.layers())))
        replay_.setPolicy(*remembered_);
    remembered_.reset();
    measurePrompt();
    if (!known)
        resetToModelDefaults();
    emit changed();
}

void RunSettingsModel::resetToModelDefaults()
{
    if (!model_)
        return;
    const ModelDefaults &defaults = model_->checkpoint->defaults();
    const SamplerSettings vilaU;
    settings_.sampler = {
        .greedy = false,
        .temperature = defaults.temperature.value_or(vilaU.temperature),
        .topK = defaults.topK.value_or(vilaU.topK),
        .topP = defaults.topP.value_or(vilaU.topP),
        .cfg = defaults.cfg.value_or(vilaU.cfg),
    };
    const int trained = model_->checkpoint->config().videoFrames;
    settings_.frames = std::clamp(trained > 0 ? trained : 8, 1, std::max(1, mostFrames_));
    emit changed();
}

void RunSettingsModel::measurePrompt()
{
    if (!model_)
        return;
    std::size_t longest = 0;
    if (const auto ids = encodePrompt(*model_->tokenizer, prompt_.toStdString()))
        longest = std::max(ids->conditional.size(), ids->unconditional.size());
    mostFrames_ = std::max(1, maxFrames(model_->checkpoint->config(), static_cast<int>(longest)));
    settings_.frames = std::min(settings_.frames, mostFrames_);
}

RunSettings RunSettingsModel::settings() const
{
    RunSettings settings = settings_;
    settings.prompt = prompt_.toStdString();
    settings.replay = replay_.policy();
    return settings;
}

RunSettings RunSettingsModel::takeForRun()
{
    if (!seedLocked_)
        drawSeed();
    return settings();
}

QString RunSettingsModel::toJson() const
{
    return QString::fromStdString(fastcar::toJson(settings()));
}

void RunSettingsModel::fromJson(const QString &json)
{
    auto read = runSettingsFromJson(json.toStdString());
    if (!read)
        return;
    settings_ = std::move(read).value();
    settings_.videos = 1;
    remembered_ = settings_.replay;
    prompt_ = QString::fromStdString(settings_.prompt);
    emit promptChanged(prompt_);
    emit changed();
}

void RunSettingsModel::setPrompt(const QString &prompt)
{
    if (prompt == prompt_)
        return;
    prompt_ = prompt;
    measurePrompt();
    emit promptChanged(prompt_);
    emit changed();
}

void RunSettingsModel::setSeed(quint64 seed)
{
    assign(settings_.seed, static_cast<std::uint64_t>(seed));
}

void RunSettingsModel::setSeedLocked(bool locked)
{
    assign(seedLocked_, locked);
}

void RunSettingsModel::drawSeed()
{
    setSeed(QRandomGenerator::global()->generate64() % seedLimit);
}

void RunSettingsModel::setFrames(int frames)
{
    assign(settings_.frames, std::clamp(frames, 1, mostFrames_));
}

void RunSettingsModel::setGuidance(double cfg)
{
    assign(settings_.sampler.cfg, static_cast<float>(cfg));
}

void RunSettingsModel::setTemperature(double temperature)
{
    assign(settings_.sampler.temperature, static_cast<float>(temperature));
}

void RunSettingsModel::setTopK(int topK)
{
    assign(settings_.sampler.topK, topK);
}

void RunSettingsModel::setTopP(double topP)
{
    assign(settings_.sampler.topP, static_cast<float>(topP));
}

void RunSettingsModel::setDevice(const QString &device)
{
    assign(settings_.device, device.toStdString());
}

} // namespace fastcar::ui
