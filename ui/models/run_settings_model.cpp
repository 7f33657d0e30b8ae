// SPDX-License-Identifier: Apache-2.0
#include "ui/models/run_settings_model.h"

#include "engine/backend/devices.h"
#include "engine/decode/run_limits.h"
#include "engine/text/prompt.h"
#include "ui/models/engine_words.h"

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
    emit replaced();
}

void RunSettingsModel::resetToModelDefaults()
{
    if (!model_)
        return;
    const ModelDefaults &defaults = model_->checkpoint->defaults();
    replay_.chooseGate(defaultGate(defaults));
    const SamplerSettings vilaU;
    settings_.sampler = {
        .greedy = false,
        .temperature = defaults.temperature.value_or(vilaU.temperature),
        .topK = defaults.topK.value_or(vilaU.topK),
        .topP = defaults.topP.value_or(vilaU.topP),
        .cfg = defaults.cfg.value_or(vilaU.cfg),
    };
    const int trained = model_->checkpoint->config().videoFrames;
    takeFrames(defaults.frames.value_or(trained > 0 ? trained : 8));
    settings_.videos = 1;
    if (settings_.device == "cpu")
        settings_.device = defaultDevice(defaults);
    emit changed();
}

void RunSettingsModel::measurePrompt()
{
    if (!model_)
        return;
    std::size_t longest = 0;
    if (const auto ids = encodePrompt(*model_->tokenizer, prompt_.toStdString()))
        longest = std::max(ids->conditional.size(), ids->unconditional.size());
    promptTokens_ = static_cast<int>(longest);
    mostFrames_ = std::max(1, maxFrames(model_->checkpoint->config(), promptTokens_));
    takeFrames(std::max(settings_.frames, cutFrames_));
}

/// As many as there is room for now; the rest when there is.
void RunSettingsModel::takeFrames(int wanted)
{
    settings_.frames = std::clamp(wanted, 1, std::max(1, mostFrames_));
    cutFrames_ = settings_.frames < wanted ? wanted : 0;
}

int RunSettingsModel::mostVideos() const
{
    return model_ ? maxVideos(*model_->checkpoint, promptTokens_, settings_) : videosAtATime;
}

QString RunSettingsModel::applyPreset(const RunSettings &preset)
{
    QStringList left;
    takeFrames(preset.frames);
    if (settings_.frames != preset.frames)
        left += tr("The model has room for %1 frames behind this prompt, not for %2.")
                    .arg(mostFrames_)
                    .arg(preset.frames);
    settings_.videos = std::clamp(preset.videos, 1, mostVideos());
    settings_.sampler = preset.sampler;
    settings_.attention = preset.attention;
    if (const auto usable = checkDevice(preset.device); usable)
        settings_.device = preset.device;
    else
        left += engineWords(usable.error());
    const auto thresholds = static_cast<int>(preset.replay.thresholds.size());
    if (thresholds == 0 || thresholds == replay_.layers())
        replay_.setPolicy(preset.replay);
    else
        left += tr("It has thresholds for %1 layers, but this model has %2: replay stays as it was.")
                    .arg(thresholds)
                    .arg(replay_.layers());
    emit changed();
    return left.join(QLatin1Char(' '));
}

QString RunSettingsModel::takeFromRun(const RunSettings &settings)
{
    setPrompt(QString::fromStdString(settings.prompt));
    setSeed(settings.seed);
    setSeedLocked(true);
    return applyPreset(settings);
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
    cutFrames_ = 0;
    settings_.videos = std::clamp(settings_.videos, 1, videosAtATime);
    remembered_ = settings_.replay;
    prompt_ = QString::fromStdString(settings_.prompt);
    emit promptChanged(prompt_);
    emit changed();
    emit replaced();
}

RunSettingsModel::Snapshot RunSettingsModel::snapshot() const
{
    Snapshot taken{.settings = settings(), .seedLocked = seedLocked_};
    if (!seedLocked_)
        taken.settings.seed = 0;
    return taken;
}

void RunSettingsModel::restore(const Snapshot &snapshot)
{
    const bool otherPrompt = QString::fromStdString(snapshot.settings.prompt) != prompt_;
    const std::uint64_t seed = settings_.seed;
    settings_ = snapshot.settings;
    cutFrames_ = 0;
    seedLocked_ = snapshot.seedLocked;
    if (!seedLocked_)
        settings_.seed = seed;
    prompt_ = QString::fromStdString(settings_.prompt);
    measurePrompt();
    // Last: whoever hears of it finds the rest as it is to be.
    replay_.setPolicy(settings_.replay);
    if (otherPrompt)
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
    cutFrames_ = 0; // this is what somebody wants
    assign(settings_.frames, std::clamp(frames, 1, mostFrames_));
}

void RunSettingsModel::setVideos(int videos)
{
    assign(settings_.videos, std::clamp(videos, 1, mostVideos()));
}

void RunSettingsModel::setGreedy(bool greedy)
{
    assign(settings_.sampler.greedy, greedy);
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

void RunSettingsModel::setAttention(const AttentionSpan &span)
{
    assign(settings_.attention, span);
}

} // namespace fastcar::ui
