// SPDX-License-Identifier: Apache-2.0
//
// Gives actions other keys: choose one, press the keys. Keys that belong to another action are taken from it
// only when the person says so.
#pragma once

#include <QWidget>

class QAction;
class QKeySequenceEdit;
class QLabel;
class QPushButton;

namespace fastcar::ui {

class ActionCatalog;
class KeyView;

class KeyEditor : public QWidget {
    Q_OBJECT
public:
    /// `catalog` outlives the editor.
    explicit KeyEditor(ActionCatalog &catalog, QWidget *parent = nullptr);

private:
    void takeChosen();
    void takePressed();
    void use();
    void tellHolder();
    QAction *holder() const;

    ActionCatalog &catalog_;
    KeyView *view_ = nullptr;
    QLabel *title_ = nullptr;
    QKeySequenceEdit *edit_ = nullptr;
    QPushButton *use_ = nullptr;
    QPushButton *none_ = nullptr;
    QPushButton *first_ = nullptr;
    QLabel *conflict_ = nullptr;
};

} // namespace fastcar::ui
