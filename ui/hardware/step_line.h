// SPDX-License-Identifier: Apache-2.0
//
// Which step is shown, and at the line's other end facts about it: as many as there is room for. It never
// makes its panel wider, and asks for no layout: its words change with every step of a run, and they fit as
// soon as they come and as soon as the line is narrower.
#pragma once

#include <QStringList>
#include <QWidget>

class QLabel;

namespace fastcar::ui {

class StepLine : public QWidget {
    Q_OBJECT
public:
    explicit StepLine(QWidget *parent = nullptr);

    /// The most important fact first; all empty: nothing is shown.
    void tell(const QString &step, const QStringList &facts);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    QString told_;
    QStringList facts_;
    int height_ = 0; // that it asks for
    QLabel *step_ = nullptr;
    QLabel *summary_ = nullptr;
};

} // namespace fastcar::ui
