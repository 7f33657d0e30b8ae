// SPDX-License-Identifier: Apache-2.0
//
// Five stars to click, or to give by keys: a number, or left and right.
#pragma once

#include <QWidget>

namespace fastcar::ui {

class StarRating : public QWidget {
    Q_OBJECT
public:
    explicit StarRating(QWidget *parent = nullptr);

    int stars() const { return stars_; }
    void setStars(int stars);
    QSize sizeHint() const override;

signals:
    /// By the person.
    void rated(int stars);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void give(int stars);

    int stars_ = 0;
};

} // namespace fastcar::ui
