// SPDX-License-Identifier: Apache-2.0
#include "ui/hardware/hardware_panel.h"

#include "ui/hardware/gantt_export.h"
#include "ui/hardware/gantt_view.h"
#include "ui/hardware/gantt_words.h"
#include "ui/hardware/model_of_run.h"
#include "ui/hardware/run_strip.h"
#include "ui/hardware/step_line.h"
#include "ui/models/chosen_step.h"
#include "ui/models/engine_words.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace fastcar::ui {

namespace {

constexpr int wideEnoughForFigures = 900;
constexpr double exportWidth = 1200.0;

} // namespace

HardwarePanel::HardwarePanel(const Models &models, QWidget *parent)
    : QWidget(parent)
    , models_(models)
    , times_(models.record)
    , cards_(listCards())
{
    setObjectName(QStringLiteral("hardwarePanel"));
    setAccessibleName(tr("Hardware"));
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 3);
    column->setSpacing(0);
    column->addWidget(buildBar());
    auto *line = new QHBoxLayout;
    line->setContentsMargins(10, 0, 10, 4);
    step_ = new StepLine(this);
    line->addWidget(step_);
    column->addLayout(line);
    strip_ = new RunStrip(models_.record, times_, models_.tokens, this);
    column->addWidget(strip_);
    column->addSpacing(4);
    column->addWidget(buildMiddle(), 1);
    legend_ = buildLegend();
    column->addWidget(legend_);
    askForFile = [this](const QString &suggestion) {
        return QFileDialog::getSaveFileName(
            this, tr("Save the timeline"), suggestion,
            tr("Picture, PNG (*.png);;Drawing, SVG (*.svg);;Spans, CSV (*.csv)"));
    };
    fillCards();
    connectModels();
    showFigureTable(false);
    takeModel();
    askRefresh();
}

void HardwarePanel::connectModels()
{
    connect(&refresh_, &PacedRefresh::due, this, &HardwarePanel::refresh);
    connect(card_, &QComboBox::currentIndexChanged, this, &HardwarePanel::askRefresh);
    connect(card_, &QComboBox::currentIndexChanged, this, [this] { emit cardChosen(card()); });
    connect(compare_, &QComboBox::currentIndexChanged, this, &HardwarePanel::askRefresh);
    connect(figuresButton_, &QPushButton::clicked, this, [this](bool shown) {
        figuresAsked_ = true;
        showFigureTable(shown);
    });
    connect(&models_.settings, &RunSettingsModel::changed, this, [this] {
        takeModel();
        askRefresh();
    });
    connect(&models_.record, &RunRecord::began, this, &HardwarePanel::begin);
    connect(&models_.record, &RunRecord::advanced, this, &HardwarePanel::askRefresh);
    connect(&models_.selection, &Selection::changed, this, &HardwarePanel::askRefresh);
    connect(&times_, &StepTimes::changed, this, [this] {
        // While the newest step is followed, its picture comes with the run's next ones: painted by itself it
        // would stop the run once more.
        const bool comes = models_.record.goesOn() && models_.selection.following() && shownStep_ >= 0;
        if (!comes)
            askRefresh();
    });
    connect(gantt_, &GanttView::layerChosen, &models_.selection, &Selection::chooseLayer);
    connect(gantt_, &GanttView::rowChosen, &models_.selection, &Selection::chooseRow);
    connect(strip_, &RunStrip::stepChosen, this,
            [this](int step) { chooseStep(models_.record, models_.selection, step); });
}

/// Of the run; before the first one of the run to come: whether it fits the card can be told already. A run
/// keeps the model that it was begun with.
void HardwarePanel::takeModel()
{
    const bool hasRun = models_.record.hasRun();
    if (hasRun && checkpoint_)
        return;
    const RunSettingsModel &form = models_.settings;
    const Model *model = hasRun            ? modelOfRun(models_.record.trace(), models_.runner, form)
                         : form.hasModel() ? &form.model()
                                           : nullptr;
    if (!model || model->checkpoint == checkpoint_)
        return;
    checkpoint_ = model->checkpoint;
    times_.setModel(checkpoint_->config(),
                    hasRun ? promptTokens(*model, models_.record.trace().settings()) : 0);
}

void HardwarePanel::begin()
{
    shownStep_ = -1;
    gantt_->setTracks({}, 1.0, 1);
    checkpoint_.reset();
    times_.forgetModel();
    takeModel();
    refresh_.askNow(); // with the others that begin: all is painted once
}

QString HardwarePanel::card() const
{
    return card_->currentData().toString();
}

void HardwarePanel::chooseCard(const QString &name)
{
    if (const int found = card_->findData(name); found >= 0)
        card_->setCurrentIndex(found);
}

void HardwarePanel::compareWith(std::optional<DrsPolicy> drs)
{
    compare_->setCurrentIndex(compare_->findData(drs ? static_cast<int>(*drs) : -1));
}

std::optional<DrsPolicy> HardwarePanel::compared() const
{
    const int chosen = compare_->currentData().toInt();
    const auto drs = static_cast<DrsPolicy>(chosen);
    return chosen < 0 || drs == models_.settings.replay().drs() ? std::nullopt : std::optional(drs);
}

std::vector<DrsPolicy> HardwarePanel::policies() const
{
    std::vector<DrsPolicy> shown{models_.settings.replay().drs()};
    if (const auto other = compared())
        shown.push_back(*other);
    return shown;
}

CardInfo HardwarePanel::cardInfo() const
{
    const auto index = static_cast<std::size_t>(std::max(0, card_->currentIndex()));
    return index < cards_.size() ? cards_[index] : CardInfo{};
}

void HardwarePanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    askRefresh();
}

void HardwarePanel::hideEvent(QHideEvent *event)
{
    times_.rest();
    QWidget::hideEvent(event);
}

void HardwarePanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (!figuresAsked_)
        showFigureTable(width() >= wideEnoughForFigures);
    askRefresh();
}

void HardwarePanel::showFigureTable(bool shown)
{
    // A table that is shown because there is room never makes the window wider: it goes where there is less.
    table_->parentWidget()->setMinimumWidth(figuresAsked_ ? 0 : gantt_->minimumSizeHint().width());
    figuresButton_->setChecked(shown);
    table_->setVisible(shown && !figures_.figureColumns().empty());
}

void HardwarePanel::askRefresh()
{
    refresh_.ask();
}

void HardwarePanel::refresh()
{
    const DrsPolicy drs = models_.settings.replay().drs();
    for (const auto &[policy, chip] : drs_)
        chip->setChecked(policy == drs);
    card_->setToolTip(cards_.empty() ? QString() : cardFacts(cardInfo()));
    if (!isVisible())
        return;
    times_.setCard(card());
    const int wanted = chosenStep(models_.record, models_.selection);
    const auto shown = policies();
    times_.want({.step = wanted, .drs = drs, .compared = compared()});

    const auto ready = [&](int step) {
        return std::all_of(shown.begin(), shown.end(),
                           [&](DrsPolicy policy) { return times_.picture(policy, step) != nullptr; });
    };
    // A run that is faster than the cycle model: the last step that it got to.
    const int step = ready(wanted) ? wanted : times_.lastPictured(shown);
    gantt_->setChosen(models_.selection.layer(), models_.selection.row());
    strip_->setPolicies(drs, compared());
    strip_->refresh();
    strip_->setStep(wanted);
    if (step >= 0 && times_.error().isEmpty())
        showTracks(shown, step);
    else if (shownStep_ < 0 || !times_.error().isEmpty() || !times_.card())
        showMessage();
    if (shownStep_ >= 0)
        showFigures(policies(), shownStep_);
    showStepWords(wanted, shownStep_);
    save_->setEnabled(gantt_->hasPicture());
    legend_->update();
}

void HardwarePanel::showTracks(const std::vector<DrsPolicy> &policies, int step)
{
    const CardInfo card = cardInfo();
    std::vector<GanttTrack> tracks;
    for (const DrsPolicy drs : policies) {
        GanttTrack track;
        track.title = drsName(drs);
        track.picture = times_.picture(drs, step);
        const std::int64_t cycles = track.picture->cycles();
        track.note = tr("%1 cycles, %2").arg(groupedText(cycles), timeText(track.picture->timing.seconds));
        if (drs != DrsPolicy::Static) {
            if (const auto fixed = times_.figures(DrsPolicy::Static, step))
                track.note +=
                    tr(", %1\u00d7 as fast as static")
                        .arg(static_cast<double>(fixed->cycles.cycles) / static_cast<double>(cycles), 0, 'f',
                             2);
        }
        if (const auto dense = times_.dense(drs, step))
            track.dense = dense->cycles.cycles;
        tracks.push_back(std::move(track));
    }
    gantt_->setTracks(std::move(tracks), card.clockHz, models_.record.trace().shape().rows);
    shownStep_ = step;
}

void HardwarePanel::showMessage()
{
    shownStep_ = -1;
    gantt_->setTracks({}, 1.0, 1);
    figures_.setColumns({});
    const QString title = cardName(cardInfo());
    if (cards_.empty())
        gantt_->setMessage(tr("No card is described"),
                           tr("This build has no cycle model of an accelerator card, so there is nothing to "
                              "show here."));
    else if (models_.record.hasRun() && !times_.hasModel())
        gantt_->setMessage(
            tr("The model of this run is not open"),
            tr("Open %1, and this panel says what each of the run's steps takes on %2.")
                .arg(QString::fromStdString(models_.record.trace().settings().modelFolder), title));
    else if (!models_.settings.hasModel())
        gantt_->setMessage(
            tr("No model is open"),
            tr("Open one, and this panel says what each of its steps takes on %1.").arg(title));
    else if (!times_.error().isEmpty())
        gantt_->setMessage(tr("No timing on %1").arg(title), times_.error());
    else if (!models_.record.hasRun())
        gantt_->setMessage(
            tr("Nothing has run yet"),
            tr("Generate a video: each of its steps appears here as %1 would run it, with what "
               "replay leaves free and what DRS makes of it.")
                .arg(title));
    else if (models_.record.wholeSteps() == 0)
        gantt_->setMessage(tr("No step yet"), tr("The first one appears as soon as it is decided."));
    else
        gantt_->setMessage(tr("Timing the step\u2026"), tr("A large model takes a second or two."));
}

void HardwarePanel::showFigures(const std::vector<DrsPolicy> &policies, int step)
{
    const TraceShape &shape = models_.record.trace().shape();
    const int steps = std::max(0, shape.frames * shape.stride - 1);
    std::vector<FigureColumn> columns;
    for (const DrsPolicy drs : policies) {
        const auto picture = times_.picture(drs, step);
        if (!picture)
            continue;
        FigureColumn column;
        column.title = drsName(drs);
        column.source = tr("estimate (cycle model)");
        column.card = cardInfo();
        column.counters = picture->timing.counters;
        column.energy = picture->timing.energy;
        if (const auto fixed = times_.figures(DrsPolicy::Static, step))
            column.staticCycles = fixed->cycles.cycles;
        if (const auto dense = times_.dense(drs, step))
            column.denseCycles = dense->cycles.cycles;
        if (const int known = times_.known(drs); known > 0) {
            const double all = static_cast<double>(steps) / known;
            column.videoSeconds = times_.knownSeconds(drs) * all;
            column.videoJoule = times_.knownEnergy(drs).totalJ() * all;
        }
        columns.push_back(std::move(column));
    }
    const Trace &trace = models_.record.trace();
    if (auto counted = countedByTheCard(trace, step);
        counted && countedAsEstimated(trace, step, cardInfo().name, policies))
        columns.push_back(std::move(*counted));
    figures_.setColumns(std::move(columns));
}

void HardwarePanel::showStepWords(int wanted, int shown)
{
    if (shown < 0 || figures_.figureColumns().empty()) {
        step_->tell({}, {});
        return;
    }
    const int stride = std::max(1, models_.record.trace().shape().stride);
    QString text = tr("Step %1: frame %2, position %3")
                       .arg(groupedText(shown + 1))
                       .arg(shown / stride + 1)
                       .arg(shown % stride + 1);
    if (wanted != shown)
        text += tr(" (timing step %1\u2026)").arg(groupedText(wanted + 1));
    step_->tell(text, {figures_.text(FigureTable::StepTime, 0),
                       tr("%1 (estimate)").arg(figures_.text(FigureTable::StepEnergy, 0)),
                       tr("%1 steps/s").arg(figures_.text(FigureTable::StepsPerSecond, 0)),
                       tr("cores %1").arg(figures_.text(FigureTable::CoresBusy, 0))});
}

void HardwarePanel::saveTimeline()
{
    if (!gantt_->hasPicture())
        return;
    const QString file = askForFile(QStringLiteral("step-%1.png").arg(shownStep_ + 1));
    if (file.isEmpty())
        return;
    const auto written =
        exportGantt(file, gantt_->scene(), std::max(exportWidth, static_cast<double>(gantt_->width())));
    if (written)
        emit saved(file);
    else
        emit saveFailed(engineWords(written.error()));
}

} // namespace fastcar::ui
