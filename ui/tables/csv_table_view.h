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

    QString csv() const;

public slots:
    void copy();

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace fastcar::ui
