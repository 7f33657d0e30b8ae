// SPDX-License-Identifier: Apache-2.0
//
// The right end of the status bar: which model is open, which device computes, what draws the video.
#pragma once

#include "engine/decode/generation.h"

#include <QObject>
#include <QString>

class QLabel;
class QStatusBar;

namespace fastcar::ui {

/// As it calls itself, otherwise as its folder is called.
QString nameOf(const Model &model);

class StatusFacts : public QObject {
    Q_OBJECT
public:
    explicit StatusFacts(QStatusBar &bar);

    /// Null: none is open.
    void showModel(const Model *model);
    void showDevice(const QString &device);
    /// `whyNotVulkan`: empty where there is nothing to explain.
    void showDrawing(const QString &backend, const QString &whyNotVulkan);

private:
    QLabel *add(const QString &name);

    QStatusBar &bar_;
    QLabel *model_ = nullptr;
    QLabel *device_ = nullptr;
    QLabel *drawing_ = nullptr;
};

} // namespace fastcar::ui
