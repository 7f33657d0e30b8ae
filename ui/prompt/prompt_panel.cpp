// SPDX-License-Identifier: Apache-2.0
#include "ui/prompt/prompt_panel.h"

#include "ui/prompt/run_bar.h"
#include "ui/theme/section_header.h"

#include <QKeyEvent>
#include <QMenu>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace fastcar::ui {

PromptPanel::PromptPanel(RunSettingsModel &settings, RunController &controller, const RunRecord &record,
                         QWidget *parent)
    : QWidget(parent)
    , settings_(settings)
{
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 12, 14, 12);
    column->setSpacing(8);
    buildPrompt(column);

    auto *reset = new QToolButton(this);
    reset->setObjectName(QStringLiteral("resetButton"));
    reset->setText(tr("Reset"));
    reset->setProperty("kind", "flat");
    reset->setToolTip(tr("Back to what the model recommends"));
    auto *heading = new SectionHeader(tr("Settings"), this);
    heading->addAtEnd(reset);
    column->addSpacing(4);
    column->addWidget(heading);
    form_ = new SettingsForm(settings_, this);
    column->addWidget(form_);
    column->addStretch(1);
    runBar_ = new RunBar(controller, record, this);
    column->addWidget(runBar_);

    connect(reset, &QToolButton::clicked, &settings_, &RunSettingsModel::resetToModelDefaults);
    connect(runBar_, &RunBar::generateAsked, this, &PromptPanel::generateAsked);
}

void PromptPanel::buildPrompt(QVBoxLayout *column)
{
    examples_ = new QToolButton(this);
    examples_->setObjectName(QStringLiteral("examplesButton"));
    examples_->setText(tr("Examples"));
    examples_->setProperty("kind", "flat");
    examples_->setToolTip(tr("Prompts that the model was made for"));
    examples_->setPopupMode(QToolButton::InstantPopup);
    exampleMenu_ = new QMenu(examples_);
    examples_->setMenu(exampleMenu_);
    examples_->hide();
    auto *heading = new SectionHeader(tr("Prompt"), this);
    heading->addAtEnd(examples_);
    column->addWidget(heading);

    prompt_ = new QPlainTextEdit(this);
    prompt_->setObjectName(QStringLiteral("promptEdit"));
    prompt_->setAccessibleName(tr("Prompt"));
    prompt_->setPlaceholderText(tr("What should the video show?"));
    prompt_->setToolTip(tr("Ctrl+Enter generates"));
    prompt_->setTabChangesFocus(true);
    prompt_->setFixedHeight(92);
    prompt_->setPlainText(settings_.prompt());
    prompt_->setFocus();
    prompt_->installEventFilter(this);
    column->addWidget(prompt_);
    connect(prompt_, &QPlainTextEdit::textChanged, this,
            [this] { settings_.setPrompt(prompt_->toPlainText()); });
    connect(&settings_, &RunSettingsModel::promptChanged, this, [this](const QString &text) {
        if (prompt_->toPlainText() != text)
            prompt_->setPlainText(text);
    });
}

bool PromptPanel::eventFilter(QObject *watched, QEvent *event)
{
    // The editor would take Ctrl+Enter for a line break.
    if (watched == prompt_ && event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) &&
            (key->modifiers() & Qt::ControlModifier)) {
            event->ignore();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void PromptPanel::setExamples(const QStringList &prompts)
{
    exampleMenu_->clear();
    for (const QString &text : prompts)
        exampleMenu_->addAction(text, &settings_, [this, text] { settings_.setPrompt(text); });
    examples_->setVisible(!prompts.isEmpty());
}

void PromptPanel::setReady(bool ready)
{
    runBar_->setReady(ready);
}

void PromptPanel::focusPrompt()
{
    prompt_->setFocus(Qt::ShortcutFocusReason);
    prompt_->selectAll();
}

} // namespace fastcar::ui
