// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/source_button.h"

#include "ui/compare/run_words.h"

#include <QMenu>

namespace fastcar::ui {

SourceButton::SourceButton(Side side, ComparisonModel &model, const ShownRuns &runs, QWidget *parent)
    : QToolButton(parent)
    , side_(side)
    , model_(model)
    , runs_(runs)
{
    const QString letter = side == Side::A ? QStringLiteral("A") : QStringLiteral("B");
    setObjectName(QStringLiteral("source") + letter);
    // As wide as there is room for, whatever it says: a page is no wider because a run has a long name.
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setMinimumWidth(56);
    setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(this);
    const auto offer = [&](const RunSource &source, const QString &name) {
        auto *action =
            menu->addAction(nameOf(source), this, [this, source] { model_.setSource(side_, source); });
        action->setObjectName(name + letter);
        return action;
    };
    shown_ = offer(RunSource::shown(), QStringLiteral("chooseShown"));
    before_ = offer(RunSource::before(), QStringLiteral("chooseBefore"));
    menu->addSeparator();
    auto *file = menu->addAction(tr("Open a trace or a video…"), this, &SourceButton::fileAsked);
    file->setObjectName(QStringLiteral("chooseFile") + letter);
    setMenu(menu);
    connect(&model_, &ComparisonModel::sourcesChanged, this, &SourceButton::refresh);
    connect(&model_, &ComparisonModel::changed, this, &SourceButton::refresh);
    connect(&runs_, &ShownRuns::shownChanged, this, &SourceButton::refresh);
    connect(&runs_, &ShownRuns::beforeChanged, this, &SourceButton::refresh);
    refresh();
}

void SourceButton::refresh()
{
    shown_->setEnabled(runs_.shown() != nullptr);
    before_->setEnabled(runs_.before() != nullptr);
    const RunSource &source = model_.source(side_);
    const QString letter = side_ == Side::A ? QStringLiteral("A") : QStringLiteral("B");
    words_ = name_ = letter + QStringLiteral("   ") + nameOf(source);
    QString all;
    if (const auto run = model_.run(side_); run && source.kind != RunSource::Kind::None) {
        if (const QString replay = replayWords(*run); !replay.isEmpty())
            words_ += QStringLiteral("  ·  ") + replay;
        all = wordsOf(*run);
    }
    setAccessibleName(tr("Run %1").arg(letter));
    setAccessibleDescription(words_ + QLatin1Char(' ') + all);
    const QString held = side_ == Side::A ? tr("What B is held against.") : tr("What is held against A.");
    setToolTip(QStringLiteral("<p>%1 %2</p>").arg(held, (all.isEmpty() ? source.file : all).toHtmlEscaped()));
    elide();
}

void SourceButton::elide()
{
    constexpr int around = 34; // padding, and room for the arrow
    const int room = std::max(0, width() - around);
    // How it was replayed stands in the picture, too.
    const QString &words = fontMetrics().horizontalAdvance(words_) <= room ? words_ : name_;
    setText(fontMetrics().elidedText(words, Qt::ElideRight, room));
}

void SourceButton::resizeEvent(QResizeEvent *event)
{
    QToolButton::resizeEvent(event);
    elide();
}

} // namespace fastcar::ui
