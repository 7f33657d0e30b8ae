// SPDX-License-Identifier: Apache-2.0
//
// The dock of heatmaps: what is shown is chosen at the top, what it says is told beside it, what its colours
// mean stands below; and the same as a table. It follows the run and the shared selection; while it is
// hidden, nothing is computed.
#pragma once

#include "ui/heatmap/heatmap_colors.h"
#include "ui/heatmap/heatmap_table.h"
#include "ui/models/paced_refresh.h"

#include <QWidget>

class QAction;
class QComboBox;
class QPushButton;
class QStackedWidget;

namespace fastcar::ui {

class CsvTableView;
class HeatmapLegend;
class HeatmapView;
class ToldLine;

class HeatmapPanel : public QWidget {
    Q_OBJECT
public:
    struct Models {
        const RunRecord &record;
        Selection &selection;
        /// Null: drift is not offered.
        const DenseReference *reference = nullptr;
    };
    explicit HeatmapPanel(const Models &models, QWidget *parent = nullptr);

    /// Whether the next run is to tell the scores of single heads.
    void setRecordsHeads(bool records);

    const HeatmapChoice &choice() const { return choice_; }
    /// What is not possible becomes the nearest that is.
    void choose(const HeatmapChoice &choice);
    HeatmapView &view() { return *view_; }
    const HeatmapTable &table() const { return table_; }
    /// Heatmaps that were made since the panel was: what following has cost.
    int made() const { return made_; }

signals:
    void recordsHeadsAsked(bool records);

protected:
    void showEvent(QShowEvent *event) override;

private:
    /// What a heatmap is made of; as long as it stays, so does the heatmap.
    struct Source {
        HeatmapChoice choice;
        HeatmapPlace place;
        int row = 0;
        int steps = -1;
        bool goesOn = false;
        int visibleFrames = 0;
        int wholeFrames = 0; // that drift is told of
        std::uint32_t policy = 0;

        bool operator==(const Source &) const = default;
    };
    QWidget *buildBar();
    void buildTable();
    void fillRows();
    void showChoice();
    void begin();
    void refresh();
    Source source() const;
    void tell();
    void followCursor();
    void chooseFromTable(const QModelIndex &current);

    Models models_;
    HeatmapChoice choice_;
    HeatmapRanges ranges_;
    HeatmapTable table_;
    Source shown_;
    int made_ = 0;
    PacedRefresh refresh_;
    QComboBox *kind_ = nullptr;
    QComboBox *value_ = nullptr;
    QComboBox *row_ = nullptr;
    ToldLine *told_ = nullptr;
    QPushButton *tableButton_ = nullptr;
    QAction *heads_ = nullptr;
    QStackedWidget *pages_ = nullptr;
    HeatmapView *view_ = nullptr;
    CsvTableView *tableView_ = nullptr;
    HeatmapLegend *legend_ = nullptr;
};

} // namespace fastcar::ui
