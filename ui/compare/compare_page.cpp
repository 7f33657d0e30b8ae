// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/compare_page.h"

#include "ui/compare/compare_bar.h"
#include "ui/compare/compare_view.h"
#include "ui/compare/frame_plot.h"
#include "ui/compare/token_strip.h"
#include "ui/models/preferences.h"
#include "ui/tables/csv_table_view.h"
#include "ui/theme/told_line.h"

#include <QAction>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace fastcar::ui {

ComparePage::ComparePage(const Models &models, QWidget *parent)
    : QWidget(parent)
    , models_(models)
    , runs_(models.record)
    , comparison_(runs_)
    , playback_(frames_, selection_)
    , link_(selection_, models.selection)
{
    setObjectName(QStringLiteral("comparePage"));
    setAccessibleName(tr("Comparison"));
    setAcceptDrops(true);
    askForRunFile = [this] {
        return QFileDialog::getOpenFileName(
            this, tr("Open a trace or a video"), {},
            tr("Traces and videos (*.fctrace *.mp4 *.webm *.mkv *.gif *.apng *.png);;All files (*)"));
    };
    look_.restore(models_.preferences.get(preference::compareLook));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    view_ = new CompareView(this);
    column->addWidget(buildSources());
    column->addWidget(new CompareBar(look_, *view_, this));
    auto *middle = new QSplitter(Qt::Horizontal, this);
    middle->setObjectName(QStringLiteral("compareSplitter"));
    middle->setChildrenCollapsible(false);
    middle->addWidget(view_);
    middle->addWidget(buildFigures());
    middle->setStretchFactor(0, 1);
    middle->setSizes({700, 290});
    column->addWidget(middle, 1);
    column->addWidget(buildFoot());

    refresh_.setSingleShot(true);
    connect(&refresh_, &QTimer::timeout, this, &ComparePage::refresh);
    connect(&comparison_, &ComparisonModel::sourcesChanged, this, &ComparePage::takeSources);
    connect(&comparison_, &ComparisonModel::changed, this, &ComparePage::takeComparison);
    connect(&comparison_, &ComparisonModel::offsetChanged, this, &ComparePage::takeSources);
    connect(&comparison_, &ComparisonModel::busyChanged, busy_, &QLabel::setVisible);
    connect(&look_, &CompareLook::changed, this, [this] {
        models_.preferences.set(preference::compareLook, look_.toJson());
        askRefresh();
    });
    connect(&selection_, &Selection::changed, this, &ComparePage::askRefresh);
    connect(&selection_, &Selection::videoChanged, this, [this](int video) {
        video_->setCurrentIndex(video);
        comparison_.setVideo(video);
    });
    connect(&models_.controller, &RunController::stateChanged, this, &ComparePage::updateSameSeed);
    connect(&models_.record, &RunRecord::began, this, &ComparePage::takeTwin);
    connect(&models_.settings, &RunSettingsModel::changed, this, [this] {
        takeModel();
        updateSameSeed();
    });
    connect(&models_.settings.replay(), &ReplayChoice::changed, this, &ComparePage::updateSameSeed);
    connect(&runs_, &ShownRuns::shownChanged, this, [this] {
        if (isVisible())
            fillSides();
        updateSameSeed();
    });
    connect(&models_.playback, &Playback::paceChanged, this,
            [this] { playback_.setFramesPerSecond(models_.playback.framesPerSecond()); });
    connect(view_, &CompareView::wipeMoved, &look_, &CompareLook::setWipe);
    connect(view_, &CompareView::wipeStepped, &look_,
            [this](double by) { look_.setWipe(look_.wipe() + by); });
    connect(view_, &CompareView::hovered, &selection_, [this](int position) { selection_.hover(position); });
    connect(view_, &CompareView::clicked, this, [this](int position) {
        selection_.choosePosition(position == selection_.position() ? -1 : position);
    });
    playback_.setFramesPerSecond(models_.playback.framesPerSecond());
    takeComparison();
    updateSameSeed();
}

ComparePage::~ComparePage() = default;

void ComparePage::choose(Side side, const RunSource &source)
{
    comparison_.setSource(side, source);
}

void ComparePage::chooseFile(Side side)
{
    const QString file = askForRunFile();
    if (!file.isEmpty())
        comparison_.setSource(side, RunSource::ofFile(file));
}

/// Only while somebody looks are the runs of the window followed and the pictures changed by themselves.
void ComparePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    takeModel();
    runs_.watch(true);
    look_.setWatched(true);
    models_.playback.pause(); // it would move this page's frame, too
    fillSides();
    view_->setFocus();
    askRefresh();
}

void ComparePage::hideEvent(QHideEvent *event)
{
    runs_.watch(false);
    look_.setWatched(false);
    playback_.pause();
    QWidget::hideEvent(event);
}

void ComparePage::takeModel()
{
    if (models_.settings.hasModel())
        comparison_.setModel(models_.settings.model());
}

/// What nobody has chosen is what the window has made.
void ComparePage::fillSides()
{
    RunSource a = comparison_.source(Side::A), b = comparison_.source(Side::B);
    if (b.kind == RunSource::Kind::None && a.kind == RunSource::Kind::None && runs_.shown())
        b = RunSource::shown();
    if (a.kind == RunSource::Kind::None && b == RunSource::shown() && runs_.before())
        a = RunSource::before();
    if (a != comparison_.source(Side::A) || b != comparison_.source(Side::B))
        comparison_.setSources(a, b);
}

/// The window's selection belongs to the run that it shows.
void ComparePage::takeSources()
{
    if (comparison_.source(Side::B).kind == RunSource::Kind::Shown)
        link_.link(0);
    else if (comparison_.source(Side::A).kind == RunSource::Kind::Shown)
        link_.link(comparison_.offset());
    else
        link_.link(std::nullopt);
    askRefresh();
}

void ComparePage::takeComparison()
{
    takeFrames();
    strip_->setComparison(comparison_.result());
    table_.show(comparison_);
    tokens_.show(comparison_.result());
    const int first = strip_->firstDifference();
    first_->setVisible(first >= 0);
    if (first >= 0)
        first_->setText(tr("First other code: token %1").arg(first + 1));
    showPlot();
    askRefresh();
}

void ComparePage::takeFrames()
{
    const ShownRuns::Run gridded = comparison_.run(Side::B) && comparison_.run(Side::B)->trace
                                       ? comparison_.run(Side::B)
                                       : comparison_.run(Side::A);
    link_.link(std::nullopt); // while the limits are neither the old nor the new ones
    const TraceShape shape = gridded && gridded->trace ? gridded->trace->shape() : TraceShape{};
    const int frames = comparison_.frames(), frame = selection_.frame();
    const int videos = std::max(1, shape.videos);
    frames_.reset(videos, frames, shape.stride);
    for (int index = 0; index < frames; ++index) {
        const SharedFrame b = comparison_.picture(Side::B, index);
        for (int video = 0; video < videos; ++video) // the strip shows the one that is compared
            frames_.putWhole(video, index, b ? b : comparison_.picture(Side::A, index));
    }
    selection_.setLimits(shape.layers, shape.rows, shape.stride, videos);
    selection_.setVisibleFrames(frames);
    selection_.chooseFrame(frame);
    video_->setVisible(videos > 1);
    if (video_->count() != videos) {
        video_->clear();
        for (int video = 0; video < videos; ++video)
            video_->addItem(tr("Video %1 of %2").arg(video + 1).arg(videos));
    }
    video_->setCurrentIndex(selection_.video());
    takeSources();
}

void ComparePage::showPlot()
{
    const auto figure = static_cast<FrameFigure>(figure_->currentData().toInt());
    const auto found = comparison_.result();
    const FrameSeries series = found ? frameSeries(*found, figure, comparison_.offset()) : FrameSeries{};
    table_.showFrames(figure, series);
    plot_->setSeries(figure, series, whyNoPlot(figure));
    plot_->setFrame(selection_.frame());
}

/// What is dense is to be held against something that is not.
bool ComparePage::denseIsLikelier() const
{
    const bool shownIsDense = runs_.shown() && runs_.shown()->trace->statistics().all().replayed == 0;
    return !shownIsDense;
}

void ComparePage::updateSameSeed()
{
    QString why;
    if (models_.controller.running())
        why = tr("A run is going on.");
    else if (!runs_.shown())
        why = tr("There is no run yet.");
    const QString dense =
        tr("Makes the shown run once more without replay, and compares the two: A dense, B as it is "
           "shown now.");
    const QString replay =
        tr("Makes the shown run once more with the replay that the panel says, and compares the two: "
           "A as it is shown now, B the new one.");
    const ReplayPolicy panel = models_.settings.replay().policy();
    const bool panelReplays = !panel.thresholds.empty() || panel.target;
    const QString whyNoReplay = !why.isEmpty() ? why
                                : panelReplays ? QString()
                                               : tr("The panel's replay is off.");
    const auto show = [](auto *control, const QString &help, const QString &whyNot) {
        control->setEnabled(whyNot.isEmpty());
        control->setToolTip(QStringLiteral("<p>%1 %2</p>").arg(help, whyNot));
    };
    show(sameSeedDense_, dense, why);
    show(sameSeedReplay_, replay, whyNoReplay);
    if (denseIsLikelier()) {
        sameSeed_->setText(tr("Same seed, dense"));
        show(sameSeed_, dense, why);
    } else {
        sameSeed_->setText(tr("Same seed, replay"));
        show(sameSeed_, replay, whyNoReplay);
    }
}

void ComparePage::runSameSeed(bool dense)
{
    RunSettings settings = models_.record.trace().settings();
    settings.continued.clear();
    if (dense) {
        settings.replay.thresholds.clear();
        settings.replay.target.reset();
    } else {
        settings.replay = models_.settings.replay().policy();
    }
    twin_ = Twin{settings, dense, runs_.shown()};
    emit runAsked(settings);
}

/// The run that was asked for has begun, perhaps after others that waited before it: it appears on its side
/// as it is made.
void ComparePage::takeTwin()
{
    if (!twin_ || twin_->settings != models_.record.trace().settings())
        return;
    const RunSource of = twin_->of == runs_.before() ? RunSource::before() : RunSource::held(twin_->of);
    if (twin_->dense)
        comparison_.setSources(RunSource::shown(), of);
    else
        comparison_.setSources(of, RunSource::shown());
    twin_.reset();
}

int ComparePage::token() const
{
    const auto found = comparison_.result();
    if (selection_.position() < 0 || !found || !found->tokens)
        return -1;
    return selection_.frame() * found->tokens->stride + selection_.position();
}

void ComparePage::chooseToken(int token)
{
    const auto found = comparison_.result();
    if (token < 0 || !found || !found->tokens)
        return;
    playback_.pause();
    selection_.chooseFrame(token / found->tokens->stride);
    selection_.choosePosition(token % found->tokens->stride);
}

void ComparePage::followToken()
{
    const QModelIndex index = tokens_.index(token(), std::max(0, tokenView_->currentIndex().column()));
    if (index.isValid() && index != tokenView_->currentIndex())
        tokenView_->setCurrentIndex(index);
}

void ComparePage::askRefresh()
{
    if (isVisible() && !refresh_.isActive())
        refresh_.start(0);
}

void ComparePage::refresh()
{
    view_->setScene(makeScene());
    view_->setAccessibleDescription(facts());
    facts_->tell(facts());
    strip_->setToken(token());
    followToken();
    plot_->setFrame(selection_.frame());
    const int offset = comparison_.offset();
    offset_->setVisible(offset != 0);
    offset_->setText(tr("A: %1%2 frames")
                         .arg(offset > 0 ? QStringLiteral("+") : QString(QChar(0x2212)))
                         .arg(std::abs(offset)));
}

/// Keys that no control had a use for.
void ComparePage::keyPressEvent(QKeyEvent *event)
{
    const bool shifted = event->modifiers() & Qt::ShiftModifier;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int way = event->key() == Qt::Key_Left ? -1 : 1;
        shifted ? comparison_.setOffset(comparison_.offset() + way) : playback_.step(way);
        break;
    }
    case Qt::Key_Space:
        playback_.toggle();
        break;
    case Qt::Key_Home:
        playback_.pause();
        selection_.chooseFrame(0);
        break;
    case Qt::Key_End:
        playback_.pause();
        selection_.chooseFrame(frames_.visibleFrames() - 1);
        break;
    case Qt::Key_1:
    case Qt::Key_2:
    case Qt::Key_3:
    case Qt::Key_4:
        look_.setWay(static_cast<CompareWay>(event->key() - Qt::Key_1));
        break;
    case Qt::Key_X:
        look_.showOther();
        break;
    case Qt::Key_D:
        look_.setMarksCodes(!look_.marksCodes());
        break;
    case Qt::Key_F:
        chooseToken(strip_->firstDifference());
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void ComparePage::dragEnterEvent(QDragEnterEvent *event)
{
    const auto urls = event->mimeData()->urls();
    const bool files = !urls.isEmpty() && urls.size() <= 2 && std::ranges::all_of(urls, [](const QUrl &url) {
        return QFileInfo(url.toLocalFile()).isFile();
    });
    if (files)
        event->acceptProposedAction();
}

/// One file: on the side where it was dropped. Two: A and B.
void ComparePage::dropEvent(QDropEvent *event)
{
    const auto urls = event->mimeData()->urls();
    event->acceptProposedAction();
    if (urls.size() == 2)
        return comparison_.setSources(RunSource::ofFile(urls[0].toLocalFile()),
                                      RunSource::ofFile(urls[1].toLocalFile()));
    const double middle = view_->mapTo(this, view_->rect().center()).x();
    comparison_.setSource(event->position().x() < middle ? Side::A : Side::B,
                          RunSource::ofFile(urls.front().toLocalFile()));
}

} // namespace fastcar::ui
