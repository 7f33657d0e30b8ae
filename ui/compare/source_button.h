// SPDX-License-Identifier: Apache-2.0
//
// Which run one side shows, and the menu to choose another one.
#pragma once

#include "ui/compare/comparison_model.h"

#include <QToolButton>

namespace fastcar::ui {

class SourceButton : public QToolButton {
    Q_OBJECT
public:
    SourceButton(Side side, ComparisonModel &model, const ShownRuns &runs, QWidget *parent = nullptr);

    QSize sizeHint() const override { return {220, QToolButton::sizeHint().height()}; }
    QSize minimumSizeHint() const override { return {110, QToolButton::minimumSizeHint().height()}; }

signals:
    /// A trace or a video is to be looked for.
    void fileAsked();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();
    void elide();

    Side side_;
    ComparisonModel &model_;
    const ShownRuns &runs_;
    QString name_;
    QString words_; // with how it was replayed
    QAction *shown_ = nullptr;
    QAction *before_ = nullptr;
};

} // namespace fastcar::ui
