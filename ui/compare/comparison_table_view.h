// SPDX-License-Identifier: Apache-2.0
//
// Shows a ComparisonTable: rows take up the columns by their shape, and notes as many lines as they need.
#pragma once

#include <QTableView>

namespace fastcar::ui {

class ComparisonTable;

class ComparisonTableView : public QTableView {
    Q_OBJECT
public:
    /// `table` outlives it.
    explicit ComparisonTableView(const ComparisonTable &table, QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void layOutRows();

    const ComparisonTable &table_;
};

} // namespace fastcar::ui
