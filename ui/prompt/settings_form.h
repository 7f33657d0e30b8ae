// SPDX-License-Identifier: Apache-2.0
//
// The settings of the next run as a form: seed, length, guidance, sampling, device.
#pragma once

#include "ui/models/run_settings_model.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace fastcar::ui {

/// A device as the combo box offers it.
struct DeviceChoice {
    QString name;        // "cpu"
    QString description; // "2 cores, AVX2"
    QString whyNot;      // empty: usable
};

class SettingsForm : public QWidget {
    Q_OBJECT
public:
    SettingsForm(RunSettingsModel &settings, QWidget *parent = nullptr);

    void setDevices(const QList<DeviceChoice> &devices);
    /// Of the run that is seen; nothing before there is one.
    void setRunSeed(std::optional<quint64> seed);

private:
    void buildSeed(QFormLayout *form);
    void buildLength(QFormLayout *form);
    void buildSampling(QFormLayout *form);
    void buildDevice(QFormLayout *form);
    void showSettings();
    void showVideos();

    RunSettingsModel &settings_;
    QLineEdit *seed_ = nullptr;
    QToolButton *lock_ = nullptr;
    QToolButton *recall_ = nullptr;
    std::optional<quint64> runSeed_;
    std::optional<bool> shownLocked_; // by the icon
    QSpinBox *frames_ = nullptr;
    QSpinBox *videos_ = nullptr;
    QDoubleSpinBox *guidance_ = nullptr;
    QCheckBox *greedy_ = nullptr;
    QDoubleSpinBox *temperature_ = nullptr;
    QSpinBox *topK_ = nullptr;
    QDoubleSpinBox *topP_ = nullptr;
    QComboBox *device_ = nullptr;
};

} // namespace fastcar::ui
