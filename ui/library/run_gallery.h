// SPDX-License-Identifier: Apache-2.0
//
// The runs of the library as tiles. Keys 0 to 5 rate what is chosen, Delete deletes it, Enter shows it.
#pragma once

#include "engine/library/run_entry.h"

#include <QListView>

#include <vector>

namespace fastcar::ui {

class ClipPlayer;
class LibraryModel;
class PosterStore;

class RunGallery : public QListView {
    Q_OBJECT
public:
    /// `model` outlives the gallery.
    explicit RunGallery(LibraryModel &model, QWidget *parent = nullptr);

    void openLibrary();
    /// Those that are chosen, in the order of their rows.
    std::vector<RunId> chosen() const;
    RunId current() const;
    /// Has another poster now.
    void forgetPoster(RunId run);

signals:
    void currentRunChanged(fastcar::RunId run);
    void rateAsked(const std::vector<fastcar::RunId> &runs, int stars);
    void deleteAsked();
    void showAsked();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    LibraryModel &model_;
    PosterStore *posters_;
    ClipPlayer *clip_;
};

} // namespace fastcar::ui
