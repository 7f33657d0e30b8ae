// SPDX-License-Identifier: Apache-2.0
#include "ui/library/run_gallery.h"

#include "ui/library/clip_player.h"
#include "ui/library/library_model.h"
#include "ui/library/poster_store.h"
#include "ui/library/run_tile_delegate.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>

namespace fastcar::ui {

RunGallery::RunGallery(LibraryModel &model, QWidget *parent)
    : QListView(parent)
    , model_(model)
    , posters_(new PosterStore(this))
    , clip_(new ClipPlayer(this))
{
    setObjectName(QStringLiteral("libraryGallery"));
    setAccessibleName(tr("Runs of the library"));
    setModel(&model_);
    auto *tiles = new RunTileDelegate(model_, *posters_, *clip_, this);
    setItemDelegate(tiles);
    // Rows of tiles of one size, broken where the view ends: what IconMode does, without a place for each of
    // ten thousand tiles to be kept.
    setViewMode(QListView::ListMode);
    setFlow(QListView::LeftToRight);
    setWrapping(true);
    setResizeMode(QListView::Adjust);
    setUniformItemSizes(true);
    setGridSize(RunTileDelegate::tileSize());
    setLayoutMode(QListView::SinglePass);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setViewportMargins(RunTileDelegate::indent, 0, 0, 0);

    const auto repaint = [this](RunId run) {
        if (const QModelIndex index = model_.indexOf(run); index.isValid())
            update(index);
    };
    connect(posters_, &PosterStore::loaded, this, repaint);
    connect(clip_, &ClipPlayer::pictureChanged, this, repaint);
    connect(tiles, &RunTileDelegate::rated, this,
            [this](RunId run, int stars) { emit rateAsked({run}, stars); });
    connect(this, &QListView::doubleClicked, this, &RunGallery::showAsked);
    connect(&model_, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &index) {
        if (index == currentIndex())
            emit currentRunChanged(model_.idOf(index));
    });
}

void RunGallery::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        setGridSize(RunTileDelegate::tileSize()); // its text may be larger
}

void RunGallery::openLibrary()
{
    clip_->watch(nullptr, 0);
    posters_->setLibrary(model_.folder());
}

std::vector<RunId> RunGallery::chosen() const
{
    QModelIndexList indexes = selectionModel()->selectedIndexes();
    std::ranges::sort(indexes, {}, &QModelIndex::row);
    std::vector<RunId> runs;
    for (const QModelIndex &index : indexes)
        runs.push_back(model_.idOf(index));
    return runs;
}

RunId RunGallery::current() const
{
    return model_.idOf(currentIndex());
}

void RunGallery::forgetPoster(RunId run)
{
    posters_->forget(run);
}

void RunGallery::keyPressEvent(QKeyEvent *event)
{
    const int stars = event->key() - Qt::Key_0;
    if (event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier) {
        if (stars >= 0 && stars <= mostStars)
            return emit rateAsked(chosen(), stars);
        if (event->key() == Qt::Key_Delete)
            return emit deleteAsked();
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            return emit showAsked();
    }
    QListView::keyPressEvent(event);
}

void RunGallery::mouseMoveEvent(QMouseEvent *event)
{
    QListView::mouseMoveEvent(event);
    clip_->watch(model_.queue(), model_.idOf(indexAt(event->position().toPoint())));
}

void RunGallery::leaveEvent(QEvent *event)
{
    QListView::leaveEvent(event);
    clip_->watch(nullptr, 0);
}

void RunGallery::hideEvent(QHideEvent *event)
{
    QListView::hideEvent(event);
    clip_->watch(nullptr, 0);
}

void RunGallery::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    emit currentRunChanged(model_.idOf(current));
}

} // namespace fastcar::ui
