// SPDX-License-Identifier: Apache-2.0
//
// The title of a dock: its name, a button that closes it and, where it may float, one that sets it apart.
// Quiet, so that the eye stays on what is inside.
#pragma once

#include <QWidget>

class QDockWidget;

namespace fastcar::ui {

class DockTitle : public QWidget {
    Q_OBJECT
public:
    explicit DockTitle(QDockWidget *dock);
};

} // namespace fastcar::ui
