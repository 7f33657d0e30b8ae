// SPDX-License-Identifier: Apache-2.0
#include "ui/window/viewer_page.h"

#include "ui/heatmap/tas_legend.h"
#include "ui/models/position_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/steady_box.h"
#include "ui/theme/theme.h"
#include "ui/theme/told_line.h"
#include "ui/timeline/film_strip.h"
#include "ui/timeline/transport.h"
#include "ui/video/overlay_legend.h"
#include "ui/video/position_strip.h"
#include "ui/window/viewer_actions.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace fastcar::ui {

ViewerPage::ViewerPage(const Models &models, const Actions &actions, std::shared_ptr<ViewDevice> device,
                       QWidget *parent)
    : QWidget(parent)
    , models_(models)
    , reference_(models.record)
    , ranges_(models.record)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QWidget *middle = buildMiddle(device);
    bar_ = new HeatmapBar({.heatmap = actions.heatmap,
                           .share = actions_->share(),
                           .drift = actions_->drift(),
                           .mask = actions.mask,
                           .grid = actions.grid,
                           .strip = actions_->strip()},
                          models_.overlays, models_.selection, this);
    column->addWidget(bar_);
    column->addWidget(middle, 1);
    column->addWidget(buildFoot());
    connectModels();
    showZoom();
}

QWidget *ViewerPage::buildMiddle(const std::shared_ptr<ViewDevice> &device)
{
    auto *middle = new QWidget(this);
    auto *line = new QHBoxLayout(middle);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(0);
    videos_ = new VideoGrid(device, middle);
    videos_->setObjectName(QStringLiteral("videoGrid"));
    strip_ = new PositionStrip(middle);
    line->addWidget(videos_, 1);
    line->addWidget(strip_);
    actions_ = new ViewerActions({models_.selection, models_.overlays, zoom_, reference_}, *videos_, *this);
    connect(actions_->strip(), &QAction::toggled, strip_, &QWidget::setVisible);
    connect(actions_->strip(), &QAction::toggled, this, &ViewerPage::askRefresh);
    connect(strip_, &PositionStrip::layerChosen, &models_.selection, &Selection::chooseLayer);
    return middle;
}

QWidget *ViewerPage::buildFoot()
{
    auto *foot = new QWidget(this);
    foot->setProperty("panel", true);
    foot->setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(foot);
    column->setContentsMargins(12, 4, 12, 8);
    column->setSpacing(4);
    facts_ = new ToldLine(foot);
    facts_->setObjectName(QStringLiteral("factsLabel"));
    facts_->setAccessibleName(tr("The position that is pointed at"));
    legend_ = new TasLegend(foot);
    legend_->setObjectName(QStringLiteral("tasLegend"));
    auto *factsLine = new QHBoxLayout;
    factsLine->setSpacing(12);
    factsLine->addWidget(new SteadyBox(facts_, foot), 1);
    factsLine->addWidget(legend_);
    factsLine->addStrut(legend_->sizeHint().height()); // with and without it: the picture stays as it is
    column->addLayout(factsLine);
    overlayLegend_ = new OverlayLegend(foot);
    overlayLegend_->setObjectName(QStringLiteral("overlayLegend"));
    column->addWidget(overlayLegend_);
    auto *transport = new Transport(models_.playback, models_.record.frames(), models_.selection, foot);
    transport->addAtEnd(makeZoomButton(foot));
    column->addWidget(transport);
    column->addWidget(new FilmStrip(models_.record.frames(), models_.selection, foot));
    return foot;
}

QToolButton *ViewerPage::makeZoomButton(QWidget *parent)
{
    zoomButton_ = new QToolButton(parent);
    zoomButton_->setObjectName(QStringLiteral("zoomButton"));
    zoomButton_->setIcon(icon(QStringLiteral("zoom")));
    zoomButton_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    zoomButton_->setProperty("kind", "flat");
    zoomButton_->setFont(numberFont(0.92));
    zoomButton_->setAccessibleName(tr("Zoom"));
    zoomButton_->setToolTip(tr("<p>Zoom: Ctrl+wheel, around the pointer. Drag to move the picture.</p>"));
    zoomButton_->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(zoomButton_);
    menu->addActions(actions_->zoomActions());
    zoomButton_->setMenu(menu);
    return zoomButton_;
}

void ViewerPage::connectModels()
{
    Selection &selection = models_.selection;
    connect(&refresh_, &PacedRefresh::due, this, &ViewerPage::refresh);
    connect(&models_.record, &RunRecord::began, this, &ViewerPage::begin);
    connect(&models_.record, &RunRecord::advanced, this, &ViewerPage::askRefresh);
    connect(&models_.record, &RunRecord::phaseChanged, this, &ViewerPage::askRefresh);
    connect(&models_.record.frames(), &FrameStore::frameChanged, this, [this] {
        models_.selection.setVisibleFrames(models_.record.frames().visibleFrames());
        askRefresh();
    });
    connect(&selection, &Selection::changed, this, &ViewerPage::askRefresh);
    connect(&models_.overlays, &OverlayModel::changed, this, &ViewerPage::askRefresh);
    connect(&zoom_, &ZoomModel::changed, this, &ViewerPage::askRefresh);
    connect(&reference_, &DenseReference::changed, this, &ViewerPage::askRefresh);
    connect(videos_, &VideoGrid::aloneChanged, this, &ViewerPage::askRefresh);
    connect(videos_, &VideoGrid::zoomed, &zoom_, &ZoomModel::setZoom);
    connect(videos_, &VideoGrid::hovered, &selection,
            [&selection](int video, int position) { selection.hover(position, video); });
    connect(videos_, &VideoGrid::clicked, &selection, [&selection](int video, int position) {
        const bool again = video == selection.video() && position == selection.position();
        selection.chooseVideo(video);
        selection.choosePosition(again ? -1 : position);
    });
    connect(videos_, &VideoGrid::wheeled, this, [this](int steps) { models_.playback.step(-steps); });
}

void ViewerPage::begin()
{
    const TraceShape &shape = models_.record.trace().shape();
    ranges_.forget();
    strip_->setContent({});
    models_.selection.setLimits(shape.layers, shape.rows, shape.stride, shape.videos);
    models_.selection.setVisibleFrames(0);
    models_.selection.followNewest();
    bar_->setShape(shape.layers, shape.rows, shape.videos);
    refresh_.askNow(); // with the others that begin: all is painted once
}

void ViewerPage::askRefresh()
{
    refresh_.ask();
}

void ViewerPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    askRefresh();
}

void ViewerPage::refresh()
{
    if (!isVisible())
        return;
    showScenes();
    showPosition();
    showZoom();
}

void ViewerPage::showScenes()
{
    const RunRecord &record = models_.record;
    const Selection &selection = models_.selection;
    const auto range = ranges_.of(selection.layer());
    std::vector<VideoScene> scenes;
    for (int video = 0; video < selection.videos(); ++video)
        scenes.push_back(makeScene(record, selection,
                                   {.video = video,
                                    .overlays = models_.overlays.overlays(),
                                    .range = range,
                                    .zoom = zoom_.zoom(),
                                    .reference = &reference_}));
    videos_->choose(selection.video());
    videos_->setScenes(scenes);
    overlayLegend_->setOverlays(models_.overlays.overlays(), reference_.fits(), selection.layers());
    legend_->setVisible(models_.overlays.overlays().heatmap);
    legend_->setRange(range);
    if (record.hasRun())
        legend_->setThreshold(record.policyInForce().threshold(selection.layer()));
}

void ViewerPage::showPosition()
{
    const Selection &selection = models_.selection;
    const bool hovering = selection.hovered() >= 0;
    const int position = hovering ? selection.hovered() : selection.position();
    if (position < 0 || !models_.record.hasRun()) {
        facts_->tell(tr("Point at a position to read it"));
        legend_->setPointed(std::nullopt);
        return; // the strip keeps what was pointed at last
    }
    const int row = selection.rowOf(hovering ? selection.hoveredVideo() : selection.video());
    const auto facts = positionFacts(models_.record, selection.frame(), position, selection.layer(), row);
    QStringList parts;
    if (strip_->isHidden()) { // which has these
        parts += facts.place;
        if (!facts.codes.isEmpty())
            parts += tr("codes %1").arg(facts.codes);
    }
    if (!facts.tas.isEmpty())
        parts += tr("TAS %1").arg(facts.tas);
    parts += facts.decision;
    if (const auto drift = reference_.drift(row % selection.videos(), selection.frame());
        drift && models_.overlays.overlays().drift)
        parts += tr("drift %1 of 255")
                     .arg(static_cast<double>((*drift)[static_cast<std::size_t>(position)]), 0, 'f', 1);
    facts_->tell(ToldLine::joined(parts));

    const auto layers = layerFacts(models_.record, selection.frame(), position, row);
    const auto chosen = static_cast<std::size_t>(selection.layer());
    legend_->setPointed(chosen < layers.size() ? layers[chosen].tas : std::nullopt);
    if (strip_->isHidden())
        return;
    PositionStrip::Content content{.place = facts.place,
                                   .codes = facts.codes,
                                   .state = facts.decision,
                                   .lanes = {},
                                   .chosenLayer = selection.layer()};
    for (int layer = 0; layer < static_cast<int>(layers.size()); ++layer)
        content.lanes.push_back({layers[static_cast<std::size_t>(layer)], ranges_.of(layer)});
    strip_->setContent(content);
}

void ViewerPage::showZoom()
{
    const double factor = videos_->chosenView().factor();
    const QString times = factor >= 1.0 || factor <= 0.0 ? tr("%1×").arg(factor, 0, 'g', 3)
                                                         : tr("1/%1").arg(1.0 / factor, 0, 'g', 2);
    zoomButton_->setText(factor <= 0.0 ? tr("Fit") : zoom_.zoom().fits() ? tr("Fit, %1").arg(times) : times);
}

} // namespace fastcar::ui
