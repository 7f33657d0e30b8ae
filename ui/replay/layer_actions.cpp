// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/layer_actions.h"

#include "ui/models/engine_words.h"
#include "ui/models/threshold_shapes.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

namespace fastcar::ui {

namespace {

QString namesOf(const LayerSet &layers)
{
    QStringList names;
    for (const int layer : layers)
        names += QString::number(layer + 1);
    return names.join(QStringLiteral(", "));
}

} // namespace

LayerActions::LayerActions(LayerSliders &view)
    : QObject(&view)
    , view_(view)
    , tuning_(view.tuning())
    , menu_(new QMenu(&view))
{
    scope_ = menu_->addAction(QString());
    scope_->setEnabled(false);
    menu_->addSeparator();
    connect(add(tr("&Flat"), QStringLiteral("flatAction")), &QAction::triggered, this, [this] {
        const LayerSet chosen = layers();
        place(flat(view_.sliders(), chosen));
    });
    ramp_ = add(tr("&Ramp from the first to the last"), QStringLiteral("rampAction"));
    connect(ramp_, &QAction::triggered, this, [this] {
        const LayerSet chosen = layers();
        place(ramp(view_.sliders(), chosen));
    });
    calibrated_ = menu_->addMenu(tr("As &calibrated for"));
    measured_ = menu_->addMenu(tr("From this run's &scores"));
    menu_->addSeparator();
    connect(add(tr("&Off, on"), QStringLiteral("layersOffAction")), &QAction::triggered, this, [this] {
        const LayerSet chosen = layers();
        if (!chosen.empty())
            tuning_.choice().switchLayers(chosen, !tuning_.choice().isOn(chosen.front()));
    });
    reset_ = add(tr("&Back to the calibration"), QStringLiteral("layersResetAction"));
    connect(reset_, &QAction::triggered, this, [this] { tuning_.choice().resetLayers(layers()); });
    menu_->addSeparator();
    connect(add(tr("Co&py all thresholds"), QStringLiteral("copyThresholdsAction"), QKeySequence::Copy),
            &QAction::triggered, this, &LayerActions::copy);
    connect(add(tr("P&aste thresholds"), QStringLiteral("pasteThresholdsAction"), QKeySequence::Paste),
            &QAction::triggered, this, &LayerActions::paste);
    connect(menu_, &QMenu::aboutToShow, this, &LayerActions::describe);

    view_.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&view_, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &place) { menu_->popup(view_.viewport()->mapToGlobal(place)); });
    describe();
}

QAction *LayerActions::add(const QString &text, const QString &name, const QKeySequence &keys)
{
    QAction *action = menu_->addAction(text);
    action->setObjectName(name);
    if (!keys.isEmpty()) {
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        view_.addAction(action);
    }
    return action;
}

LayerSet LayerActions::layers() const
{
    LayerSet chosen = view_.chosen();
    if (chosen.size() > 1)
        return chosen;
    chosen.clear();
    for (int layer = 0; layer < tuning_.layers(); ++layer)
        chosen.push_back(layer);
    return chosen;
}

void LayerActions::describe()
{
    const LayerSet chosen = layers();
    scope_->setText(static_cast<int>(chosen.size()) == tuning_.layers()
                        ? tr("All layers")
                        : tr("Layers %1").arg(namesOf(chosen)));
    ramp_->setEnabled(chosen.size() > 2);
    const std::vector<int> percents = tuning_.choice().calibratedPercents();
    reset_->setEnabled(!percents.empty());
    calibrated_->clear();
    for (const int percent : percents)
        calibrated_->addAction(tr("%1 %").arg(percent), this, [this, percent] { placeCalibrated(percent); });
    calibrated_->setEnabled(!percents.empty());
    if (measured_->isEmpty())
        fillShares();
    measured_->setEnabled(tuning_.hasScores());
}

void LayerActions::fillShares()
{
    for (int percent = 10; percent < 100; percent += 10) {
        auto *action = measured_->addAction(tr("%1 % above").arg(percent), this,
                                            [this, percent] { placeShare(percent); });
        action->setObjectName(QStringLiteral("share%1Action").arg(percent));
    }
}

void LayerActions::place(const std::vector<float> &sliders)
{
    const LayerSet chosen = layers();
    std::vector<float> values;
    for (const int layer : chosen)
        values.push_back(sliders[static_cast<std::size_t>(layer)]);
    tuning_.choice().placeLayers(chosen, values);
}

void LayerActions::placeCalibrated(int percent)
{
    if (const auto *values = tuning_.choice().calibrated(percent))
        place(*values);
}

void LayerActions::placeShare(int percent)
{
    std::vector<float> sliders = view_.sliders();
    for (const int layer : layers())
        if (const auto value = exceededBy(tuning_.scores(layer), percent / 100.0))
            sliders[static_cast<std::size_t>(layer)] = *value;
    place(sliders);
}

void LayerActions::copy() const
{
    QGuiApplication::clipboard()->setText(QString::fromStdString(toString(tuning_.inForce())));
}

void LayerActions::paste()
{
    const std::string text = QGuiApplication::clipboard()->text().trimmed().toStdString();
    const auto thresholds = parseThresholds(text, tuning_.layers());
    if (thresholds)
        tuning_.choice().chooseThresholds(*thresholds);
    else
        emit pasteFailed(engineWords(thresholds.error()));
}

} // namespace fastcar::ui
