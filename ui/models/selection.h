// SPDX-License-Identifier: Apache-2.0
//
// What is being looked at: frame, layer, row and position, shared by all views, so that a click in one moves
// the others. While `following`, the frame is the newest one; choosing a frame ends that, followNewest()
// starts it again.
#pragma once

#include <QObject>

namespace fastcar::ui {

class Selection : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// The sizes within which one can choose. Keeps what still fits.
    void setLimits(int layers, int rows, int positions);
    /// Frames that can be looked at; the newest is shown while following.
    void setVisibleFrames(int frames);

    int frame() const { return frame_; }
    int layer() const { return layer_; }
    int row() const { return row_; }
    int position() const { return position_; } // -1: none
    int hovered() const { return hovered_; }   // -1: none
    bool following() const { return following_; }
    int layers() const { return layers_; }
    int visibleFrames() const { return visibleFrames_; }

public slots:
    void chooseFrame(int frame);
    void followNewest();
    void chooseLayer(int layer);
    void chooseRow(int row);
    void choosePosition(int position);
    void hover(int position);

signals:
    void changed(); // any of the below
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
    int visibleFrames_ = 0;
    int frame_ = 0;
    int layer_ = 0;
    int row_ = 0;
    int position_ = -1;
    int hovered_ = -1;
    bool following_ = true;
};

} // namespace fastcar::ui
