// SPDX-License-Identifier: Apache-2.0
#include "ui/models/settings_change.h"

#include <QCoreApplication>
#include <QStringList>

namespace fastcar::ui {

namespace {

struct SettingsChangeText {
    Q_DECLARE_TR_FUNCTIONS(SettingsChange)
};

/// Of layers whose threshold differs, counted from 1.
QStringList otherThresholds(const ReplayPolicy &before, const ReplayPolicy &after)
{
    QStringList layers;
    const auto count = std::max(before.thresholds.size(), after.thresholds.size());
    const auto of = [](const ReplayPolicy &policy, std::size_t layer) {
        return layer < policy.thresholds.size() ? policy.thresholds[layer] : std::nullopt;
    };
    for (std::size_t layer = 0; layer < count; ++layer)
        if (of(before, layer) != of(after, layer))
            layers += QString::number(layer + 1);
    return layers;
}

QString nameOfThresholds(const ReplayPolicy &before, const ReplayPolicy &after)
{
    constexpr qsizetype mostNamed = 4;
    const QStringList layers = otherThresholds(before, after);
    if (layers.size() == 1)
        return SettingsChangeText::tr("Threshold of layer %1").arg(layers.front());
    const auto all = static_cast<qsizetype>(std::max(before.thresholds.size(), after.thresholds.size()));
    if (layers.size() < all && layers.size() <= mostNamed)
        return SettingsChangeText::tr("Thresholds of layers %1").arg(layers.join(QStringLiteral(", ")));
    return SettingsChangeText::tr("Thresholds");
}

void nameReplay(QStringList &names, const ReplayPolicy &before, const ReplayPolicy &after)
{
    if (before.definition != after.definition) {
        names += SettingsChangeText::tr("TAS definition"); // whose thresholds come with it
        return;
    }
    if (before.target != after.target)
        names += SettingsChangeText::tr("Target ratio"); // the same holds
    else if (before.thresholds != after.thresholds)
        names += nameOfThresholds(before, after);
    if (before.gate != after.gate)
        names += SettingsChangeText::tr("Gate");
    if (before.drs != after.drs)
        names += SettingsChangeText::tr("DRS");
    if (before.frames != after.frames)
        names += SettingsChangeText::tr("Frames with replay");
    if (before.layers != after.layers)
        names += SettingsChangeText::tr("Layers with replay");
}

} // namespace

QString nameOfChange(const RunSettingsModel::Snapshot &before, const RunSettingsModel::Snapshot &after)
{
    const RunSettings &a = before.settings;
    const RunSettings &b = after.settings;
    QStringList names;
    const auto compare = [&names](const auto &left, const auto &right, const char *name) {
        if (left != right)
            names += SettingsChangeText::tr(name);
    };
    compare(a.prompt, b.prompt, QT_TRANSLATE_NOOP("SettingsChange", "Prompt"));
    if (before.seedLocked != after.seedLocked)
        names += SettingsChangeText::tr("Lock of the seed");
    else
        compare(a.seed, b.seed, QT_TRANSLATE_NOOP("SettingsChange", "Seed"));
    compare(a.frames, b.frames, QT_TRANSLATE_NOOP("SettingsChange", "Frames"));
    compare(a.videos, b.videos, QT_TRANSLATE_NOOP("SettingsChange", "Videos"));
    compare(a.sampler.cfg, b.sampler.cfg, QT_TRANSLATE_NOOP("SettingsChange", "Guidance"));
    compare(a.sampler.temperature, b.sampler.temperature, QT_TRANSLATE_NOOP("SettingsChange", "Temperature"));
    compare(a.sampler.topK, b.sampler.topK, QT_TRANSLATE_NOOP("SettingsChange", "Top-k"));
    compare(a.sampler.topP, b.sampler.topP, QT_TRANSLATE_NOOP("SettingsChange", "Top-p"));
    compare(a.sampler.greedy, b.sampler.greedy, QT_TRANSLATE_NOOP("SettingsChange", "Sampling"));
    compare(a.attention, b.attention, QT_TRANSLATE_NOOP("SettingsChange", "Attention"));
    compare(a.device, b.device, QT_TRANSLATE_NOOP("SettingsChange", "Device"));
    nameReplay(names, a.replay, b.replay);
    if (names.isEmpty())
        return before == after ? QString() : SettingsChangeText::tr("Settings");
    // A longer prompt may take frames with it; that is still the prompt. Anything else of several is a set.
    return names.size() == 1 || a.prompt != b.prompt ? names.front() : SettingsChangeText::tr("Settings");
}

} // namespace fastcar::ui
