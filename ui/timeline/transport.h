// SPDX-License-Identifier: Apache-2.0
//
// The buttons beside the film strip: play, step, loop, pace and speed, and whether the view follows the
// newest frame.
#pragma once

#include "ui/models/paced_refresh.h"
#include "ui/models/playback.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QSpinBox;
class QToolButton;

namespace fastcar::ui {

class FlowLine;

class Transport : public QWidget {
    Q_OBJECT
public:
    Transport(Playback &playback, const FrameStore &frames, Selection &selection, QWidget *parent = nullptr);

    /// Of frames that are all there already: none of them is the newest.
    void hideFollowing();
    /// A control of the page, at the end of the line.
    void addAtEnd(QWidget *control);

private:
    QToolButton *addButton(const QString &iconName, const QString &name, const QString &text);
    void buildPace();
    void refresh();

    Playback &playback_;
    const FrameStore &frames_;
    Selection &selection_;
    PacedRefresh refresh_;
    FlowLine *line_ = nullptr;
    QToolButton *previous_ = nullptr;
    QToolButton *play_ = nullptr;
    QToolButton *next_ = nullptr;
    QToolButton *loop_ = nullptr;
    QToolButton *live_ = nullptr;
    QComboBox *speed_ = nullptr;
    QSpinBox *pace_ = nullptr;
    bool showsPause_ = false;
    QLabel *place_ = nullptr;
};

} // namespace fastcar::ui
