// SPDX-License-Identifier: Apache-2.0
//
// The table behind a picture: its numbers for those who cannot see it, and for those who want to count on.
// Copying takes the cells that are marked, as CSV with their headers; where one cell is current and no more,
// the whole table.
#pragma once

#include <QTableView>

namespace fastcar::ui {

class CsvTableView : public QTableView {
    Q_OBJECT
public:
    explicit CsvTableView(QWidget *parent = nullptr);

    /// At the text's first size; larger text makes all columns wider.
    void setColumnWidths(int pixels);

    QString csv() const;

public slots:
    void copy();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    int columnWidths_ = 0; // 0: as they are by themselves
};

} // namespace fastcar::ui
