// SPDX-License-Identifier: Apache-2.0
//
// An export in the background: how far it is, and how it ended.
#pragma once

#include "ui/bridge/background_job.h"
#include "ui/export/export_writer.h"

#include <QObject>
#include <QTimer>

#include <atomic>

namespace fastcar::ui {

class ExportJob : public QObject {
    Q_OBJECT
public:
    explicit ExportJob(QObject *parent = nullptr);
    /// Cancels what goes on, and waits for it.
    ~ExportJob() override;

    bool running() const { return job_.running(); }
    /// Not while running.
    void start(const ExportRequest &request);
    void cancel() { stop_ = true; }

signals:
    void advanced(double share); // some ten times a second
    void written(const QStringList &files);
    void cancelled();
    void failed(const QString &reason);

private:
    void take(const Result<void> &result, const QStringList &files);

    std::atomic<bool> stop_{false};
    std::atomic<double> share_{0.0};
    QTimer beat_;
    BackgroundJob job_; // last: waits for its work before the rest goes
};

} // namespace fastcar::ui
