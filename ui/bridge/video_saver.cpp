// SPDX-License-Identifier: Apache-2.0
#include "ui/bridge/video_saver.h"

#include "engine/media/numbered_files.h"
#include "ui/models/engine_words.h"

namespace fastcar::ui {

namespace {
constexpr int longestStem = 60;

Result<void> writeAll(const std::vector<std::filesystem::path> &paths,
                      const std::vector<std::vector<SharedFrame>> &videos, const VideoFileOptions &options)
{
    for (std::size_t i = 0; i < paths.size(); ++i)
        if (auto written = writeVideo(paths[i], videos[i], options); !written)
            return written;
    return {};
}
} // namespace

void VideoSaver::save(const QString &file, std::vector<std::vector<SharedFrame>> videos,
                      const RunSettings &settings, int framesPerSecond)
{
    const auto paths = numberedFiles(file.toStdString(), static_cast<int>(videos.size()));
    const int count = static_cast<int>(videos.front().size());
    const VideoFileOptions options{
        .framesPerSecond = framesPerSecond,
        .title = settings.prompt,
        .settingsJson = toJson(settings),
    };
    job_.start(
        this, [paths, videos = std::move(videos), options] { return writeAll(paths, videos, options); },
        [this, paths, count](Result<void> written) {
            const QString first = QString::fromStdString(paths.front().string());
            if (written)
                emit saved(first, count, static_cast<int>(paths.size()));
            else
                emit failed(first, engineWords(written.error()));
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
