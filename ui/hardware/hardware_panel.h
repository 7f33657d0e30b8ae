// SPDX-License-Identifier: Apache-2.0
//
// The dock about the accelerator: what the step that is looked at takes on a described card, who is busy
// when, and the whole run as a strip. It follows the shared selection and the run that goes on; while it is
// hidden, nothing is computed.
#pragma once

#include "ui/bridge/queue_runner.h"
#include "ui/hardware/figure_table.h"
#include "ui/hardware/step_times.h"
#include "ui/models/paced_refresh.h"
#include "ui/models/run_settings_model.h"
#include "ui/models/selection.h"
#include "ui/models/token_range.h"

#include <QWidget>

#include <functional>
#include <map>

class QAction;
class QComboBox;
class QPushButton;
class QTableView;
class QToolButton;

namespace fastcar::ui {

class GanttView;
class RunStrip;
class StepLine;

class HardwarePanel : public QWidget {
    Q_OBJECT
public:
    struct Models {
        RunSettingsModel &settings;
        const RunRecord &record;
        const QueueRunner &runner;
        Selection &selection;
        TokenRange &tokens;
    };
    /// `models` outlive the panel.
    explicit HardwarePanel(const Models &models, QWidget *parent = nullptr);

    /// By its name; one that is not described leaves the choice as it is.
    void chooseCard(const QString &name);
    QString card() const;
    const std::vector<CardInfo> &cards() const { return cards_; }
    void compareWith(std::optional<DrsPolicy> drs);

    const StepTimes &times() const { return times_; }
    const FigureTable &figures() const { return figures_; }
    /// The step whose picture is shown; -1: none.
    int shownStep() const { return shownStep_; }

    /// Asks for a file to save to; empty: thought better of it. A test puts its own here.
    std::function<QString(const QString &suggestion)> askForFile;

public slots:
    void saveTimeline();

signals:
    /// By name, as card() has it.
    void cardChosen(const QString &name);
    /// In words for a person: the timeline is in that file, or why it is not.
    void saved(const QString &file);
    void saveFailed(const QString &reason);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *buildBar();
    QWidget *buildMiddle();
    QWidget *buildLegend();
    void fillCards();
    void connectModels();
    void begin();
    void takeModel();
    void askRefresh();
    void refresh();
    void showTracks(const std::vector<DrsPolicy> &policies, int step);
    void showMessage();
    void showFigures(const std::vector<DrsPolicy> &policies, int step);
    void showStepWords(int wanted, int shown);
    void showFigureTable(bool shown);
    std::vector<DrsPolicy> policies() const;
    std::optional<DrsPolicy> compared() const;
    CardInfo cardInfo() const;

    Models models_;
    StepTimes times_;
    FigureTable figures_;
    PacedRefresh refresh_;
    std::vector<CardInfo> cards_;
    std::shared_ptr<const Checkpoint> checkpoint_; // whose config times_ has
    int shownStep_ = -1;
    bool figuresAsked_ = false; // the person has said whether they want the table

    QComboBox *card_ = nullptr;
    std::map<DrsPolicy, QPushButton *> drs_;
    QComboBox *compare_ = nullptr;
    QPushButton *figuresButton_ = nullptr;
    QToolButton *more_ = nullptr;
    QAction *save_ = nullptr;
    StepLine *step_ = nullptr;
    RunStrip *strip_ = nullptr;
    GanttView *gantt_ = nullptr;
    QTableView *table_ = nullptr;
    QWidget *legend_ = nullptr;
};

} // namespace fastcar::ui
