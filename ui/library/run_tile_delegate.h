// SPDX-License-Identifier: Apache-2.0
//
// A run in the gallery: its poster, or its clip while the pointer rests on it; how it ended, unless it was
// simply made; its prompt, stars and how much was replayed. A click on a star rates.
#pragma once

#include "engine/library/run_entry.h"

#include <QStyledItemDelegate>

namespace fastcar::ui {

class ClipPlayer;
class LibraryModel;
class PosterStore;

class RunTileDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    /// They outlive the delegate.
    RunTileDelegate(const LibraryModel &model, PosterStore &posters, const ClipPlayer &clip,
                    QObject *parent = nullptr);

    static QSize tileSize();
    /// Of the tiles, so that they stand below what is above them in the panel.
    static constexpr int indent = 11;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// The star of a tile in `tile` that is at `place`; 0: none.
    static int starAt(const QRect &tile, QPoint place);

signals:
    void rated(fastcar::RunId run, int stars);

protected:
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;

private:
    void paintPicture(QPainter &painter, const QRectF &place, RunId run) const;
    void paintWords(QPainter &painter, const QRectF &place, const RunEntry &run, bool hovered) const;

    const LibraryModel &model_;
    PosterStore &posters_;
    const ClipPlayer &clip_;
};

} // namespace fastcar::ui
