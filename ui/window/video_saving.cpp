// SPDX-License-Identifier: Apache-2.0
#include "ui/window/video_saving.h"

#include "ui/window/message_banner.h"
#include "ui/window/run_ending.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QStatusBar>
#include <QUrl>

namespace fastcar::ui {

VideoSaving::VideoSaving(const Parts &parts, QObject *parent)
    : QObject(parent)
    , parts_(parts)
{
    connect(&saver_, &VideoSaver::started, this, [this](const QString &file) {
        parts_.status.showMessage(tr("Saving %1…").arg(QFileInfo(file).fileName()));
        emit changed();
    });
    connect(&saver_, &VideoSaver::saved, this, &VideoSaving::tellSaved);
    connect(&saver_, &VideoSaver::failed, this, [this](const QString &, const QString &reason) {
        parts_.status.clearMessage();
        emit changed();
        parts_.banner.showMessage(MessageBanner::Kind::Error, tr("The video was not saved."), reason);
    });
}

void VideoSaving::tellSaved(const QString &file, int frames, int videos)
{
    parts_.status.clearMessage();
    emit changed();
    const QUrl folder = QUrl::fromLocalFile(QFileInfo(file).absolutePath());
    const QString where = QDir::toNativeSeparators(file);
    parts_.banner.showMessage(
        MessageBanner::Kind::Done, tr("Saved."),
        videos > 1 ? tr("%1 videos of %2, from %3 on").arg(videos).arg(framesText(frames), where)
                   : tr("%1 in %2").arg(framesText(frames), where),
        {{tr("Open folder"), QStringLiteral("openFolderButton"),
          [folder] { QDesktopServices::openUrl(folder); }}});
}

void VideoSaving::save(const RunSettings &settings, std::vector<std::vector<SharedFrame>> videos,
                       int framesPerSecond)
{
    if (videos.empty() || saver_.saving())
        return;
    QString folder = parts_.preferences.get(preference::saveFolder);
    if (folder.isEmpty() || !QFileInfo(folder).isDir())
        folder = QStandardPaths::writableLocation(QStandardPaths::MoviesLocation);
    if (!QFileInfo(folder).isDir())
        folder = QDir::homePath();
    const QString stem = VideoSaver::fileStem(QString::fromStdString(settings.prompt));
    QString file = askForFile(QStringLiteral("%1/%2.mp4").arg(folder, stem));
    if (file.isEmpty())
        return;
    if (QFileInfo(file).suffix().isEmpty())
        file += QStringLiteral(".mp4");
    parts_.preferences.set(preference::saveFolder, QFileInfo(file).absolutePath());
    saver_.save(file, std::move(videos), settings, framesPerSecond);
}

} // namespace fastcar::ui
