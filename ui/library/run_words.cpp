// SPDX-License-Identifier: Apache-2.0
#include "ui/library/run_words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RunWords", text);
}

QString numberText(double value)
{
    return QString::number(value, 'g', 4);
}

QString thresholdsText(const ReplayPolicy &policy)
{
    std::vector<float> given;
    for (const auto &threshold : policy.thresholds)
        if (threshold)
            given.push_back(*threshold);
    if (given.empty())
        return tr("off");
    const auto [low, high] = std::ranges::minmax(given);
    const std::size_t without = policy.thresholds.size() - given.size();
    QString text;
    if (std::isinf(high) && high < 0.0f)
        text = tr("everything");
    else if (low == high)
        text = tr("above %1").arg(numberText(low));
    else
        text = tr("above %1 to %2, by layer").arg(numberText(low), numberText(high));
    return without == 0
               ? text
               : tr("%1, not in %2 of %3 layers").arg(text).arg(without).arg(policy.thresholds.size());
}

QString gateText(GateMode gate)
{
    switch (gate) {
    case GateMode::Row:
        return tr("each row for itself");
    case GateMode::All:
        return tr("all rows or none");
    case GateMode::Conditional:
        return tr("the conditional row decides");
    case GateMode::Mean:
        return tr("the mean of both rows decides");
    }
    return {};
}

QString definitionText(TasDefinition definition)
{
    return definition == TasDefinition::Official ? tr("official") : tr("paper");
}

QString replaySettingText(const RunSettings &run)
{
    const QString thresholds = thresholdsText(run.replay);
    if (thresholds == tr("off"))
        return thresholds;
    return tr("%1 (%2; %3)")
        .arg(thresholds, definitionText(run.replay.definition), gateText(run.replay.gate));
}

QString samplingText(const SamplerSettings &sampler)
{
    if (sampler.greedy)
        return tr("greedy");
    return tr("temperature %1, top-k %2, top-p %3")
        .arg(numberText(static_cast<double>(sampler.temperature)),
             sampler.topK == 0 ? tr("all") : QString::number(sampler.topK),
             sampler.topP >= 1.0f ? tr("all") : numberText(static_cast<double>(sampler.topP)));
}

QString guidanceText(const SamplerSettings &sampler)
{
    return sampler.cfg == 1.0f ? tr("off") : numberText(static_cast<double>(sampler.cfg));
}

} // namespace

QString stateTextOf(const RunEntry &run)
{
    QString text;
    switch (run.state) {
    case RunState::Running:
        text = tr("Running");
        break;
    case RunState::Done:
        return tr("Done");
    case RunState::Cancelled:
        text = tr("Cancelled");
        break;
    case RunState::Failed:
        text = tr("Failed");
        break;
    case RunState::Interrupted:
        text = tr("Interrupted");
        break;
    }
    return tr("%1 at %2 of %3 tokens").arg(text).arg(run.tokens).arg(run.totalTokens);
}

QString dateTextOf(std::int64_t ms, std::int64_t nowMs)
{
    const QDateTime made = QDateTime::fromMSecsSinceEpoch(ms);
    const QDate today = QDateTime::fromMSecsSinceEpoch(nowMs).date();
    const QLocale locale;
    const QString time = locale.toString(made.time(), QLocale::ShortFormat);
    if (made.date() == today)
        return tr("Today, %1").arg(time);
    if (made.date() == today.addDays(-1))
        return tr("Yesterday, %1").arg(time);
    return tr("%1, %2").arg(locale.toString(made.date(), QStringLiteral("d MMMM yyyy")), time);
}

QString runsText(std::int64_t runs)
{
    return runs == 1 ? tr("1 run") : tr("%1 runs").arg(runs);
}

QString sizeTextOf(std::int64_t bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString replayTextOf(const RunEntry &run)
{
    const auto ratio = run.replayOfEligible();
    return ratio ? tr("%1 %").arg(100.0 * *ratio, 0, 'f', 1) : QStringLiteral("–");
}

QString toolTipOf(const RunEntry &run)
{
    return QStringLiteral("<p><b>%1</b></p><p>%2<br>%3</p>")
        .arg(QString::fromStdString(run.prompt).toHtmlEscaped(), stateTextOf(run).toHtmlEscaped(),
             tr("replayed %1 of eligible, on %2")
                 .arg(replayTextOf(run), QString::fromStdString(run.device).toHtmlEscaped()));
}

QString spokenTextOf(const RunEntry &run)
{
    return tr("%1. %2. %3 of 5 stars. Replayed %4.")
        .arg(QString::fromStdString(run.prompt), stateTextOf(run))
        .arg(run.rating)
        .arg(replayTextOf(run));
}

std::vector<SettingWords> settingWords(const RunSettings &run, const RunSettings &now)
{
    std::vector<SettingWords> lines;
    const auto add = [&](const QString &name, auto wordsOf) {
        const QString value = wordsOf(run);
        const QString other = wordsOf(now);
        lines.push_back({name, value, value == other ? QString() : other});
    };
    add(tr("Frames"), [](const RunSettings &s) {
        return s.videos == 1 ? QString::number(s.frames) : tr("%1, %2 videos").arg(s.frames).arg(s.videos);
    });
    add(tr("Guidance"), [](const RunSettings &s) { return guidanceText(s.sampler); });
    add(tr("Sampling"), [](const RunSettings &s) { return samplingText(s.sampler); });
    add(tr("Replay"), replaySettingText);
    if (run.attention.windowed || now.attention.windowed)
        add(tr("Attention"),
            [](const RunSettings &s) { return QString::fromStdString(toString(s.attention)); });
    add(tr("Device"), [](const RunSettings &s) { return QString::fromStdString(s.device); });
    return lines;
}

} // namespace fastcar::ui
