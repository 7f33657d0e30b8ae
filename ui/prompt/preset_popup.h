// SPDX-License-Identifier: Apache-2.0
//
// Settings that have a name: apply one, save those of the form under a name, rename, delete. Opens below its
// button.
#pragma once

#include "ui/models/preset_store.h"
#include "ui/models/run_settings_model.h"

#include <QFrame>
#include <QPointer>

class QLabel;
class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace fastcar::ui {

class PresetPopup : public QFrame {
    Q_OBJECT
public:
    PresetPopup(PresetStore &presets, RunSettingsModel &settings, QWidget *parent = nullptr);

    void openBelow(QWidget *anchor);

signals:
    void applied(const QString &name);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildSave(QVBoxLayout *column);
    void fill(const QString &current = {});
    void apply(const QListWidgetItem *item);
    void save();
    void rename(QListWidgetItem *item);
    void removeCurrent();
    void showState();
    void fit();
    void say(const Result<void> &outcome);

    PresetStore &presets_;
    RunSettingsModel &settings_;
    QPointer<QWidget> anchor_; // below which it is open
    bool filling_ = false;
    QListWidget *list_ = nullptr;
    QLineEdit *name_ = nullptr;
    QPushButton *save_ = nullptr;
    QToolButton *rename_ = nullptr;
    QToolButton *delete_ = nullptr;
    QLabel *message_ = nullptr;
};

} // namespace fastcar::ui
