// SPDX-License-Identifier: Apache-2.0
//
// The videos of a run side by side, in as many columns as make them largest, or the chosen one alone. The
// chosen one has a frame in the accent colour.
#pragma once

#include "ui/video/video_view.h"

#include <QWidget>

#include <memory>
#include <vector>

class QGridLayout;

namespace fastcar::ui {

class VideoPane;

class VideoGrid : public QWidget {
    Q_OBJECT
public:
    /// `device` may be null.
    explicit VideoGrid(std::shared_ptr<ViewDevice> device, QWidget *parent = nullptr);

    /// Draws with another one from now on; null: with QPainter.
    void setDevice(std::shared_ptr<ViewDevice> device);
    /// One for each video; there is a view of at least one.
    void setScenes(const std::vector<VideoScene> &scenes);
    void choose(int video);
    /// Only the chosen one is shown.
    bool alone() const { return alone_; }

    int videos() const { return static_cast<int>(panes_.size()); }
    VideoView &view(int video) const;
    VideoView &chosenView() const { return view(chosen_); }
    /// "Vulkan: llvmpipe (...)" or "QPainter"
    QString backend() const { return view(0).backend(); }

public slots:
    void setAlone(bool alone);

signals:
    void hovered(int video, int position);
    void clicked(int video, int position);
    void wheeled(int steps);
    void zoomed(const fastcar::ui::PictureZoom &zoom);
    void aloneChanged(bool alone);
    void backendChanged(const QString &reason);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void setCount(int videos);
    void addPane();
    void arrange();
    int columnsFor(int videos) const;

    std::shared_ptr<ViewDevice> device_;
    QGridLayout *layout_ = nullptr;
    std::vector<VideoPane *> panes_;
    QSize picture_{1, 1};
    int columns_ = 1;
    int chosen_ = 0;
    bool alone_ = false;
};

} // namespace fastcar::ui
