// SPDX-License-Identifier: Apache-2.0
#include "ui/export/export_writer.h"

#include "engine/media/video_file.h"
#include "engine/trace/trace_writing.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QPainter>
#include <QTemporaryDir>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace fastcar::ui {

namespace {

using What = ExportChoice::What;

struct ExportWriterText {
    Q_DECLARE_TR_FUNCTIONS(ExportWriter)
};

std::filesystem::path pathOf(const QString &file)
{
    return file.toStdString();
}

Error cancelled()
{
    return {ErrorKind::Cancelled, "Nothing was written: the export was cancelled."};
}

const PictureLook &lookOf(const ExportChoice &choice)
{
    return choice.what == What::Video    ? choice.video
           : choice.what == What::Stills ? choice.stills
                                         : choice.sheet.picture;
}

int frameCount(const ExportMaterial &material)
{
    return static_cast<int>(material.frames.size());
}

/// The run's settings, and a word on what the pictures are where they are not the model's own: a comparison
/// must not take a sheet for a frame.
std::string settingsOf(const ExportMaterial &material, const char *pictures)
{
    nlohmann::json document = nlohmann::json::parse(toJson(material.settings));
    if (pictures)
        document["pictures"] = pictures;
    return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

const char *wordOf(PictureLook::Overlay overlay)
{
    switch (overlay) {
    case PictureLook::Overlay::None:
        return nullptr;
    case PictureLook::Overlay::Burned:
        return "overlay";
    case PictureLook::Overlay::Beside:
        return "beside_overlay";
    }
    return nullptr;
}

VideoFileOptions optionsFor(const ExportMaterial &material, const char *pictures)
{
    VideoFileOptions options;
    options.scale = 1; // pictures come enlarged
    options.title = material.settings.prompt;
    options.settingsJson = settingsOf(material, pictures);
    return options;
}

Result<void> writeClip(const ExportRequest &request, const ExportProgress &progress)
{
    const ExportChoice &choice = request.choice;
    const ExportMaterial &material = *request.material;
    VideoFileOptions options = optionsFor(material, wordOf(choice.video.overlay));
    options.framesPerSecond = choice.framesPerSecond;
    options.plays = choice.plays;
    const int count = frameCount(material);
    int made = 0;
    const auto frame = [&](int index) -> Result<SharedFrame> {
        // Of plain videos each time that they are played is written.
        if (!progress(std::min(1.0, static_cast<double>(made++) / count)))
            return cancelled();
        return exportedFrame(material, index, choice.video);
    };
    return writeVideo(pathOf(request.file), {.count = count, .frame = frame}, options);
}

Result<void> writeStill(const ExportRequest &request, int frame, const QString &file)
{
    const ExportMaterial &material = *request.material;
    const SharedFrame picture = exportedFrame(material, frame, request.choice.stills);
    return writeVideo(pathOf(file), std::span(&picture, 1),
                      optionsFor(material, wordOf(request.choice.stills.overlay)));
}

/// All of them are made in a folder beside their place and get their names when the last one is there.
Result<void> writeStills(const ExportRequest &request, const ExportProgress &progress)
{
    const QStringList files = filesOf(request);
    if (files.size() == 1)
        return writeStill(request, request.choice.allStills ? 0 : request.material->frame, files.front());
    QTemporaryDir folder(QFileInfo(request.file).absolutePath() + QStringLiteral("/.fastcar-XXXXXX"));
    if (!folder.isValid())
        return Error{ErrorKind::Io, "Cannot write into '" +
                                        QFileInfo(request.file).absolutePath().toStdString() +
                                        "': " + folder.errorString().toStdString() + "."};
    for (int frame = 0; frame < files.size(); ++frame) {
        if (!progress(static_cast<double>(frame) / static_cast<double>(files.size())))
            return cancelled();
        if (auto written = writeStill(request, frame, folder.filePath(QFileInfo(files[frame]).fileName()));
            !written)
            return written;
    }
    for (const QString &file : files) {
        QFile made(folder.filePath(QFileInfo(file).fileName()));
        QFile::remove(file); // somebody has agreed to that
        if (!made.rename(file))
            return Error{ErrorKind::Io, "Cannot write '" + file.toStdString() +
                                            "': " + made.errorString().toStdString() + "."};
    }
    return {};
}

Result<void> writeSheet(const ExportRequest &request)
{
    const SharedFrame sheet = frameOf(contactSheet(*request.material, request.choice.sheet));
    return writeVideo(pathOf(request.file), std::span(&sheet, 1),
                      optionsFor(*request.material, "contact_sheet"));
}

Result<void> writeTraceOf(const ExportRequest &request, const ExportProgress &progress)
{
    return writeTrace(pathOf(request.file), *request.material->trace,
                      {.table = request.choice.tokenTable ? TraceTable::Tokens : TraceTable::Outcomes,
                       .progress = progress});
}

Result<void> writePlotOf(const ExportRequest &request)
{
    if (const QString why = whyNot(request.choice.plot, *request.material); !why.isEmpty())
        return Error{ErrorKind::BadInput, why.toStdString()};
    return writePlot(pathOf(request.file), plotOf(request.choice.plot, *request.material));
}

QImage fitted(const QImage &image, QSize size)
{
    if (image.width() <= size.width() && image.height() <= size.height())
        return image;
    return image.scaled(size, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

/// No larger than needed: a preview of a large picture is drawn from a smaller one.
PictureLook smallEnough(PictureLook look, const ExportMaterial &material, QSize size)
{
    const Frame &frame = *material.frames.front();
    while (look.scale > 1 && exportedSize({frame.width, frame.height}, look).width() > 2 * size.width())
        --look.scale;
    return look;
}

QImage plotPreview(const ExportRequest &request, QSize size)
{
    if (!whyNot(request.choice.plot, *request.material).isEmpty())
        return {};
    constexpr QSize usual(640, 380);
    const double scale = std::min(static_cast<double>(size.width()) / usual.width(),
                                  static_cast<double>(size.height()) / usual.height());
    if (scale <= 0.0)
        return {};
    QImage image(usual * scale, QImage::Format_RGB32);
    QPainter painter(&image);
    painter.scale(scale, scale);
    paintPlot(painter, plotOf(request.choice.plot, *request.material), QRectF(QPointF(0, 0), QSizeF(usual)));
    return image;
}

QString pixelsText(QSize size)
{
    return ExportWriterText::tr("%1 × %2 pixels").arg(size.width()).arg(size.height());
}

QString videoFacts(const ExportRequest &request, QSize picture)
{
    const ExportChoice &choice = request.choice;
    const int count = frameCount(*request.material);
    QSize size = exportedSize(picture, choice.video);
    if (choice.videoEnding == QLatin1String("png"))
        return pixelsText({size.width() * count, size.height()});
    QString facts = ExportWriterText::tr("%1, %2 frames, %3 s")
                        .arg(pixelsText(size))
                        .arg(count)
                        .arg(static_cast<double>(count) / choice.framesPerSecond, 0, 'f', 2);
    const bool endless =
        choice.videoEnding == QLatin1String("gif") || choice.videoEnding == QLatin1String("apng");
    if (endless && choice.plays == 0)
        facts += ExportWriterText::tr(", in a loop");
    else if (choice.plays > 1)
        facts += ExportWriterText::tr(", %1 times").arg(choice.plays);
    return facts;
}

QString traceFacts(const ExportMaterial &material)
{
    const TraceShape &shape = material.trace->shape();
    return ExportWriterText::tr("%1 tokens of %2 codes, %3 steps of %4 layers and %5 rows")
        .arg(material.trace->tokens())
        .arg(shape.videos * shape.depth)
        .arg(material.trace->steps())
        .arg(shape.layers)
        .arg(shape.rows);
}

} // namespace

QStringList filesOf(const ExportRequest &request)
{
    if (request.choice.what != What::Stills || !request.choice.allStills ||
        frameCount(*request.material) == 1)
        return {request.file};
    const QFileInfo name(request.file);
    QStringList files;
    for (int frame = 1; frame <= frameCount(*request.material); ++frame)
        files += name.absoluteDir().filePath(QStringLiteral("%1-%2.%3")
                                                 .arg(name.completeBaseName())
                                                 .arg(frame, 4, 10, QLatin1Char('0'))
                                                 .arg(name.suffix()));
    return files;
}

Result<void> writeExport(const ExportRequest &request, const ExportProgress &progress)
{
    const What what = request.choice.what;
    const bool pictures = what == What::Video || what == What::Stills || what == What::Sheet;
    if (pictures && request.material->frames.empty())
        return Error{ErrorKind::BadInput, "The run has no whole frame yet."};
    switch (what) {
    case What::Video:
        return writeClip(request, progress);
    case What::Stills:
        return writeStills(request, progress);
    case What::Sheet:
        return writeSheet(request);
    case What::Trace:
        return writeTraceOf(request, progress);
    case What::Plot:
        return writePlotOf(request);
    }
    return {};
}

QImage exportPreview(const ExportRequest &request, QSize size)
{
    const ExportMaterial &material = *request.material;
    if (request.choice.what == What::Plot)
        return plotPreview(request, size);
    if (request.choice.what == What::Trace || material.frames.empty() || size.isEmpty())
        return {};
    if (request.choice.what == What::Sheet) {
        SheetLook look = request.choice.sheet;
        const int across = std::max(1, size.width() / std::max(1, look.columns));
        look.picture = smallEnough(look.picture, material, {across, across});
        return fitted(contactSheet(material, look), size);
    }
    return fitted(
        exportedImage(material, material.frame, smallEnough(lookOf(request.choice), material, size)), size);
}

QString exportFacts(const ExportRequest &request)
{
    const ExportMaterial &material = *request.material;
    const ExportChoice &choice = request.choice;
    if (choice.what == What::Trace)
        return traceFacts(material);
    if (choice.what == What::Plot)
        return whyNot(choice.plot, material);
    if (material.frames.empty())
        return ExportWriterText::tr("The run has no whole frame yet.");
    const QSize picture(material.frames.front()->width, material.frames.front()->height);
    if (choice.what == What::Video)
        return videoFacts(request, picture);
    if (choice.what == What::Stills) {
        const QString pixels = pixelsText(exportedSize(picture, choice.stills));
        const auto files = filesOf(request).size();
        return files == 1 ? ExportWriterText::tr("%1, 1 file").arg(pixels)
                          : ExportWriterText::tr("%1, %2 files").arg(pixels).arg(files);
    }
    const auto shown = framesOnSheet(frameCount(material), choice.sheet).size();
    return ExportWriterText::tr("%1 of %2 frames").arg(shown).arg(frameCount(material));
}

} // namespace fastcar::ui
