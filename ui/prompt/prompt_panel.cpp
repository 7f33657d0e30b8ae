// SPDX-License-Identifier: Apache-2.0
#include "ui/prompt/prompt_panel.h"

#include "ui/prompt/history_popup.h"
#include "ui/prompt/preset_popup.h"
#include "ui/prompt/prompt_edit.h"
#include "ui/prompt/run_bar.h"
#include "ui/theme/section_header.h"
#include "ui/theme/theme.h"

#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace fastcar::ui {

PromptPanel::PromptPanel(const Models &models, QWidget *parent)
    : QWidget(parent)
    , models_(models)
{
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 12, 14, 12);
    column->setSpacing(8);
    buildPrompt(column);
    column->addSpacing(4);
    buildSettings(column);
    column->addStretch(1);
    runBar_ = new RunBar({models_.controller, models_.record, models_.queue, models_.runner}, this);
    column->addWidget(runBar_);
    connect(runBar_, &RunBar::generateAsked, this, &PromptPanel::generateAsked);
    connect(runBar_, &RunBar::restartAsked, this, &PromptPanel::restartAsked);
}

QToolButton *PromptPanel::headButton(const QString &name, const QString &text, const QString &tip)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setText(text);
    button->setProperty("kind", "flat");
    button->setToolTip(tip);
    return button;
}

void PromptPanel::buildPrompt(QVBoxLayout *column)
{
    examples_ = headButton(QStringLiteral("examplesButton"), tr("Examples"),
                           tr("Prompts that the model was made for"));
    examples_->setPopupMode(QToolButton::InstantPopup);
    exampleMenu_ = new QMenu(examples_);
    examples_->setMenu(exampleMenu_);
    examples_->hide();
    auto *past =
        headButton(QStringLiteral("historyButton"), tr("History"),
                   tr("Prompts of earlier runs; Up in the first line of the prompt walks through them"));
    auto *heading = new SectionHeader(tr("Prompt"), this);
    heading->addAtEnd(examples_);
    heading->addAtEnd(past);
    column->addWidget(heading);

    prompt_ = new PromptEdit(models_.history, this);
    prompt_->setObjectName(QStringLiteral("promptEdit"));
    prompt_->setAccessibleName(tr("Prompt"));
    prompt_->setPlaceholderText(tr("What should the video show?"));
    prompt_->setToolTip(tr("Ctrl+Enter generates"));
    prompt_->setTabChangesFocus(true);
    prompt_->setMinimumHeight(62); // on a low screen
    prompt_->setMaximumHeight(92);
    prompt_->setPlainText(models_.settings.prompt());
    setFocusProxy(prompt_);
    column->addWidget(prompt_);
    history_ = new HistoryPopup(models_.history, this);
    connect(past, &QToolButton::clicked, this, [this, past] { history_->openBelow(past); });
    connect(history_, &HistoryPopup::chosen, this, [this](const QString &prompt) {
        prompt_->replaceText(prompt);
        prompt_->setFocus(Qt::PopupFocusReason);
    });
    connect(prompt_, &QPlainTextEdit::textChanged, this,
            [this] { models_.settings.setPrompt(prompt_->toPlainText()); });
    connect(&models_.settings, &RunSettingsModel::promptChanged, this, [this](const QString &text) {
        if (prompt_->toPlainText() != text)
            prompt_->replaceText(text);
    });
}

void PromptPanel::buildSettings(QVBoxLayout *column)
{
    auto *kept = headButton(QStringLiteral("presetsButton"), tr("Presets"),
                            tr("Settings that have a name: save these, or take others"));
    auto *reset =
        headButton(QStringLiteral("resetButton"), tr("Reset"), tr("Back to what the model recommends"));
    auto *heading = new SectionHeader(tr("Settings"), this);
    heading->addAtEnd(kept);
    heading->addAtEnd(reset);
    column->addWidget(heading);
    form_ = new SettingsForm(models_.settings, this);
    column->addWidget(form_);
    presets_ = new PresetPopup(models_.presets, models_.settings, this);
    connect(kept, &QToolButton::clicked, this, [this, kept] { presets_->openBelow(kept); });
    connect(reset, &QToolButton::clicked, &models_.settings, &RunSettingsModel::resetToModelDefaults);
    connect(&models_.record, &RunRecord::began, this,
            [this] { form_->setRunSeed(models_.record.trace().settings().seed); });
}

void PromptPanel::setExamples(const QStringList &prompts)
{
    exampleMenu_->clear();
    for (const QString &text : prompts)
        exampleMenu_->addAction(text, this, [this, text] { models_.settings.setPrompt(text); });
    examples_->setVisible(!prompts.isEmpty());
}

void PromptPanel::setMissing(const QString &missing, const QString &help)
{
    runBar_->setMissing(missing, help);
}

int PromptPanel::runs() const
{
    return runBar_->runs();
}

void PromptPanel::focusPrompt()
{
    prompt_->setFocus(Qt::ShortcutFocusReason);
    prompt_->selectAll();
}

QSize PromptPanel::minimumSizeHint() const
{
    constexpr int narrowest = 300; // for what stands side by side in it
    return QWidget::minimumSizeHint().expandedTo({atTextSize(narrowest), 0});
}

} // namespace fastcar::ui
