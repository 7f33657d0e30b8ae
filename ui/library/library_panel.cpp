// SPDX-License-Identifier: Apache-2.0
#include "ui/library/library_panel.h"

#include "ui/library/clean_up_dialog.h"
#include "ui/library/library_filters.h"
#include "ui/library/run_details.h"
#include "ui/library/run_gallery.h"
#include "ui/library/run_words.h"
#include "ui/theme/icons.h"
#include "ui/theme/steady_box.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace fastcar::ui {

namespace {
constexpr int wideEnoughForTwo = 620; // the details stand beside the gallery
} // namespace

LibraryPanel::LibraryPanel(const RunSettingsModel &settings, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("libraryPanel"));
    setAccessibleName(tr("Library"));
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    filters_ = new LibraryFilters(this);
    details_ = new RunDetails(settings, this);
    pages_ = new QStackedWidget(this);
    pages_->addWidget(makeRuns());
    pages_->addWidget(makeEmpty());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(filters_);
    column->addWidget(pages_, 1);
    column->addWidget(makeUndo());
    column->addWidget(makeFoot());
    connectParts();
    showState();
    showChosen();
}

QWidget *LibraryPanel::makeRuns()
{
    gallery_ = new RunGallery(model_, this);
    splitter_ = new QSplitter(Qt::Vertical, this);
    splitter_->setObjectName(QStringLiteral("librarySplitter"));
    splitter_->setChildrenCollapsible(false);
    splitter_->addWidget(gallery_);
    splitter_->addWidget(details_);
    splitter_->setStretchFactor(0, 1);
    splitter_->setStretchFactor(1, 1);
    splitter_->setSizes({1000, 1000}); // halves
    return splitter_;
}

QWidget *LibraryPanel::makeEmpty()
{
    auto *page = new QWidget(this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(8);
    emptyTitle_ = new QLabel(page);
    emptyTitle_->setObjectName(QStringLiteral("libraryEmptyTitle"));
    emptyTitle_->setFont(headingFont());
    emptyTitle_->setWordWrap(true);
    emptyTitle_->setAlignment(Qt::AlignHCenter);
    emptyText_ = new QLabel(page);
    emptyText_->setObjectName(QStringLiteral("libraryEmptyText"));
    emptyText_->setProperty("rank", "secondary");
    emptyText_->setWordWrap(true);
    emptyText_->setAlignment(Qt::AlignHCenter);
    emptyClear_ = new QPushButton(tr("Clear filters"), page);
    emptyClear_->setObjectName(QStringLiteral("libraryEmptyClearButton"));
    column->addStretch(2);
    column->addWidget(emptyTitle_);
    column->addWidget(emptyText_);
    column->addWidget(emptyClear_, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(emptyClear_, &QPushButton::clicked, filters_, &LibraryFilters::clear);
    return page;
}

QWidget *LibraryPanel::makeUndo()
{
    undo_ = new QFrame(this);
    undo_->setObjectName(QStringLiteral("libraryUndo"));
    undo_->setProperty("banner", "info");
    auto *line = new QHBoxLayout(undo_);
    line->setContentsMargins(10, 4, 4, 4);
    undoText_ = new QLabel(undo_);
    undoText_->setObjectName(QStringLiteral("libraryUndoText"));
    undoText_->setWordWrap(true);
    undoButton_ = new QPushButton(tr("Undo"), undo_);
    undoButton_->setObjectName(QStringLiteral("libraryUndoButton"));
    auto *close = new QToolButton(undo_);
    close->setObjectName(QStringLiteral("libraryUndoClose"));
    close->setAccessibleName(tr("Close"));
    close->setIcon(icon(QStringLiteral("close")));
    close->setProperty("kind", "flat");
    line->addWidget(undoText_, 1);
    line->addWidget(undoButton_);
    line->addWidget(close);
    undo_->hide();
    connect(undoButton_, &QPushButton::clicked, this, [this] {
        model_.restore(std::exchange(deleted_, {}));
        gallery_->setFocus(); // or it would go on to what cleans up
        undo_->hide();
    });
    connect(close, &QToolButton::clicked, this, [this] {
        gallery_->setFocus();
        undo_->hide();
    });
    return undo_;
}

QWidget *LibraryPanel::makeFoot()
{
    auto *foot = new QWidget(this);
    auto *line = new QHBoxLayout(foot);
    line->setContentsMargins(14, 4, 8, 4);
    use_ = new QLabel(foot);
    use_->setObjectName(QStringLiteral("libraryUse"));
    use_->setAccessibleName(tr("What the library takes on disk"));
    use_->setProperty("rank", "secondary");
    cleanUp_ = new QToolButton(foot);
    cleanUp_->setObjectName(QStringLiteral("libraryCleanUpButton"));
    cleanUp_->setText(tr("Clean up…"));
    cleanUp_->setProperty("kind", "flat");
    line->addWidget(new SteadyBox(use_, foot), 1);
    line->addWidget(cleanUp_);
    connect(cleanUp_, &QToolButton::clicked, this, [this] { (new CleanUpDialog(model_, this))->open(); });
    return foot;
}

void LibraryPanel::connectParts()
{
    connect(filters_, &LibraryFilters::changed, this, [this] { model_.setQuery(filters_->query()); });
    connect(&model_, &LibraryModel::choicesChanged, filters_, &LibraryFilters::setChoices);
    connect(&model_, &LibraryModel::failed, this, &LibraryPanel::takeFailure);
    connect(&model_, &LibraryModel::diskUseChanged, this, [this](const DiskUse &use) { diskUse_ = use; });
    connect(&model_, &LibraryModel::refreshed, this, &LibraryPanel::refreshed);
    connect(&model_, &LibraryModel::refreshed, this, [this] {
        failure_.clear();
        showState();
        showUse();
        if (toChoose_)
            choose(*std::exchange(toChoose_, std::nullopt));
        showChosen();
    });
    connect(gallery_, &RunGallery::currentRunChanged, this, &LibraryPanel::showChosen);
    connect(gallery_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &LibraryPanel::showChosen);
    connect(gallery_, &RunGallery::rateAsked, &model_, &LibraryModel::rate);
    connect(gallery_, &RunGallery::deleteAsked, this, [this] { deleteRuns(gallery_->chosen()); });
    connect(gallery_, &RunGallery::showAsked, this, [this] {
        if (const RunId run = gallery_->current())
            emit showAsked(run);
    });
    connect(details_, &RunDetails::rated, this,
            [this](int stars) { model_.rate({gallery_->current()}, stars); });
    connect(details_, &RunDetails::noted, this,
            [this](const QString &note) { model_.setNote(gallery_->current(), note); });
    connect(details_, &RunDetails::settingsWanted, this, &LibraryPanel::settingsWanted);
    connect(details_, &RunDetails::seedWanted, this, &LibraryPanel::seedWanted);
    connect(details_, &RunDetails::deleteAsked, this, [this] { deleteRuns(gallery_->chosen()); });
    connect(details_, &RunDetails::restoreAsked, this, [this] { model_.restore(gallery_->chosen()); });
    connect(details_, &RunDetails::showAsked, this, [this] { emit showAsked(gallery_->current()); });
    connect(details_, &RunDetails::continueAsked, this, [this] { emit continueAsked(gallery_->current()); });
    connect(details_, &RunDetails::compareAsked, this, [this] { emit compareAsked(gallery_->current()); });
    connect(details_, &RunDetails::exportAsked, this, [this] { emit exportAsked(gallery_->current()); });
}

void LibraryPanel::open(const std::filesystem::path &folder)
{
    failure_.clear();
    model_.open(folder);
    gallery_->openLibrary();
    showState();
}

void LibraryPanel::refresh(RunId run)
{
    gallery_->forgetPoster(run);
    model_.refresh();
}

void LibraryPanel::setRunning(bool running)
{
    details_->setRunning(running);
}

void LibraryPanel::choose(RunId run)
{
    if (const QModelIndex index = model_.indexOf(run); index.isValid())
        gallery_->setCurrentIndex(index);
    else if (!model_.upToDate())
        toChoose_ = run;
}

void LibraryPanel::setInFront(bool inFront)
{
    inFront_ = inFront;
    model_.setWatched(inFront_ && isVisible());
}

void LibraryPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    model_.setWatched(inFront_);
}

void LibraryPanel::hideEvent(QHideEvent *event)
{
    model_.setWatched(false);
    QWidget::hideEvent(event);
}

void LibraryPanel::showChosen()
{
    const auto chosen = gallery_->chosen();
    const RunEntry *run = chosen.empty() ? nullptr : model_.entry(gallery_->currentIndex());
    details_->show(run, std::max(0, static_cast<int>(chosen.size()) - 1));
}

void LibraryPanel::showState()
{
    const bool none = model_.rowCount() == 0;
    pages_->setCurrentIndex(none ? 1 : 0);
    cleanUp_->setEnabled(model_.isOpen() && failure_.isEmpty());
    emptyClear_->setVisible(failure_.isEmpty() && filters_->narrows());
    if (!failure_.isEmpty()) {
        emptyTitle_->setText(tr("The library cannot be used."));
        emptyText_->setText(failure_);
    } else if (!model_.isOpen()) {
        emptyTitle_->setText(tr("Runs are not kept."));
        emptyText_->setText(tr("The program was told to go without a library."));
    } else if (filters_->narrows()) {
        emptyTitle_->setText(tr("No run is like that."));
        emptyText_->setText({});
    } else if (model_.counted()) {
        emptyTitle_->setText(tr("Nothing has been made yet."));
        emptyText_->setText(
            tr("Every run comes here by itself while it goes: its pictures, its settings, and what "
               "was replayed, token by token. Press Generate to make the first."));
    } else {
        emptyTitle_->setText(tr("Looking into the library…"));
        emptyText_->setText({});
    }
}

/// Of what a search finds its size is not asked for: beside it the whole library's would be read as its own.
void LibraryPanel::showUse()
{
    const bool deleted = model_.query().deleted;
    const std::int64_t all = deleted ? diskUse_.deletedRuns : diskUse_.runs;
    const std::int64_t bytes = deleted ? diskUse_.deletedBytes : diskUse_.bytes;
    const QString size = tr("%1, %2").arg(deleted ? deletedRunsText(all) : runsText(all), sizeTextOf(bytes));
    const std::int64_t found = model_.rowCount();
    const QString waiting = diskUse_.deletedRuns == 0 || deleted
                                ? QString()
                                : tr("and %1 deleted, %2, until a clean-up")
                                      .arg(diskUse_.deletedRuns)
                                      .arg(sizeTextOf(diskUse_.deletedBytes));
    if (found == all) {
        use_->setText(size);
        use_->setToolTip(waiting);
        return;
    }
    use_->setText(deleted ? foundDeletedText(found, all) : foundText(found, all));
    use_->setToolTip(waiting.isEmpty() ? size : size + QStringLiteral(", ") + waiting);
}

void LibraryPanel::remove(RunId run)
{
    deleteRuns({run});
}

void LibraryPanel::deleteRuns(std::vector<RunId> runs)
{
    if (runs.empty() || model_.query().deleted)
        return;
    undoText_->setText(tr("%1 deleted.").arg(runsText(static_cast<std::int64_t>(runs.size()))));
    undoButton_->show();
    undo_->show();
    model_.remove(runs);
    deleted_ = std::move(runs);
}

void LibraryPanel::takeFailure(const QString &reason)
{
    if (model_.counted()) { // something was not done; the library is there
        undoText_->setText(reason);
        undoButton_->hide();
        undo_->show();
        return;
    }
    failure_ = reason;
    showState();
}

void LibraryPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    splitter_->setOrientation(width() >= wideEnoughForTwo ? Qt::Horizontal : Qt::Vertical);
}

} // namespace fastcar::ui
