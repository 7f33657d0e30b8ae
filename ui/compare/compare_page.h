// SPDX-License-Identifier: Apache-2.0
//
// The middle of the window while two runs are compared: which runs, their pictures beside or over each other,
// where they part along the tokens, and what is between them in numbers.
#pragma once

#include "ui/bridge/recent_runs.h"
#include "ui/bridge/run_controller.h"
#include "ui/compare/compare_look.h"
#include "ui/compare/comparison_model.h"
#include "ui/compare/comparison_table.h"
#include "ui/compare/frame_series.h"
#include "ui/compare/linked_selection.h"
#include "ui/compare/shown_runs.h"
#include "ui/compare/token_table.h"
#include "ui/models/playback.h"
#include "ui/models/run_settings_model.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace fastcar::ui {

class CompareView;
class CsvTableView;
class FramePlot;
class Preferences;
class TokenStrip;
class ToldLine;

class ComparePage : public QWidget {
    Q_OBJECT
public:
    struct Models {
        const RunRecord &record;
        const RunController &controller;
        const RunSettingsModel &settings;
        Selection &selection;
        Playback &playback;
        Preferences &preferences; // keep how things are shown
    };
    explicit ComparePage(const Models &models, QWidget *parent = nullptr);
    ~ComparePage() override;

    /// Its runs are offered from now on.
    void setLibrary(const std::filesystem::path &folder) { kept_.setLibrary(folder); }
    /// The library's number of the run that is shown, which is offered as that.
    void setShownKept(std::optional<RunId> run) { kept_.setShown(run); }
    /// Puts a run on one side: the library's, a file that was dropped.
    void choose(Side side, const RunSource &source);
    const ComparisonModel &comparison() const { return comparison_; }
    CompareView &view() { return *view_; }

    /// Asks for a trace or a video; empty: the person thought better of it. A test puts its own here.
    std::function<QString()> askForRunFile;

signals:
    /// The run of `settings` is to be made, in the place of the one that is shown.
    void runAsked(const fastcar::RunSettings &settings);
    /// A run for this side is to be looked for in the whole library.
    void libraryAsked(fastcar::ui::Side side);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    // compare_page_parts.cpp
    QWidget *buildSources();
    QWidget *buildFigures();
    QWidget *buildTables(QWidget *panel);
    QWidget *buildFoot();
    void addSameSeed(QHBoxLayout *line);

    // compare_page_scene.cpp
    CompareScene makeScene() const;
    QString whyNo(Side side) const;
    QString facts() const;
    QString whyNoPlot(FrameFigure figure) const;

    void takeModel();
    void fillSides();
    void takeSources();
    void takeComparison();
    void takeFrames();
    bool denseIsLikelier() const;
    void updateSameSeed();
    void runSameSeed(bool dense);
    void takeTwin();
    void chooseFile(Side side);
    void chooseToken(int token);
    int token() const;
    void askRefresh();
    void refresh();
    void showPlot();
    /// The table's current token is the chosen one.
    void followToken();

    /// A run that was asked for to be held against one that is there.
    struct Twin {
        RunSettings settings;
        bool dense = false;
        ShownRuns::Run of;
    };

    Models models_;
    ShownRuns runs_;
    RecentRuns kept_;
    ComparisonModel comparison_;
    CompareLook look_;
    FrameStore frames_; // for film strip and playback: B's, and A's where B has none
    Selection selection_;
    Playback playback_;
    LinkedSelection link_;
    std::optional<Twin> twin_;
    ComparisonTable table_;
    TokenTable tokens_;
    QTimer refresh_;

    CompareView *view_ = nullptr;
    QStackedWidget *tables_ = nullptr;
    CsvTableView *tokenView_ = nullptr;
    QComboBox *figure_ = nullptr;
    FramePlot *plot_ = nullptr;
    TokenStrip *strip_ = nullptr;
    ToldLine *facts_ = nullptr;
    QLabel *busy_ = nullptr;
    QPushButton *offset_ = nullptr;
    QComboBox *video_ = nullptr; // only of a run with several
    QPushButton *first_ = nullptr;
    QPushButton *sameSeed_ = nullptr;
    QAction *sameSeedDense_ = nullptr;
    QAction *sameSeedReplay_ = nullptr;
};

} // namespace fastcar::ui
