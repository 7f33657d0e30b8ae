// SPDX-License-Identifier: Apache-2.0
#include "ui/bridge/video_saver.h"

namespace fastcar::ui {

namespace {
constexpr int longestStem = 60;
} // namespace

void VideoSaver::save(const QString &file, std::vector<SharedFrame> frames, const RunSettings &settings,
                      int framesPerSecond)
{
    const std::filesystem::path path = file.toStdString();
    const int count = static_cast<int>(frames.size());
    const VideoFileOptions options{
        .framesPerSecond = framesPerSecond,
        .title = settings.prompt,
        .settingsJson = toJson(settings),
    };
    job_.start(
        this, [path, frames = std::move(frames), options] { return writeVideo(path, frames, options); },
        [this, file, count](Result<void> written) {
            if (written)
                emit saved(file, count);
            else
                emit failed(file, QString::fromStdString(written.error().message));
        });
    emit started(file);
}

QString VideoSaver::fileStem(const QString &prompt)
{
    QString stem;
    for (const QChar c : prompt.toLower()) {
        if (c.isLetterOrNumber())
            stem += c;
        else if (!stem.isEmpty() && !stem.endsWith(QLatin1Char('-')))
            stem += QLatin1Char('-');
        if (stem.size() >= longestStem)
            break;
    }
    while (stem.endsWith(QLatin1Char('-')))
        stem.chop(1);
    return stem.isEmpty() ? QStringLiteral("video") : stem;
}

} // namespace fastcar::ui
