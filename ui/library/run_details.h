// SPDX-License-Identifier: Apache-2.0
//
// What is known of the chosen run, and what can be done with it. Nothing here touches the current settings
// until a button says so; what was set otherwise than now is marked.
#pragma once

#include "engine/library/run_entry.h"
#include "ui/models/run_settings_model.h"

#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace fastcar::ui {

class StarRating;

class RunDetails : public QWidget {
    Q_OBJECT
public:
    /// `settings` are the current ones; they outlive the widget.
    explicit RunDetails(const RunSettingsModel &settings, QWidget *parent = nullptr);

    /// Null: none is chosen. `others`: how many more are.
    void show(const RunEntry *run, int others);
    /// While a run goes on nothing can be shown or gone on with.
    void setRunning(bool running);

signals:
    void rated(int stars);
    void noted(const QString &note);
    void settingsWanted(const fastcar::RunSettings &settings);
    void seedWanted(quint64 seed);
    void showAsked();
    void compareAsked();
    void continueAsked();
    void deleteAsked();
    void restoreAsked();
    void exportAsked();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeFacts();
    QWidget *makeButtons();
    QPushButton *makeButton(const QString &text, const QString &name, const QString &hint);
    int namesWidth() const;
    void showFacts();
    void showSettings();
    void updateButtons();
    void fitButtons();

    const RunSettingsModel &settings_;
    std::optional<RunEntry> run_;
    std::optional<RunSettings> made_; // its settings
    int others_ = 0;
    bool running_ = false;

    QLabel *prompt_ = nullptr;
    QLabel *state_ = nullptr;
    StarRating *stars_ = nullptr;
    QLabel *facts_ = nullptr;
    QLineEdit *note_ = nullptr;
    QLabel *set_ = nullptr;
    QWidget *buttons_ = nullptr;
    QPushButton *show_ = nullptr;
    QPushButton *goOn_ = nullptr;
    QPushButton *compare_ = nullptr;
    QPushButton *useSettings_ = nullptr;
    QPushButton *useSeed_ = nullptr;
    QPushButton *export_ = nullptr;
    QPushButton *delete_ = nullptr;
    QPushButton *restore_ = nullptr;
};

} // namespace fastcar::ui
