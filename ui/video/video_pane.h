// SPDX-License-Identifier: Apache-2.0
//
// One video of several: its view below its name, in a frame that says whether it is the chosen one. Where
// there is only one, the view alone.
#pragma once

#include "ui/video/video_view.h"

#include <QWidget>

#include <memory>

class QVBoxLayout;

namespace fastcar::ui {

class VideoPane : public QWidget {
    Q_OBJECT
public:
    VideoPane(int video, std::shared_ptr<ViewDevice> device, QWidget *parent);

    /// What its frame and its name take of its size, where there are several.
    static QSize frame();

    VideoView &view() { return *view_; }
    void setFramed(bool framed);
    void setChosen(bool chosen);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int video_ = 0;
    bool framed_ = true;
    bool chosen_ = false;
    QVBoxLayout *layout_ = nullptr;
    VideoView *view_ = nullptr;
};

} // namespace fastcar::ui
