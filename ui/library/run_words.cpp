// SPDX-License-Identifier: Apache-2.0
#include "ui/library/run_words.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

struct LibraryWordsText {
    Q_DECLARE_TR_FUNCTIONS(LibraryWords)
};

QString numberText(double value)
{
    return QString::number(value, 'g', 4);
}

QString thresholdsText(const ReplayPolicy &policy)
{
    if (policy.target)
        return LibraryWordsText::tr("target %1 %")
            .arg(100.0 * static_cast<double>(policy.target->ratio), 0, 'f', 0);
    std::vector<float> given;
    for (const auto &threshold : policy.thresholds)
        if (threshold)
            given.push_back(*threshold);
    if (given.empty())
        return LibraryWordsText::tr("off");
    const auto [low, high] = std::ranges::minmax(given);
    const std::size_t without = policy.thresholds.size() - given.size();
    QString text;
    if (std::isinf(high) && high < 0.0f)
        text = LibraryWordsText::tr("everything");
    else if (low == high)
        text = LibraryWordsText::tr("above %1").arg(numberText(low));
    else
        text = LibraryWordsText::tr("above %1 to %2, by layer").arg(numberText(low), numberText(high));
    return without == 0 ? text
                        : LibraryWordsText::tr("%1, not in %2 of %3 layers")
                              .arg(text)
                              .arg(without)
                              .arg(policy.thresholds.size());
}

QString gateText(GateMode gate)
{
    switch (gate) {
    case GateMode::Row:
        return LibraryWordsText::tr("each row for itself");
    case GateMode::All:
        return LibraryWordsText::tr("all rows or none");
    case GateMode::Conditional:
        return LibraryWordsText::tr("the conditional row decides");
    case GateMode::Mean:
        return LibraryWordsText::tr("the mean of both rows decides");
    }
    return {};
}

QString definitionText(TasDefinition definition)
{
    return definition == TasDefinition::Official ? LibraryWordsText::tr("official")
                                                 : LibraryWordsText::tr("paper");
}

QString replaySettingText(const RunSettings &run)
{
    const QString thresholds = thresholdsText(run.replay);
    if (thresholds == LibraryWordsText::tr("off"))
        return thresholds;
    return LibraryWordsText::tr("%1 (%2; %3)")
        .arg(thresholds, definitionText(run.replay.definition), gateText(run.replay.gate));
}

QString samplingText(const SamplerSettings &sampler)
{
    if (sampler.greedy)
        return LibraryWordsText::tr("greedy");
    return LibraryWordsText::tr("temperature %1, top-k %2, top-p %3")
        .arg(numberText(static_cast<double>(sampler.temperature)),
             sampler.topK == 0 ? LibraryWordsText::tr("all") : QString::number(sampler.topK),
             sampler.topP >= 1.0f ? LibraryWordsText::tr("all")
                                  : numberText(static_cast<double>(sampler.topP)));
}

QString guidanceText(const SamplerSettings &sampler)
{
    return sampler.cfg == 1.0f ? LibraryWordsText::tr("off") : numberText(static_cast<double>(sampler.cfg));
}

} // namespace

QString stateTextOf(const RunEntry &run)
{
    QString text;
    switch (run.state) {
    case RunState::Running:
        text = LibraryWordsText::tr("Running");
        break;
    case RunState::Done:
        return LibraryWordsText::tr("Done");
    case RunState::Cancelled:
        text = LibraryWordsText::tr("Cancelled");
        break;
    case RunState::Failed:
        text = LibraryWordsText::tr("Failed");
        break;
    case RunState::Interrupted:
        text = LibraryWordsText::tr("Interrupted");
        break;
    }
    return LibraryWordsText::tr("%1 at %2 of %3 tokens").arg(text).arg(run.tokens).arg(run.totalTokens);
}

QString runsText(std::int64_t runs)
{
    return runs == 1 ? LibraryWordsText::tr("1 run") : LibraryWordsText::tr("%1 runs").arg(runs);
}

QString deletedRunsText(std::int64_t runs)
{
    return runs == 1 ? LibraryWordsText::tr("1 deleted run")
                     : LibraryWordsText::tr("%1 deleted runs").arg(runs);
}

QString foundText(std::int64_t found, std::int64_t all)
{
    return all == 1 ? LibraryWordsText::tr("%1 of 1 run").arg(found)
                    : LibraryWordsText::tr("%1 of %2 runs").arg(found).arg(all);
}

QString foundDeletedText(std::int64_t found, std::int64_t all)
{
    return all == 1 ? LibraryWordsText::tr("%1 of 1 deleted run").arg(found)
                    : LibraryWordsText::tr("%1 of %2 deleted runs").arg(found).arg(all);
}

QString sizeTextOf(std::int64_t bytes)
{
    return QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString replayTextOf(const RunEntry &run)
{
    const auto ratio = run.replayOfEligible();
    return ratio ? LibraryWordsText::tr("%1 %").arg(100.0 * *ratio, 0, 'f', 1) : QStringLiteral("–");
}

QString toolTipOf(const RunEntry &run)
{
    return QStringLiteral("<p><b>%1</b></p><p>%2<br>%3</p>")
        .arg(QString::fromStdString(run.prompt).toHtmlEscaped(), stateTextOf(run).toHtmlEscaped(),
             LibraryWordsText::tr("replayed %1 of eligible, on %2")
                 .arg(replayTextOf(run), QString::fromStdString(run.device).toHtmlEscaped()));
}

QString spokenTextOf(const RunEntry &run)
{
    return LibraryWordsText::tr("%1. %2. %3 of 5 stars. Replayed %4.")
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
    add(LibraryWordsText::tr("Frames"), [](const RunSettings &s) {
        return s.videos == 1 ? QString::number(s.frames)
                             : LibraryWordsText::tr("%1, %2 videos").arg(s.frames).arg(s.videos);
    });
    add(LibraryWordsText::tr("Guidance"), [](const RunSettings &s) { return guidanceText(s.sampler); });
    add(LibraryWordsText::tr("Sampling"), [](const RunSettings &s) { return samplingText(s.sampler); });
    add(LibraryWordsText::tr("Replay"), replaySettingText);
    if (run.attention.windowed || now.attention.windowed)
        add(LibraryWordsText::tr("Attention"),
            [](const RunSettings &s) { return QString::fromStdString(toString(s.attention)); });
    add(LibraryWordsText::tr("Device"),
        [](const RunSettings &s) { return QString::fromStdString(s.device); });
    return lines;
}

} // namespace fastcar::ui
