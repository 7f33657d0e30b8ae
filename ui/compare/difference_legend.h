// SPDX-License-Identifier: Apache-2.0
//
// What the colours of a difference picture mean, with its ends in levels.
#pragma once

#include "ui/compare/difference_picture.h"

#include <QWidget>

namespace fastcar::ui {

class DifferenceLegend : public QWidget {
    Q_OBJECT
public:
    explicit DifferenceLegend(QWidget *parent = nullptr);

    void setLook(const DifferenceLook &look);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    DifferenceLook look_;
};

} // namespace fastcar::ui
