// SPDX-License-Identifier: Apache-2.0
#include "ui/window/empty_page.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace fastcar::ui {

namespace {
constexpr int columnWidth = 420;
constexpr int usualExamples = 3, mostExamples = 6; // there are fewer where words take more lines
} // namespace

EmptyPage::EmptyPage(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("emptyPage"));
    auto *page = new QVBoxLayout(this);
    middle_ = new QWidget(this);
    middle_->setMaximumWidth(atTextSize(columnWidth));
    auto *across = new QHBoxLayout;
    across->addStretch(1);
    across->addWidget(middle_, 1000);
    across->addStretch(1);
    page->addStretch(2);
    page->addLayout(across);
    page->addStretch(3);

    QWidget *middle = middle_;
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    title_ = new QLabel(middle);
    title_->setObjectName(QStringLiteral("emptyTitle"));
    title_->setFont(headingFont(1.7));
    title_->setWordWrap(true);
    text_ = new QLabel(middle);
    text_->setObjectName(QStringLiteral("emptyText"));
    text_->setWordWrap(true);
    text_->setProperty("rank", "secondary");
    exampleTitle_ = new QLabel(tr("Try one of these"), middle);
    exampleTitle_->setProperty("rank", "section");
    examples_ = new QVBoxLayout;
    examples_->setSpacing(6);
    open_ = new QPushButton(tr("Open model folder…"), middle);
    open_->setObjectName(QStringLiteral("openModelButton"));
    open_->setIcon(icon(QStringLiteral("folder")));
    open_->setProperty("kind", "primary");
    shipped_ = new QPushButton(tr("Open the model that came with the program"), middle);
    shipped_->setObjectName(QStringLiteral("openShippedButton"));
    hint_ = new QLabel(tr("Or type a prompt on the left and press Ctrl+Enter."), middle);
    hint_->setProperty("rank", "secondary");
    hint_->setWordWrap(true);
    column->addWidget(title_);
    column->addWidget(text_);
    column->addSpacing(10);
    column->addWidget(exampleTitle_);
    column->addLayout(examples_);
    column->addWidget(open_, 0, Qt::AlignLeft);
    column->addWidget(shipped_, 0, Qt::AlignLeft);
    column->addWidget(hint_);
    connect(open_, &QPushButton::clicked, this, &EmptyPage::openModelAsked);
    connect(shipped_, &QPushButton::clicked, this, &EmptyPage::openShippedAsked);
    showNoModel();
}

void EmptyPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange && middle_)
        middle_->setMaximumWidth(atTextSize(columnWidth));
}

bool EmptyPage::event(QEvent *event)
{
    const bool taken = QWidget::event(event);
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
        fitExamples();
    return taken;
}

QSize EmptyPage::minimumSizeHint() const
{
    if (examples_->count() == 0)
        return QWidget::minimumSizeHint();
    const int more = shownExamples() - std::min(usualExamples, examples_->count()); // they give way
    return QWidget::minimumSizeHint() - QSize(0, more * exampleHeight());
}

int EmptyPage::shownExamples() const
{
    int shown = 0;
    for (int i = 0; i < examples_->count(); ++i)
        shown += examples_->itemAt(i)->widget()->isHidden() ? 0 : 1;
    return shown;
}

int EmptyPage::exampleHeight() const
{
    const QLayoutItem *const first = examples_->itemAt(0);
    return first ? first->widget()->sizeHint().height() + examples_->spacing() : 0;
}

void EmptyPage::fitExamples()
{
    if (examples_->count() == 0)
        return;
    const QMargins around = layout()->contentsMargins();
    const int width = std::min(middle_->maximumWidth(), this->width() - around.left() - around.right());
    const int rest = middle_->layout()->totalHeightForWidth(width) - shownExamples() * exampleHeight();
    const int room = height() - around.top() - around.bottom() - rest;
    const int fitting = std::clamp(room / exampleHeight(), 1, mostExamples);
    for (int i = 0; i < examples_->count(); ++i)
        examples_->itemAt(i)->widget()->setVisible(i < fitting);
}

void EmptyPage::setTexts(const QString &title, const QString &text)
{
    title_->setText(title);
    text_->setText(text);
    text_->setVisible(!text.isEmpty());
}

void EmptyPage::setExamples(const QStringList &examples)
{
    while (QLayoutItem *item = examples_->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const QString &prompt : examples.mid(0, mostExamples)) {
        auto *button = new QPushButton(prompt, this);
        button->setObjectName(QStringLiteral("exampleButton%1").arg(examples_->count() + 1));
        button->setProperty("kind", "example");
        button->setToolTip(tr("Make this video"));
        button->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed); // or its words are cut
        examples_->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, prompt] { emit exampleChosen(prompt); });
    }
    exampleTitle_->setVisible(!examples.isEmpty());
}

void EmptyPage::showOpening(const QString &folder)
{
    setTexts(tr("Opening the model…"), folder);
    setExamples({});
    open_->hide();
    shipped_->hide();
    hint_->hide();
}

void EmptyPage::setHasShipped(bool has)
{
    hasShipped_ = has;
    shipped_->setVisible(has && !open_->isHidden());
}

void EmptyPage::showNoModel()
{
    setTexts(tr("No model is open"), tr("Open the folder of a VILA-U checkpoint: the one with llm, "
                                        "mm_projector and vision_tower in it. It may also "
                                        "be dropped onto this window."));
    setExamples({});
    open_->show();
    shipped_->setVisible(hasShipped_);
    hint_->hide();
}

void EmptyPage::showModel(const QString &name, const QString &description, const QStringList &examples)
{
    setTexts(tr("What should the video show?"),
             description.isEmpty() ? tr("%1 is ready.").arg(name) : tr("%1: %2").arg(name, description));
    setExamples(examples);
    open_->hide();
    shipped_->hide();
    hint_->setText(examples.isEmpty() ? tr("Type a prompt on the left and press Ctrl+Enter.")
                                      : tr("Or type a prompt on the left and press Ctrl+Enter."));
    hint_->show();
}

} // namespace fastcar::ui
