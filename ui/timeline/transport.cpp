// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/transport.h"

#include "ui/theme/flow_line.h"
#include "ui/theme/icons.h"
#include "ui/theme/steady_box.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include <initializer_list>
#include <utility>

namespace fastcar::ui {

Transport::Transport(Playback &playback, const FrameStore &frames, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , playback_(playback)
    , frames_(frames)
    , selection_(selection)
{
    line_ = new FlowLine(this);
    line_->keepLines();
    auto *buttons = new QWidget(this); // which stay together
    auto *steps = new QHBoxLayout(buttons);
    steps->setContentsMargins(0, 0, 6, 0);
    steps->setSpacing(4);
    previous_ = addButton(QStringLiteral("previous"), QStringLiteral("previousFrameButton"),
                          tr("Previous frame (Left)"));
    play_ = addButton(QStringLiteral("play"), QStringLiteral("playButton"), tr("Play, stop (Space)"));
    next_ = addButton(QStringLiteral("next"), QStringLiteral("nextFrameButton"), tr("Next frame (Right)"));
    loop_ = addButton(QStringLiteral("loop"), QStringLiteral("loopButton"), tr("Play in a loop"));
    loop_->setCheckable(true);
    for (QWidget *button :
         std::initializer_list<QWidget *>{previous_, new SteadyBox(play_, this), next_, loop_})
        steps->addWidget(button);
    place_ = new QLabel(this);
    place_->setObjectName(QStringLiteral("frameLabel"));
    place_->setFont(numberFont());
    place_->setContentsMargins(0, 0, 8, 0);

    live_ = new QToolButton(this);
    live_->setObjectName(QStringLiteral("followButton"));
    live_->setText(tr("Follow"));
    live_->setCheckable(true);
    live_->setToolTip(tr("Show the newest frame as it is made (End)"));
    buildPace();
    for (QWidget *control :
         std::initializer_list<QWidget *>{buttons, new SteadyBox(place_, this), live_, speed_, pace_})
        line_->addWidget(control);
    line_->beginEnd();

    connect(previous_, &QToolButton::clicked, &playback_, [this] { playback_.step(-1); });
    connect(next_, &QToolButton::clicked, &playback_, [this] { playback_.step(1); });
    connect(play_, &QToolButton::clicked, &playback_, &Playback::toggle);
    connect(loop_, &QToolButton::toggled, &playback_, &Playback::setLooping);
    connect(speed_, &QComboBox::activated, this,
            [this] { playback_.setSpeed(speed_->currentData().toDouble()); });
    connect(pace_, &QSpinBox::valueChanged, &playback_, &Playback::setFramesPerSecond);
    connect(live_, &QToolButton::clicked, this, [this](bool on) {
        playback_.pause();
        on ? selection_.followNewest() : selection_.chooseFrame(selection_.frame());
    });
    connect(&playback_, &Playback::playingChanged, this, &Transport::refresh);
    connect(&playback_, &Playback::paceChanged, this, &Transport::refresh);
    connect(&selection_, &Selection::frameChanged, this, &Transport::refresh);
    connect(&selection_, &Selection::followingChanged, this, &Transport::refresh);
    // Of a run that is fast several come at once.
    connect(&refresh_, &PacedRefresh::due, this, &Transport::refresh);
    connect(&frames_, &FrameStore::frameChanged, &refresh_, &PacedRefresh::askNow);
    connect(&frames_, &FrameStore::wasReset, &refresh_, &PacedRefresh::askNow);
    refresh();
}

void Transport::hideFollowing()
{
    live_->hide();
}

void Transport::addAtEnd(QWidget *control)
{
    line_->addWidget(control);
}

void Transport::buildPace()
{
    speed_ = new QComboBox(this);
    speed_->setObjectName(QStringLiteral("speedCombo"));
    speed_->setAccessibleName(tr("Speed of playback"));
    speed_->setToolTip(tr("Speed of playback; saved videos keep the clip's own"));
    for (const auto &[text, speed] : {std::pair("¼×", 0.25), std::pair("½×", 0.5), std::pair("1×", 1.0),
                                      std::pair("2×", 2.0), std::pair("4×", 4.0)})
        speed_->addItem(QString::fromUtf8(text), speed);
    pace_ = new QSpinBox(this);
    pace_->setObjectName(QStringLiteral("paceSpin"));
    pace_->setAccessibleName(tr("Frames per second"));
    pace_->setToolTip(tr("Pace of playback and of saved videos"));
    pace_->setRange(1, 60);
    pace_->setSuffix(tr(" fps"));
    makeNumberField(*pace_);
    pace_->setValue(playback_.framesPerSecond());
}

QToolButton *Transport::addButton(const QString &iconName, const QString &name, const QString &text)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setIcon(icon(iconName));
    button->setToolTip(text);
    button->setAccessibleName(text);
    button->setProperty("kind", "flat");
    return button;
}

void Transport::refresh()
{
    const int frames = frames_.frames();
    if (const bool playing = playback_.playing(); playing != std::exchange(showsPause_, playing))
        play_->setIcon(icon(playing ? QStringLiteral("pause") : QStringLiteral("play")));
    play_->setEnabled(frames_.wholeFrames() > 1);
    previous_->setEnabled(selection_.frame() > 0);
    next_->setEnabled(selection_.frame() + 1 < frames_.visibleFrames());
    live_->setChecked(selection_.following());
    loop_->setChecked(playback_.looping());
    speed_->setCurrentIndex(speed_->findData(playback_.speed()));
    if (pace_->value() != playback_.framesPerSecond()) { // set again, it is drawn again
        const QSignalBlocker quiet(pace_);
        pace_->setValue(playback_.framesPerSecond());
    }
    const bool any = frames > 0 && frames_.visibleFrames() > 0;
    const QString widest = tr("frame %1 / %2").arg(frames).arg(frames); // so that nothing beside it moves
    place_->setMinimumWidth(any ? place_->fontMetrics().horizontalAdvance(widest) + 8 : 0);
    place_->setText(any ? tr("frame %1 / %2").arg(selection_.frame() + 1).arg(frames) : QString());
}

} // namespace fastcar::ui
