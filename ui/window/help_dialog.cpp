// SPDX-License-Identifier: Apache-2.0
#include "ui/window/help_dialog.h"

#include "engine/base/version.h"

#include <QCoreApplication>
#include <QDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QStringList>

namespace fastcar::ui {

namespace {

constexpr int columnWidth = 400;

QString say(const char *text)
{
    return QCoreApplication::translate("Help", text);
}

QString keyRow(const QString &keys, const QString &meaning)
{
    return QStringLiteral(
               "<tr><td style='padding:2px 18px 2px 0'><b>%1</b></td><td style='padding:2px 0'>%2</td></tr>")
        .arg(keys, meaning);
}

QString keysText()
{
    return QStringLiteral("<h3>%1</h3><table>").arg(say("Keys")) +
           keyRow(QStringLiteral("Ctrl+Enter"), say("Generate")) +
           keyRow(QStringLiteral("Ctrl+Shift+Enter"), say("Pause, resume")) +
           keyRow(QStringLiteral("Ctrl+."), say("Cancel; what is done stays")) +
           keyRow(QStringLiteral("Ctrl+R"), say("Go on with a run that stopped")) +
           keyRow(QStringLiteral("Ctrl+L"), say("To the prompt")) +
           keyRow(QStringLiteral("Ctrl+S"), say("Save the video")) +
           keyRow(QStringLiteral("Space"), say("Play the clip in a loop, stop")) +
           keyRow(QStringLiteral("←  →"), say("Frame back, on")) +
           keyRow(QStringLiteral("Home  End"), say("First frame; follow the newest")) +
           keyRow(QStringLiteral("[  ]"), say("Layer below, above")) +
           keyRow(QStringLiteral("H  M  G"), say("Heatmap, replay mask, token grid")) +
           keyRow(QStringLiteral("Ctrl+Shift+H"), say("Hardware panel")) +
           keyRow(QStringLiteral("W S A D"), say("In its timeline: zoom, move; Home all, F the layer")) +
           QStringLiteral("</table>");
}

QString wordsText()
{
    return QStringLiteral("<h3>%1</h3>").arg(say("Words")) +
           say("<p><b>Token, position, frame.</b> A video is made one visual token after another; each fills "
               "one position of "
               "the grid of a frame, from the top left to the bottom right. A token is a few codes.</p>"
               "<p><b>TAS</b>, the Temporal Attention Score: how strongly a token attends to the same "
               "position one frame "
               "earlier, layer by layer. Where it is high, the layer's MLP will most likely give what it "
               "gave there.</p>"
               "<p><b>Replay.</b> Where the TAS is greater than the <b>threshold</b> τ, the MLP is not "
               "computed: its output "
               "of one frame earlier is used again. A lower threshold replays more, saves more time, and "
               "strays further from "
               "the dense model.</p>"
               "<p><b>Eligible</b> is what could be replayed at all: frame 1 and the prompt never are. "
               "Replayed <i>of "
               "eligible</i> says what the threshold does, replayed <i>of all</i> what it saves.</p>"
               "<p><b>Rows.</b> With guidance a video runs twice at a time, with and without the prompt. The "
               "<b>gate</b> says "
               "which of the two decides.</p>");
}

/// A page of columns, each a text.
QDialog *page(QWidget *parent, const QString &title, const QStringList &columns)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    auto *line = new QHBoxLayout(dialog);
    line->setContentsMargins(24, 16, 24, 16);
    line->setSpacing(36);
    for (const QString &text : columns) {
        auto *label = new QLabel(text, dialog);
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignTop);
        label->setTextInteractionFlags(Qt::TextBrowserInteraction);
        label->setFixedWidth(columnWidth);
        line->addWidget(label);
    }
    return dialog;
}

} // namespace

void showHelp(QWidget *parent)
{
    QDialog *dialog = page(parent, say("Words and keys"), {wordsText(), keysText()});
    dialog->setObjectName(QStringLiteral("helpDialog"));
    dialog->show();
}

void showAbout(QWidget *parent)
{
    const QString text =
        QStringLiteral("<h2>FastCar Studio %1</h2>").arg(QLatin1String(version())) +
        say("<p>Text to video, token by token, with the MLPs of what does not change replayed from the frame "
            "before.</p>"
            "<p>The method: FastCar (arXiv 2505.14709). The architecture of the model: VILA-U.</p>"
            "<p>Apache License 2.0</p>");
    QDialog *dialog = page(parent, say("About FastCar Studio"), {text});
    dialog->setObjectName(QStringLiteral("aboutDialog"));
    dialog->show();
}

} // namespace fastcar::ui
