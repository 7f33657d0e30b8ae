// SPDX-License-Identifier: Apache-2.0
#include "ui/video/video_grid.h"

#include "ui/video/video_pane.h"

#include <QGridLayout>

#include <algorithm>

namespace fastcar::ui {

namespace {
constexpr int gap = 4;
} // namespace

VideoGrid::VideoGrid(std::shared_ptr<ViewDevice> device, QWidget *parent)
    : QWidget(parent)
    , device_(std::move(device))
    , layout_(new QGridLayout(this))
{
    layout_->setContentsMargins(0, 0, 0, 0);
    layout_->setSpacing(gap);
    setMinimumSize(200, 100);
    setCount(1);
}

VideoView &VideoGrid::view(int video) const
{
    return panes_.at(static_cast<std::size_t>(video))->view();
}

void VideoGrid::addPane()
{
    const int video = videos();
    auto *pane = new VideoPane(video, device_, this);
    VideoView &view = pane->view();
    connect(&view, &VideoView::hovered, this, [this, video](int position) { emit hovered(video, position); });
    connect(&view, &VideoView::clicked, this, [this, video](int position) { emit clicked(video, position); });
    connect(&view, &VideoView::doubleClicked, this, [this] {
        if (videos() > 1)
            setAlone(!alone_);
    });
    connect(&view, &VideoView::wheeled, this, &VideoGrid::wheeled);
    connect(&view, &VideoView::zoomed, this, &VideoGrid::zoomed);
    connect(&view, &VideoView::backendChanged, this, [this](const QString &reason) {
        device_.reset(); // the next ones need not try
        emit backendChanged(reason);
    });
    panes_.push_back(pane);
}

void VideoGrid::setDevice(std::shared_ptr<ViewDevice> device)
{
    device_ = std::move(device);
    for (VideoPane *pane : panes_)
        pane->view().setDevice(device_);
}

void VideoGrid::setCount(int videos)
{
    if (videos == this->videos())
        return;
    while (this->videos() > videos) {
        delete panes_.back();
        panes_.pop_back();
    }
    while (this->videos() < videos)
        addPane();
    chosen_ = std::min(chosen_, videos - 1);
    arrange();
}

void VideoGrid::setScenes(const std::vector<VideoScene> &scenes)
{
    setCount(std::max(1, static_cast<int>(scenes.size())));
    if (scenes.empty()) {
        view(0).setScene({});
        return;
    }
    const QSize picture(scenes.front().pictureWidth, scenes.front().pictureHeight);
    if (!picture.isEmpty() && picture != picture_) {
        picture_ = picture;
        arrange();
    }
    for (int video = 0; video < videos(); ++video)
        if (!alone_ || video == chosen_)
            view(video).setScene(scenes[static_cast<std::size_t>(video)]);
}

void VideoGrid::choose(int video)
{
    video = std::clamp(video, 0, videos() - 1);
    if (video == chosen_)
        return;
    chosen_ = video;
    arrange();
}

void VideoGrid::setAlone(bool alone)
{
    if (alone == alone_)
        return;
    alone_ = alone;
    arrange();
    emit aloneChanged(alone_);
}

/// As many as leave the most room for each picture, within its frame and below its name.
int VideoGrid::columnsFor(int videos) const
{
    const QSize frame = videos > 1 ? VideoPane::frame() + QSize(gap, gap) : QSize(0, 0);
    int best = 1;
    double largest = 0.0;
    for (int columns = 1; columns <= videos; ++columns) {
        const int rows = (videos + columns - 1) / columns;
        const double factor =
            std::min((static_cast<double>(width()) / columns - frame.width()) / picture_.width(),
                     (static_cast<double>(height()) / rows - frame.height()) / picture_.height());
        if (factor > largest * 1.001) {
            largest = factor;
            best = columns;
        }
    }
    return best;
}

void VideoGrid::arrange()
{
    const bool several = videos() > 1;
    columns_ = columnsFor(videos());
    for (int line = 0; line < std::max(layout_->rowCount(), layout_->columnCount()); ++line) {
        layout_->setRowStretch(line, 0);
        layout_->setColumnStretch(line, 0);
    }
    for (int video = 0; video < videos(); ++video) {
        VideoPane *pane = panes_[static_cast<std::size_t>(video)];
        const bool only = alone_ && several;
        const int row = only ? 0 : video / columns_;
        const int column = only ? 0 : video % columns_;
        layout_->removeWidget(pane);
        layout_->addWidget(pane, row, column);
        layout_->setRowStretch(row, 1);
        layout_->setColumnStretch(column, 1);
        pane->setFramed(several);
        pane->setChosen(video == chosen_);
        pane->setVisible(!only || video == chosen_);
    }
}

void VideoGrid::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (columnsFor(videos()) != columns_)
        arrange();
}

} // namespace fastcar::ui
