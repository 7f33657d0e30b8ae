// SPDX-License-Identifier: Apache-2.0
#include "ui/window/viewer_page.h"

#include "ui/heatmap/tas_legend.h"
#include "ui/theme/theme.h"
#include "ui/timeline/film_strip.h"
#include "ui/timeline/transport.h"
#include "ui/video/position_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <cmath>

namespace fastcar::ui {

namespace {
/// Share of the scores at either end that the heatmap shows in its last colour.
constexpr double farScores = 0.02;
} // namespace

ViewerPage::ViewerPage(const Models &models, const HeatmapBar::Actions &actions,
                       std::shared_ptr<ViewDevice> device, QWidget *parent)
    : QWidget(parent)
    , models_(models)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    bar_ = new HeatmapBar(actions, models_.overlays, models_.selection, this);
    video_ = new VideoView(std::move(device), this);
    video_->setObjectName(QStringLiteral("videoView"));
    column->addWidget(bar_);
    column->addWidget(video_, 1);
    column->addWidget(buildFoot());

    refresh_.setSingleShot(true);
    connect(&refresh_, &QTimer::timeout, this, &ViewerPage::refresh);
    connect(&models_.record, &RunRecord::began, this, &ViewerPage::begin);
    connect(&models_.record, &RunRecord::advanced, this, &ViewerPage::askRefresh);
    connect(&models_.record, &RunRecord::phaseChanged, this, &ViewerPage::askRefresh);
    connect(&models_.record.frames(), &FrameStore::frameChanged, this, [this] {
        models_.selection.setVisibleFrames(models_.record.frames().visibleFrames());
        askRefresh();
    });
    connect(&models_.selection, &Selection::changed, this, &ViewerPage::askRefresh);
    connect(&models_.overlays, &OverlayModel::changed, this, &ViewerPage::askRefresh);
    connect(video_, &VideoView::hovered, &models_.selection, &Selection::hover);
    connect(video_, &VideoView::clicked, this, [this](int position) {
        const bool again = position == models_.selection.position();
        models_.selection.choosePosition(again ? -1 : position);
    });
    connect(video_, &VideoView::wheeled, this, [this](int steps) { models_.playback.step(-steps); });
}

QWidget *ViewerPage::buildFoot()
{
    auto *foot = new QWidget(this);
    foot->setProperty("panel", true);
    foot->setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(foot);
    column->setContentsMargins(12, 4, 12, 8);
    column->setSpacing(4);
    facts_ = new QLabel(foot);
    facts_->setObjectName(QStringLiteral("factsLabel"));
    facts_->setFont(numberFont(0.92));
    facts_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    legend_ = new TasLegend(foot);
    legend_->setObjectName(QStringLiteral("tasLegend"));
    column->addWidget(facts_);
    auto *line = new QHBoxLayout;
    line->setSpacing(12);
    line->addWidget(new Transport(models_.playback, models_.record.frames(), models_.selection, foot), 1);
    line->addWidget(legend_);
    column->addLayout(line);
    column->addWidget(new FilmStrip(models_.record.frames(), models_.selection, foot));
    return foot;
}

void ViewerPage::begin()
{
    const TraceShape &shape = models_.record.trace().shape();
    models_.selection.setLimits(shape.layers, shape.rows, shape.stride);
    models_.selection.setVisibleFrames(0);
    models_.selection.followNewest();
    bar_->setShape(shape.layers, shape.rows);
    askRefresh();
}

void ViewerPage::askRefresh()
{
    if (!refresh_.isActive())
        refresh_.start(0);
}

void ViewerPage::refresh()
{
    const RunRecord &record = models_.record;
    const Selection &selection = models_.selection;
    auto range = tasRange(record.trace(), record.wholeSteps(), selection.layer(), farScores);
    if (range)
        range = rounded(*range);
    video_->setScene(makeScene(record, selection, models_.overlays.overlays(), range));
    legend_->setRange(range);
    if (record.hasRun())
        legend_->setThreshold(record.policyInForce().threshold(selection.layer()));
    showFacts();
}

void ViewerPage::showFacts()
{
    const Selection &selection = models_.selection;
    const int position = selection.hovered() >= 0 ? selection.hovered() : selection.position();
    if (position < 0 || !models_.record.hasRun()) {
        facts_->setText(tr("Point at a position to read it"));
        legend_->setPointed(std::nullopt);
        return;
    }
    const auto facts =
        positionFacts(models_.record, selection.frame(), position, selection.layer(), selection.row());
    QStringList parts{facts.place};
    if (!facts.codes.isEmpty())
        parts += tr("codes %1").arg(facts.codes);
    if (!facts.tas.isEmpty())
        parts += tr("TAS %1").arg(facts.tas);
    parts += facts.decision;
    facts_->setText(parts.join(QStringLiteral("  ·  ")));
    const float tas =
        video_->scene().tas.empty() ? std::nanf("") : video_->scene().tas[static_cast<std::size_t>(position)];
    legend_->setPointed(std::isnan(tas) ? std::nullopt : std::optional(tas));
}

} // namespace fastcar::ui
