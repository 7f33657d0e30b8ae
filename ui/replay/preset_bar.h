// SPDX-License-Identifier: Apache-2.0
//
// Replay for who does not want to know what a threshold is: three buttons, which say what they mean for the
// model at hand.
#pragma once

#include "ui/models/replay_choice.h"

#include <QWidget>

#include <map>

class QButtonGroup;
class QPushButton;

namespace fastcar::ui {

class PresetBar : public QWidget {
    Q_OBJECT
public:
    explicit PresetBar(ReplayChoice &choice, QWidget *parent = nullptr);

private:
    void showChoice();
    QString meaningOf(ReplayPreset preset) const;

    ReplayChoice &choice_;
    QButtonGroup *group_ = nullptr;
    std::map<ReplayPreset, QPushButton *> buttons_;
};

} // namespace fastcar::ui
