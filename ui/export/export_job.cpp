// SPDX-License-Identifier: Apache-2.0
#include "ui/export/export_job.h"

#include "ui/models/engine_words.h"

namespace fastcar::ui {

namespace {
constexpr int beatMs = 100;
} // namespace

ExportJob::ExportJob(QObject *parent)
    : QObject(parent)
{
    beat_.setInterval(beatMs);
    connect(&beat_, &QTimer::timeout, this, [this] { emit advanced(share_.load()); });
}

ExportJob::~ExportJob()
{
    cancel();
}

void ExportJob::start(const ExportRequest &request)
{
    stop_ = false;
    share_ = 0.0;
    beat_.start();
    emit advanced(0.0);
    job_.start(
        this,
        [this, request] {
            return writeExport(request, [this](double share) {
                share_ = share;
                return !stop_.load();
            });
        },
        [this, files = filesOf(request)](const Result<void> &result) { take(result, files); });
}

void ExportJob::take(const Result<void> &result, const QStringList &files)
{
    beat_.stop();
    if (result)
        emit written(files);
    else if (result.error().kind == ErrorKind::Cancelled)
        emit cancelled();
    else
        emit failed(engineWords(result.error()));
}

} // namespace fastcar::ui
