// SPDX-License-Identifier: Apache-2.0
//
// What is being looked at: video, frame, layer, row and position, shared by all views, so that a click in one
// moves the others. Video v has the rows v and, where the run is guided, v + videos: choosing a row chooses
// its video, and choosing a video keeps the kind of row, conditional or not. While `following`, the frame is
// the newest one; choosing a frame ends that, followNewest() starts it again.
#pragma once

#include <QObject>

namespace fastcar::ui {

class Selection : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// The sizes within which one can choose. Keeps what still fits.
    void setLimits(int layers, int rows, int positions, int videos = 1);
    /// Frames that can be looked at; the newest is shown while following.
    void setVisibleFrames(int frames);

    int video() const { return row_ % videos_; }
    int frame() const { return frame_; }
    int layer() const { return layer_; }
    int row() const { return row_; }
    int position() const { return position_; } // -1: none
    int hovered() const { return hovered_; }   // -1: none
    int hoveredVideo() const { return hovered_ < 0 ? video() : hoveredVideo_; }
    /// The row of `video` that is of the chosen row's kind.
    int rowOf(int video) const { return row_ - this->video() + video; }
    bool following() const { return following_; }
    int layers() const { return layers_; }
    int rows() const { return rows_; }
    int videos() const { return videos_; }
    int visibleFrames() const { return visibleFrames_; }

public slots:
    void chooseFrame(int frame);
    void followNewest();
    void chooseVideo(int video);
    void chooseLayer(int layer);
    void chooseRow(int row);
    void choosePosition(int position);
    /// Both at once: nobody sees the one without the other.
    void chooseToken(int frame, int position);
    /// In the chosen video, or in the one that is named.
    void hover(int position, int video = -1);

signals:
    void changed(); // any of the below
    void videoChanged(int video);
    void frameChanged(int frame);
    void layerChanged(int layer);
    void rowChanged(int row);
    void followingChanged(bool following);

private:
    void setFrame(int frame);
    void setFollowing(bool following);

    int layers_ = 0;
    int rows_ = 0;
    int positions_ = 0;
    int videos_ = 1;
    int visibleFrames_ = 0;
    int frame_ = 0;
    int layer_ = 0;
    int row_ = 0;
    int position_ = -1;
    int hovered_ = -1;
    int hoveredVideo_ = 0;
    bool following_ = true;
};

} // namespace fastcar::ui
