// SPDX-License-Identifier: Apache-2.0
//
// Asks which runs are to be taken away for good, and says how many and how much that is before it happens.
#pragma once

#include "engine/library/clean_up.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QDoubleSpinBox;
class QComboBox;

namespace fastcar::ui {

class LibraryModel;

class CleanUpDialog : public QDialog {
    Q_OBJECT
public:
    /// `model` outlives the dialog.
    CleanUpDialog(LibraryModel &model, QWidget *parent);

    CleanUp cleanUp() const;

private:
    void ask();
    void take(const CleanUpPlan &plan);

    LibraryModel &model_;
    QCheckBox *deleted_ = nullptr;
    QCheckBox *old_ = nullptr;
    QSpinBox *days_ = nullptr;
    QCheckBox *large_ = nullptr;
    QDoubleSpinBox *gigabytes_ = nullptr;
    QComboBox *keep_ = nullptr;
    QLabel *plan_ = nullptr;
    QPushButton *clean_ = nullptr;
    std::vector<RunId> runs_; // that would go
    int asked_ = 0;           // plans; only the newest counts
};

} // namespace fastcar::ui
