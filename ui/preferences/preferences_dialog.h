// SPDX-License-Identifier: Apache-2.0
//
// The preferences: what is changed holds at once, so there is nothing to accept; and everything can be put
// back to what it was at first.
#pragma once

#include <QDialog>
#include <QStringList>

class QTabWidget;

namespace fastcar::ui {

class ActionCatalog;
class Preferences;

class PreferencesDialog : public QDialog {
    Q_OBJECT
public:
    PreferencesDialog(Preferences &preferences, ActionCatalog &catalog, const QStringList &devices,
                      QWidget *window);

    void showKeys();

private:
    QTabWidget *pages_ = nullptr;
};

} // namespace fastcar::ui
