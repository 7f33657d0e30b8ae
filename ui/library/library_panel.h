// SPDX-License-Identifier: Apache-2.0
//
// The library in the window: a gallery of the runs that were made, what is known of the chosen one, and what
// can be done with it. What concerns the views, the current settings or the engine is asked for by signals.
#pragma once

#include "ui/library/library_model.h"
#include "ui/models/run_settings_model.h"

#include <QWidget>

#include <filesystem>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace fastcar::ui {

class LibraryFilters;
class RunDetails;
class RunGallery;

class LibraryPanel : public QWidget {
    Q_OBJECT
public:
    /// `settings` are the current ones; they outlive the panel.
    explicit LibraryPanel(const RunSettingsModel &settings, QWidget *parent = nullptr);

    /// Looks into the library of this folder, which is made where there is none.
    void open(const std::filesystem::path &folder);
    std::filesystem::path folder() const { return model_.folder(); }

public slots:
    /// The run has got further, or has ended.
    void refresh(fastcar::RunId run);
    /// A run goes on in the window: nothing else can be shown meanwhile.
    void setRunning(bool running);
    /// Not behind another panel's tab, where a dock counts as visible, too. Only what is seen is kept up to
    /// date.
    void setInFront(bool inFront);
    /// When it has been read, if it is not there yet.
    void choose(fastcar::RunId run);
    /// As by its button: it can be undone.
    void remove(fastcar::RunId run);

signals:
    /// What is listed is what the library holds now, whoever has changed it.
    void refreshed();
    void settingsWanted(const fastcar::RunSettings &settings);
    void seedWanted(quint64 seed);
    /// In place of what the views show.
    void showAsked(fastcar::RunId run);
    void continueAsked(fastcar::RunId run);
    /// With what the views show.
    void compareAsked(fastcar::RunId run);
    void exportAsked(fastcar::RunId run);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeRuns();
    QWidget *makeEmpty();
    QWidget *makeUndo();
    QWidget *makeFoot();
    void connectParts();
    void showChosen();
    void showState();
    void showUse();
    void deleteRuns(std::vector<RunId> runs);
    void takeFailure(const QString &reason);

    LibraryModel model_;
    LibraryFilters *filters_ = nullptr;
    RunGallery *gallery_ = nullptr;
    RunDetails *details_ = nullptr;
    QSplitter *splitter_ = nullptr;
    QStackedWidget *pages_ = nullptr; // runs, or why there are none
    QLabel *emptyTitle_ = nullptr;
    QLabel *emptyText_ = nullptr;
    QPushButton *emptyClear_ = nullptr;
    QWidget *undo_ = nullptr;
    QLabel *undoText_ = nullptr;
    QPushButton *undoButton_ = nullptr;
    QLabel *use_ = nullptr;
    DiskUse diskUse_;
    QToolButton *cleanUp_ = nullptr;
    bool inFront_ = true;
    QString failure_;               // the library cannot be used
    std::optional<RunId> toChoose_; // as soon as its row is there
    std::vector<RunId> deleted_;
};

} // namespace fastcar::ui
