// SPDX-License-Identifier: Apache-2.0
//
// Undo and redo of settings, by name. A field in which one types undoes its own typing first; where it has
// nothing to undo, the keys are the settings' again. So are the window's Ctrl+E and its like, which a field
// would take for a move of its cursor.
#pragma once

#include "ui/models/settings_history.h"

#include <QMenu>

namespace fastcar::ui {

class EditMenu : public QMenu {
    Q_OBJECT
public:
    /// The keys work in all of `window`.
    EditMenu(SettingsHistory &history, QWidget &window);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showSteps();

    SettingsHistory &history_;
    QAction *undo_ = nullptr;
    QAction *redo_ = nullptr;
};

} // namespace fastcar::ui
