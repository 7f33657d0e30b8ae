// SPDX-License-Identifier: Apache-2.0
//
// The dock about replay: thresholds, definition and gate, what has been replayed so far, layer by layer.
#pragma once

#include "ui/models/layer_table.h"
#include "ui/models/replay_choice.h"
#include "ui/models/run_record.h"
#include "ui/models/selection.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QTableView;

namespace fastcar::ui {

class RatioBar;

class ReplayPanel : public QWidget {
    Q_OBJECT
public:
    ReplayPanel(ReplayChoice &choice, const RunRecord &record, Selection &selection,
                QWidget *parent = nullptr);

    /// While a run goes on the definition stays what it is: scores of two definitions cannot stand in one
    /// histogram.
    void setRunning(bool running);

private:
    QWidget *buildRule();
    QWidget *buildRatios();
    QWidget *buildLayers();
    void showChoice();
    void showRatios();

    ReplayChoice &choice_;
    const RunRecord &record_;
    Selection &selection_;
    LayerTable layers_;
    QComboBox *definition_ = nullptr;
    QComboBox *gate_ = nullptr;
    RatioBar *ofEligible_ = nullptr;
    RatioBar *ofAll_ = nullptr;
    RatioBar *unread_ = nullptr;
    QLabel *ceiling_ = nullptr;
    QTableView *layerView_ = nullptr;
};

} // namespace fastcar::ui
