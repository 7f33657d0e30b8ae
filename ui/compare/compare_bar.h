// SPDX-License-Identifier: Apache-2.0
//
// The bar above the pictures that are compared: the way they are shown, what that way can be told, the marks
// and the zoom.
#pragma once

#include "ui/compare/compare_look.h"

#include <QWidget>

class QButtonGroup;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QSlider;
class QSpinBox;
class QStackedWidget;
class QToolButton;

namespace fastcar::ui {

class CompareView;
class DifferenceLegend;

class CompareBar : public QWidget {
    Q_OBJECT
public:
    CompareBar(CompareLook &look, CompareView &view, QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void placeControls();
    void addWays(QHBoxLayout *line);
    QWidget *buildWipe();
    QWidget *buildDifference();
    QWidget *buildFlicker();
    void addZoom(QHBoxLayout *line);
    void showLook();
    void showZoom();

    CompareLook &look_;
    CompareView &view_;
    QButtonGroup *ways_ = nullptr;
    QStackedWidget *controls_ = nullptr; // by way
    QHBoxLayout *beside_ = nullptr;      // holds them, or the one below does
    QHBoxLayout *below_ = nullptr;
    QSlider *wipe_ = nullptr;
    QComboBox *sign_ = nullptr;
    QComboBox *gain_ = nullptr;
    DifferenceLegend *legend_ = nullptr;
    QToolButton *automatic_ = nullptr;
    QSpinBox *changes_ = nullptr;
    QToolButton *marks_ = nullptr;
    QPushButton *fit_ = nullptr;
};

} // namespace fastcar::ui
