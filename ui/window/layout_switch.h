// SPDX-License-Identifier: Apache-2.0
//
// The task layouts as a row of segments at the end of the menu bar.
#pragma once

#include <QWidget>

#include <vector>

class QAction;

namespace fastcar::ui {

class LayoutSwitch : public QWidget {
    Q_OBJECT
public:
    /// One segment for each action, of which one is checked.
    explicit LayoutSwitch(const std::vector<QAction *> &actions, QWidget *parent = nullptr);
};

} // namespace fastcar::ui
