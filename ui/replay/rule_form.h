// SPDX-License-Identifier: Apache-2.0
//
// What is set of replay beside the thresholds: the score, who decides by it, the frames and layers where
// replay is allowed, and how far attention reaches.
#pragma once

#include "ui/models/run_record.h"
#include "ui/models/run_settings_model.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;
class QSpinBox;

namespace fastcar::ui {

class RangeField;

class RuleForm : public QWidget {
    Q_OBJECT
public:
    RuleForm(RunSettingsModel &settings, const RunRecord &record, QWidget *parent = nullptr);

    /// While a run goes on the definition stays what it is: scores of two definitions cannot stand in one
    /// histogram.
    void setRunning(bool running);
    /// All of it in a line, for who does not look at the form.
    QString summary() const;

signals:
    void summaryChanged();

private:
    void buildDefinition();
    void buildGate();
    void buildRanges();
    void buildAttention();
    QSpinBox *reachField(QWidget *parent, const QString &name, const QString &what, const QString &prefix);
    void chooseAttention();
    void showSettings();

    RunSettingsModel &settings_;
    const RunRecord &record_;
    bool running_ = false;
    QFormLayout *form_ = nullptr;
    QComboBox *definition_ = nullptr;
    QComboBox *gate_ = nullptr;
    RangeField *frames_ = nullptr;
    RangeField *layers_ = nullptr;
    QComboBox *attention_ = nullptr;
    QWidget *reach_ = nullptr;
    QSpinBox *sinks_ = nullptr;
    QSpinBox *window_ = nullptr;
    QLabel *nextRun_ = nullptr;
};

} // namespace fastcar::ui
