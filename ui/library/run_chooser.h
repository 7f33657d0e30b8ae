// SPDX-License-Identifier: Apache-2.0
//
// A dialog in which one run of the library is looked for and chosen.
#pragma once

#include "ui/library/library_model.h"

#include <QDialog>

#include <filesystem>

class QLabel;
class QPushButton;

namespace fastcar::ui {

class LibraryFilters;
class RunGallery;

class RunChooser : public QDialog {
    Q_OBJECT
public:
    /// Deletes itself when it is closed.
    RunChooser(const std::filesystem::path &library, const QString &title, QWidget *parent);

signals:
    void chosen(fastcar::RunId run);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    /// Null: none is chosen, or it is on its way.
    const RunEntry *run() const;
    void showState();
    void take();

    LibraryModel model_;
    LibraryFilters *filters_ = nullptr;
    RunGallery *gallery_ = nullptr;
    QLabel *told_ = nullptr; // what is chosen, or why there is nothing to choose
    QPushButton *choose_ = nullptr;
    QString failure_;
};

} // namespace fastcar::ui
