// SPDX-License-Identifier: Apache-2.0
//
// Opens a model folder in the background, so that the window knows its name, sizes, examples and calibration
// before the first run. Of several folders asked for in a row, the last one counts.
#pragma once

#include "engine/decode/generation.h"
#include "ui/bridge/background_job.h"

#include <QObject>
#include <QString>

namespace fastcar::ui {

class ModelOpener : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    void open(const QString &folder);
    bool opening() const { return job_.running(); }

signals:
    void openingChanged(bool opening);
    void opened(const fastcar::Model &model);
    void failed(const QString &folder, const QString &reason);

private:
    void start(const QString &folder);

    QString next_;
    BackgroundJob job_; // last: waits for its work before the rest goes
};

} // namespace fastcar::ui
