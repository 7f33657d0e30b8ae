// SPDX-License-Identifier: Apache-2.0
//
// Which run one side shows, and the menu to choose another one: of the window, of a file, of the library.
#pragma once

#include "ui/bridge/recent_runs.h"
#include "ui/compare/comparison_model.h"

#include <QToolButton>

namespace fastcar::ui {

class SourceButton : public QToolButton {
    Q_OBJECT
public:
    struct Models {
        ComparisonModel &comparison;
        const ShownRuns &runs;
        RecentRuns &kept; // read when the menu is opened
    };
    /// All of them outlive it.
    SourceButton(Side side, const Models &models, QWidget *parent = nullptr);

    QSize sizeHint() const override { return {220, QToolButton::sizeHint().height()}; }
    QSize minimumSizeHint() const override { return {110, QToolButton::minimumSizeHint().height()}; }

signals:
    /// A trace or a video is to be looked for.
    void fileAsked();
    /// A run is to be looked for in the whole library.
    void libraryAsked();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildMenu();
    QString letter() const;
    void refresh();
    void listKept();
    QAction *addNote(const QString &text);
    QAction *addKept(const RunEntry &run);
    void elide();

    Side side_;
    Models models_;
    QString name_;
    QString words_; // with how it was replayed
    QAction *shown_ = nullptr;
    QAction *before_ = nullptr;
    QAction *library_ = nullptr; // looks for more
    QList<QAction *> kept_;      // above it
    QStringList listed_;         // their texts
};

} // namespace fastcar::ui
