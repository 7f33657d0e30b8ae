// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/kept_run_words.h"

#include "engine/decode/run_settings.h"
#include "engine/library/run_folder.h"
#include "ui/compare/run_words.h"
#include "ui/models/date_words.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QDateTime>

namespace fastcar::ui {

namespace {

struct KeptRunWordsText {
    Q_DECLARE_TR_FUNCTIONS(KeptRunWords)
};

constexpr int promptWidth = 260;

QString replayOf(const RunEntry &run)
{
    return run.replayed == 0 ? KeptRunWordsText::tr("dense")
                             : KeptRunWordsText::tr("%1 replayed").arg(percentText(run.replayOfEligible()));
}

} // namespace

QString menuTextOf(const RunEntry &run, const QFontMetrics &metrics)
{
    const QString prompt = run.prompt.empty() ? KeptRunWordsText::tr("without a prompt")
                                              : QString::fromStdString(run.prompt).simplified();
    QString text = KeptRunWordsText::tr("Run %1: %2")
                       .arg(run.id)
                       .arg(metrics.elidedText(prompt, Qt::ElideRight, atTextSize(promptWidth))) +
                   QStringLiteral(" · ") + replayOf(run);
    // What stands behind a tab stands at the right, where other menus have their keys.
    return text.replace(QLatin1Char('&'), QStringLiteral("&&")) + QLatin1Char('\t') +
           dateTextOf(run.madeMs, QDateTime::currentMSecsSinceEpoch());
}

QString menuHelpOf(const RunEntry &run)
{
    QStringList facts;
    if (const auto settings = runSettingsFromJson(run.settingsJson))
        facts += KeptRunWordsText::tr("seed %1").arg(settings->seed);
    if (run.unfinished())
        facts += KeptRunWordsText::tr("%1 of %2 tokens").arg(run.tokens).arg(run.totalTokens);
    facts += KeptRunWordsText::tr("%1, on %2").arg(replayOf(run), QString::fromStdString(run.device));
    return QStringLiteral("<p><b>%1</b></p><p>%2</p>")
        .arg(QString::fromStdString(run.prompt).toHtmlEscaped(),
             facts.join(QStringLiteral(", ")).toHtmlEscaped());
}

RunSource sourceOfKept(const std::filesystem::path &library, RunId run)
{
    return RunSource::ofFile(QString::fromStdString(RunFolder(library, run).trace().string()),
                             KeptRunWordsText::tr("run %1 of the library").arg(run));
}

} // namespace fastcar::ui
