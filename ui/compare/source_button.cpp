// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/source_button.h"

#include "ui/compare/kept_run_words.h"
#include "ui/compare/run_words.h"

#include <QMenu>

namespace fastcar::ui {

SourceButton::SourceButton(Side side, const Models &models, QWidget *parent)
    : QToolButton(parent)
    , side_(side)
    , models_(models)
{
    setObjectName(QStringLiteral("source") + letter());
    // As wide as there is room for, whatever it says: a page is no wider because a run has a long name.
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setMinimumWidth(56);
    setPopupMode(QToolButton::InstantPopup);
    buildMenu();
    connect(&models_.comparison, &ComparisonModel::sourcesChanged, this, &SourceButton::refresh);
    connect(&models_.comparison, &ComparisonModel::changed, this, &SourceButton::refresh);
    connect(&models_.runs, &ShownRuns::shownChanged, this, &SourceButton::refresh);
    connect(&models_.runs, &ShownRuns::beforeChanged, this, &SourceButton::refresh);
    connect(&models_.kept, &RecentRuns::changed, this, &SourceButton::listKept);
    refresh();
    listKept();
}

QString SourceButton::letter() const
{
    return side_ == Side::A ? QStringLiteral("A") : QStringLiteral("B");
}

/// The library's runs come last: what is above them stays where it is when they come.
void SourceButton::buildMenu()
{
    auto *menu = new QMenu(this);
    menu->setToolTipsVisible(true);
    const auto offer = [&](const RunSource &source, const QString &name) {
        auto *action = menu->addAction(nameOf(source), this,
                                       [this, source] { models_.comparison.setSource(side_, source); });
        action->setObjectName(name + letter());
        return action;
    };
    shown_ = offer(RunSource::shown(), QStringLiteral("chooseShown"));
    before_ = offer(RunSource::before(), QStringLiteral("chooseBefore"));
    menu->addSeparator();
    auto *file = menu->addAction(tr("Open a trace or a video…"), this, &SourceButton::fileAsked);
    file->setObjectName(QStringLiteral("chooseFile") + letter());
    menu->addSeparator();
    library_ = menu->addAction(tr("More in the library…"), this, &SourceButton::libraryAsked);
    library_->setObjectName(QStringLiteral("chooseLibrary") + letter());
    connect(menu, &QMenu::aboutToShow, &models_.kept, &RecentRuns::ask);
    setMenu(menu);
}

void SourceButton::listKept()
{
    const RecentRuns &kept = models_.kept;
    library_->setVisible(kept.hasLibrary());
    QStringList texts;
    for (const RunEntry &run : kept.runs())
        texts += menuTextOf(run, menu()->fontMetrics());
    if (!texts.empty() && texts == listed_) // they stay, and with them the one that is pointed at
        return;
    listed_ = texts;
    qDeleteAll(kept_);
    kept_.clear();
    if (!kept.hasLibrary())
        return;
    if (!kept.known()) {
        kept_ += addNote(tr("Looking into the library…"));
    } else if (!kept.problem().isEmpty()) {
        kept_ += addNote(tr("The library cannot be read"));
        kept_.back()->setToolTip(QStringLiteral("<p>%1</p>").arg(kept.problem().toHtmlEscaped()));
    } else if (kept.runs().empty()) {
        kept_ += addNote(tr("The library has no run yet"));
    }
    for (const RunEntry &run : kept.runs())
        kept_ += addKept(run);
    menu()->insertActions(library_, kept_);
    library_->setEnabled(kept.problem().isEmpty());
}

QAction *SourceButton::addNote(const QString &text)
{
    auto *note = new QAction(text, menu());
    note->setObjectName(QStringLiteral("keptNote") + letter());
    note->setEnabled(false);
    return note;
}

QAction *SourceButton::addKept(const RunEntry &run)
{
    auto *action = new QAction(menuTextOf(run, menu()->fontMetrics()), menu());
    action->setObjectName(QStringLiteral("chooseKept%1").arg(run.id) + letter());
    action->setToolTip(menuHelpOf(run));
    connect(action, &QAction::triggered, this, [this, id = run.id] {
        models_.comparison.setSource(side_, sourceOfKept(models_.kept.folder(), id));
    });
    return action;
}

void SourceButton::refresh()
{
    shown_->setEnabled(models_.runs.shown() != nullptr);
    before_->setEnabled(models_.runs.before() != nullptr);
    const RunSource &source = models_.comparison.source(side_);
    words_ = name_ = letter() + QStringLiteral("   ") + nameOf(source);
    QString all;
    if (const auto run = models_.comparison.run(side_); run && source.kind != RunSource::Kind::None) {
        if (const QString replay = replayWords(*run); !replay.isEmpty())
            words_ += QStringLiteral("  ·  ") + replay;
        all = wordsOf(*run);
    }
    setAccessibleName(tr("Run %1").arg(letter()));
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
