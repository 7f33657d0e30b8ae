// SPDX-License-Identifier: Apache-2.0
//
// The bar above the pictures that are compared: the way they are shown, what that way can be told, the marks
// and the zoom.
#pragma once

#include "ui/compare/compare_look.h"

#include <QWidget>

#include <array>

class QButtonGroup;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QSlider;
class QSpinBox;
class QToolButton;

namespace fastcar::ui {

class CompareView;
class DifferenceLegend;

class CompareBar : public QWidget {
    Q_OBJECT
public:
    CompareBar(CompareLook &look, CompareView &view, QWidget *parent = nullptr);

private:
    QWidget *buildWays();
    QWidget *buildWipe();
    QWidget *buildDifference();
    QWidget *buildFlicker();
    QWidget *buildEnd();
    void addZoom(QHBoxLayout *line);
    void showLook();
    void showZoom();

    CompareLook &look_;
    CompareView &view_;
    QButtonGroup *ways_ = nullptr;
    std::array<QWidget *, 4> controls_{}; // by way; null: it has none
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
