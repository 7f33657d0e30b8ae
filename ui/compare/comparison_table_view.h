// SPDX-License-Identifier: Apache-2.0
//
// Shows a ComparisonTable: rows take up the columns by their shape, and as many lines as their words need.
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
    int widthOfNames() const;
    int heightOfWords(int row, int column, int width) const;

    const ComparisonTable &table_;
};

} // namespace fastcar::ui
