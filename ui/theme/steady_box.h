// SPDX-License-Identifier: Apache-2.0
//
// Room for a label or button whose words or icon change while a run goes on, as a count does. In a layout it
// asks for a new layout of the whole window with each of them; in here it does only where it needs more room
// than ever before.
#pragma once

#include <QWidget>

namespace fastcar::ui {

class SteadyBox : public QWidget {
    Q_OBJECT
public:
    /// Takes the control as a child.
    explicit SteadyBox(QWidget *control, QWidget *parent = nullptr);

    QSize sizeHint() const override { return most_; }
    QSize minimumSizeHint() const override { return least_; }

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void grow();

    QWidget *control_;
    QSize most_;  // that the control has asked for
    QSize least_; // and wanted at the least
};

} // namespace fastcar::ui
