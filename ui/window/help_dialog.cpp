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

constexpr int helpColumnWidth = 400;

struct Help {
    Q_DECLARE_TR_FUNCTIONS(Help)
};

QString wordsText()
{
    return Help::tr(
        "<p><b>Token, position, frame.</b> A video is made one visual token after another; each fills "
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
        label->setFixedWidth(helpColumnWidth);
        line->addWidget(label);
    }
    return dialog;
}

} // namespace

void showWords(QWidget *parent)
{
    QDialog *dialog = page(parent, Help::tr("Words"), {wordsText()});
    dialog->setObjectName(QStringLiteral("wordsDialog"));
    dialog->show();
}

void showAbout(QWidget *parent)
{
    const QString text =
        QStringLiteral("<h2>FastCar Studio %1</h2>").arg(QLatin1String(version())) +
        Help::tr(
            "<p>Text to video, token by token, with the MLPs of what does not change replayed from the frame "
            "before.</p>"
            "<p>The method: FastCar (arXiv 2505.14709). The architecture of the model: VILA-U.</p>"
            "<p>Apache License 2.0</p>");
    QDialog *dialog = page(parent, Help::tr("About FastCar Studio"), {text});
    dialog->setObjectName(QStringLiteral("aboutDialog"));
    dialog->show();
}

} // namespace fastcar::ui
