// SPDX-License-Identifier: Apache-2.0
#include "engine/media/video_file.h"

#include "engine/base/file_bytes.h"
#include "engine/base/pending_file.h"
#include "engine/media/file_texts.h"
#include "engine/media/frame_geometry.h"
#include "engine/media/palette_filter.h"
#include "engine/media/pixel_converter.h"
#include "engine/media/video_encoder.h"
#include "engine/media/video_format.h"

#include <cstdint>

namespace fastcar {

namespace {

constexpr int wantedHeight = 256; // that scale 0 brings a video to
constexpr int maxSide = 16384;    // H.264's, and enough for the others
constexpr int maxFramesPerSecond = 240;

bool needsEvenSides(const VideoFormat &format)
{
    return format.pixels == AV_PIX_FMT_YUV420P;
}

int scaleOf(const VideoFormat &format, const VideoFileOptions &options, int height)
{
    if (options.scale > 0)
        return options.scale;
    return format.strip ? 1 : (wantedHeight + height - 1) / height;
}

Result<void> checkFrames(const std::filesystem::path &file, std::span<const SharedFrame> frames)
{
    if (frames.empty())
        return Error{ErrorKind::BadInput,
                     "'" + file.string() + "' was to be written without a single frame."};
    const Frame &first = *frames.front();
    for (const SharedFrame &frame : frames) {
        if (frame->width != first.width || frame->height != first.height)
            return Error{ErrorKind::BadInput,
                         "'" + file.string() + "' was to be written from frames of different sizes: " +
                             std::to_string(first.width) + "x" + std::to_string(first.height) + " and " +
                             std::to_string(frame->width) + "x" + std::to_string(frame->height) + "."};
        const auto bytes = static_cast<std::int64_t>(frame->width) * frame->height * 3;
        if (frame->width <= 0 || frame->height <= 0 || static_cast<std::int64_t>(frame->rgb.size()) != bytes)
            return Error{ErrorKind::BadInput,
                         "'" + file.string() + "' was to be written from a frame without pixels."};
    }
    return {};
}

Result<void> checkOptions(const std::filesystem::path &file, const VideoFileOptions &options)
{
    if (options.framesPerSecond < 1 || options.framesPerSecond > maxFramesPerSecond)
        return Error{ErrorKind::BadInput, "'" + file.string() + "' cannot have " +
                                              std::to_string(options.framesPerSecond) +
                                              " frames per second; 1 to " +
                                              std::to_string(maxFramesPerSecond) + " can be written."};
    if (options.scale < 0)
        return Error{ErrorKind::BadInput, "'" + file.string() + "' cannot be enlarged " +
                                              std::to_string(options.scale) +
                                              " times; give 1 or more, or 0 for the usual size."};
    return {};
}

struct Size {
    std::int64_t width = 0;
    std::int64_t height = 0;
};

/// Of the pictures to be encoded.
Size sizeInFile(const VideoFormat &format, int width, int height, int frames, int scale)
{
    Size size{std::int64_t{width} * scale, std::int64_t{height} * scale};
    if (format.strip)
        size.width *= frames;
    if (needsEvenSides(format))
        size = {size.width + size.width % 2, size.height + size.height % 2};
    return size;
}

Result<void> encodeFrames(const VideoFormat &format, VideoEncoder &encoder,
                          std::span<const SharedFrame> frames, int scale)
{
    PixelConverter converter(format.pixels);
    for (const SharedFrame &frame : frames) {
        Frame large = enlarged(*frame, scale);
        if (needsEvenSides(format))
            large = paddedToEven(std::move(large));
        auto converted = converter.convert(large);
        if (!converted)
            return converted.error();
        if (auto written = encoder.write(**converted); !written)
            return written;
    }
    return encoder.finish();
}

Result<void> encodeWithPalette(VideoEncoder &encoder, std::span<const SharedFrame> frames, int scale)
{
    auto filter = PaletteFilter::create(frames.front()->width * scale, frames.front()->height * scale);
    if (!filter)
        return filter.error();
    PixelConverter converter(AV_PIX_FMT_RGB24);
    for (const SharedFrame &frame : frames) {
        auto converted = converter.convert(enlarged(*frame, scale));
        if (!converted)
            return converted.error();
        if (auto pushed = filter->push(std::move(*converted)); !pushed)
            return pushed;
    }
    if (auto ended = filter->end(); !ended)
        return ended;
    for (;;) {
        auto frame = filter->pull();
        if (!frame)
            return frame.error();
        if (!*frame)
            return encoder.finish();
        if (auto written = encoder.write(**frame); !written)
            return written;
    }
}

} // namespace

Result<void> checkVideoFile(const std::filesystem::path &file)
{
    const auto format = videoFormatOf(file);
    if (!format)
        return format.error();
    if (const auto encoder = findEncoder(**format); !encoder)
        return encoder.error();
    return checkOutputFile(file);
}

Result<void> checkVideo(const std::filesystem::path &file, int width, int height, int frames,
                        const VideoFileOptions &options)
{
    if (auto fine = checkVideoFile(file); !fine)
        return fine;
    if (auto fine = checkOptions(file, options); !fine)
        return fine;
    const VideoFormat &format = **videoFormatOf(file);
    const Size size = sizeInFile(format, width, height, frames, scaleOf(format, options, height));
    if (size.width <= maxSide && size.height <= maxSide)
        return {};
    return Error{ErrorKind::BadInput, "'" + file.string() + "' would be " + std::to_string(size.width) +
                                          " by " + std::to_string(size.height) +
                                          " pixels; no side may be longer than " + std::to_string(maxSide) +
                                          ". Enlarge it less, or make a strip of fewer frames."};
}

Result<void> writeVideo(const std::filesystem::path &file, std::span<const SharedFrame> frames,
                        const VideoFileOptions &options)
{
    if (auto fine = checkFrames(file, frames); !fine)
        return fine;
    const int width = frames.front()->width;
    const int height = frames.front()->height;
    if (auto fine = checkVideo(file, width, height, static_cast<int>(frames.size()), options); !fine)
        return fine;
    const VideoFormat &format = **videoFormatOf(file);
    const int scale = scaleOf(format, options, height);
    const Size size = sizeInFile(format, width, height, static_cast<int>(frames.size()), scale);
    SharedFrame strip;
    if (format.strip) {
        strip = std::make_shared<const Frame>(sideBySide(frames));
        frames = std::span(&strip, 1);
    }

    const FileTexts texts{options.title, options.settingsJson};
    const auto tags = containerTags(texts);
    auto pending = PendingFile::create(file);
    if (!pending)
        return pending.error();
    auto encoder = VideoEncoder::create(format, {.target = pending->temporary(),
                                                 .shownAs = file,
                                                 .width = static_cast<int>(size.width),
                                                 .height = static_cast<int>(size.height),
                                                 .framesPerSecond = options.framesPerSecond,
                                                 .tags = tags});
    if (!encoder)
        return encoder.error();
    const auto encoded = format.pixels == AV_PIX_FMT_PAL8 ? encodeWithPalette(*encoder, frames, scale)
                                                          : encodeFrames(format, *encoder, frames, scale);
    if (!encoded)
        return encoded;
    if (auto embedded = embedTexts(*pending, format, texts); !embedded)
        return embedded;
    return pending->commit();
}

} // namespace fastcar
