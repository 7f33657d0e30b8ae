// SPDX-License-Identifier: Apache-2.0
//
// The dock about replay: presets, thresholds of all layers and of each, what the settings would do beside
// what happened, and the rules that thresholds stand in. It scrolls where the window is low.
#pragma once

#include "ui/models/layer_table.h"
#include "ui/models/layer_tuning.h"
#include "ui/models/replay_prediction.h"
#include "ui/models/run_record.h"
#include "ui/models/run_settings_model.h"
#include "ui/models/selection.h"
#include "ui/replay/card_cost.h"

#include <QScrollArea>

class QVBoxLayout;

namespace fastcar::ui {

class LayerSliders;
class RuleForm;

class ReplayPanel : public QScrollArea {
    Q_OBJECT
public:
    struct Models {
        RunSettingsModel &settings;
        const RunRecord &record;
        Selection &selection;
    };
    explicit ReplayPanel(const Models &models, QWidget *parent = nullptr);

    /// While a run goes on the definition stays what it is.
    void setRunning(bool running);
    /// The card that energy is told for, by name.
    void setCard(const QString &name) { cardCost_.setCard(name); }

    QSize minimumSizeHint() const override;

signals:
    /// Thresholds were pasted that are none.
    void pasteFailed(const QString &reason);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void buildRules(QVBoxLayout *column);
    void buildLayers(QVBoxLayout *column);
    void connectModels();
    void setWatched(bool watched);

    Models models_;
    LayerTuning tuning_;
    ReplayPrediction prediction_;
    CardCost cardCost_;
    LayerTable table_;
    RuleForm *rules_ = nullptr;
    LayerSliders *sliders_ = nullptr;
};

} // namespace fastcar::ui
