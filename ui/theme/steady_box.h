// SPDX-License-Identifier: Apache-2.0
//
// Room for a label whose words change often, as a count does while a run goes on. A label in a layout asks
// for a new layout of the whole window with each text; in here it does only where the words need more room
// than any before them.
#pragma once

#include <QWidget>

class QLabel;

namespace fastcar::ui {

class SteadyBox : public QWidget {
    Q_OBJECT
public:
    /// Takes the label as a child.
    explicit SteadyBox(QLabel *label, QWidget *parent = nullptr);

    QSize sizeHint() const override { return most_; }
    QSize minimumSizeHint() const override { return least_; }

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void grow();

    QLabel *label_;
    QSize most_;  // that the label has asked for
    QSize least_; // and wanted at the least
};

} // namespace fastcar::ui
