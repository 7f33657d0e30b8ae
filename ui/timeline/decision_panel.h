// SPDX-License-Identifier: Apache-2.0
//
// The dock about decisions: the timeline of all tokens, what is pointed at in words, and the same as a table.
// It follows the run and the shared selection; while it is hidden, nothing is drawn.
#pragma once

#include "ui/models/paced_refresh.h"
#include "ui/timeline/decision_table.h"
#include "ui/timeline/decision_timeline.h"

#include <QWidget>

class QComboBox;
class QPushButton;
class QStackedWidget;

namespace fastcar::ui {

class CsvTableView;
class DecisionLegend;
class ToldLine;

class DecisionPanel : public QWidget {
    Q_OBJECT
public:
    using Models = DecisionTimeline::Models;

    explicit DecisionPanel(const Models &models, QWidget *parent = nullptr);

    DecisionTimeline &timeline() { return *timeline_; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildBar();
    QWidget *buildTable();
    void begin();
    void fillRows();
    void refresh();
    void showTable(bool shown);
    void tell(const QString &words);
    void takeSelection();
    void chooseFromTable(const QModelIndex &current);

    Models models_;
    DecisionTable table_;
    PacedRefresh refresh_;
    QComboBox *row_ = nullptr;
    std::optional<std::pair<bool, int>> filledFor_; // guided, videos
    ToldLine *told_ = nullptr;
    QPushButton *tableButton_ = nullptr;
    QStackedWidget *pages_ = nullptr;
    DecisionTimeline *timeline_ = nullptr;
    CsvTableView *tableView_ = nullptr;
    DecisionLegend *legend_ = nullptr;
};

} // namespace fastcar::ui
