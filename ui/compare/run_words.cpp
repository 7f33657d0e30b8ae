// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/run_words.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringList>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace fastcar::ui {

namespace {

struct RunWordsText {
    Q_DECLARE_TR_FUNCTIONS(RunWords)
};

bool replays(const ReplayPolicy &policy)
{
    return policy.target || std::ranges::any_of(policy.thresholds,
                                                [](const auto &threshold) { return threshold.has_value(); });
}

} // namespace

QString replayWords(const LoadedRun &run)
{
    if (run.trace && run.trace->steps() > 0) {
        const ReplayCount all = run.trace->statistics().all();
        return all.replayed == 0 ? RunWordsText::tr("dense")
                                 : RunWordsText::tr("%1 replayed").arg(percentText(all.ofEligible()));
    }
    if (!run.settings)
        return {};
    return replays(run.settings->replay) ? RunWordsText::tr("with replay") : RunWordsText::tr("dense");
}

QString wordsOf(const LoadedRun &run)
{
    QStringList words;
    if (run.settings) {
        words += QString::fromStdString(run.settings->prompt);
        words += RunWordsText::tr("seed %1").arg(run.settings->seed);
    }
    if (const QString replay = replayWords(run); !replay.isEmpty())
        words += replay;
    return words.join(QStringLiteral(", "));
}

QString nameOf(const RunSource &source)
{
    switch (source.kind) {
    case RunSource::Kind::None:
        return RunWordsText::tr("Choose a run…");
    case RunSource::Kind::Shown:
        return RunWordsText::tr("The shown run");
    case RunSource::Kind::Before:
        return RunWordsText::tr("The run before it");
    case RunSource::Kind::Held:
        return RunWordsText::tr("A run of before");
    case RunSource::Kind::File:
        break;
    }
    return source.title.isEmpty() ? QFileInfo(source.file).fileName() : source.title;
}

QString settingText(const nlohmann::json &value)
{
    if (value.is_null())
        return RunWordsText::tr("none");
    if (value.is_string())
        return QString::fromStdString(value.get<std::string>());
    if (value.is_boolean())
        return value.get<bool>() ? RunWordsText::tr("yes") : RunWordsText::tr("no");
    if (value.is_number_float())
        return QString::number(value.get<double>(), 'g', 6);
    if (!value.is_array())
        return QString::fromStdString(value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    QStringList entries;
    for (const nlohmann::json &entry : value)
        entries += settingText(entry);
    return entries.isEmpty() ? RunWordsText::tr("none") : entries.join(QStringLiteral(", "));
}

QString percentText(const std::optional<double> &share)
{
    return share ? QStringLiteral("%1 %").arg(100.0 * *share, 0, 'f', 1) : QStringLiteral("–");
}

} // namespace fastcar::ui
