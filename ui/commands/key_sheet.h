// SPDX-License-Identifier: Apache-2.0
//
// The keys as they are at this moment, beside the window, which stays usable.
#pragma once

#include <QDialog>

namespace fastcar::ui {

class ActionCatalog;

class KeySheet : public QDialog {
    Q_OBJECT
public:
    /// `catalog` outlives the sheet.
    KeySheet(const ActionCatalog &catalog, QWidget *window);

signals:
    void changeAsked();
};

} // namespace fastcar::ui
