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

#include <algorithm>
#include <cstdint>

namespace fastcar {

namespace {

constexpr int wantedHeight = 256; // that scale 0 brings a video to
constexpr int maxSide = 16384;    // H.264's, and enough for the others
constexpr int maxFramesPerSecond = 240;
constexpr int maxPlays = 1000;

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

Error unlike(const std::filesystem::path &file, const Frame &first, const Frame &other)
{
    return {ErrorKind::BadInput,
            "'" + file.string() + "' was to be written from frames of different sizes: " +
                sizeText(first) + " and " + sizeText(other) + "."};
}

Result<void> checkPixels(const std::filesystem::path &file, const Frame &frame)
{
    const auto bytes = static_cast<std::int64_t>(frame.width) * frame.height * 3;
    if (frame.width > 0 && frame.height > 0 && static_cast<std::int64_t>(frame.rgb.size()) == bytes)
        return {};
    return Error{ErrorKind::BadInput,
                 "'" + file.string() + "' was to be written from a frame without pixels."};
}

/// The caller's frames, each held against the first one. The first one is asked for once.
class CheckedFrames {
public:
    CheckedFrames(const std::filesystem::path &file, const VideoFrames &frames)
        : file_(file)
        , frames_(frames)
    {
    }

    Result<void> open()
    {
        if (frames_.count <= 0)
            return Error{ErrorKind::BadInput,
                         "'" + file_.string() + "' was to be written without a single frame."};
        auto first = frames_.frame(0);
        if (!first)
            return first.error();
        first_ = std::move(*first);
        return checkPixels(file_, *first_);
    }

    int count() const { return frames_.count; }
    int width() const { return first_->width; }
    int height() const { return first_->height; }

    Result<SharedFrame> at(int index) const
    {
        if (index == 0)
            return first_;
        auto frame = frames_.frame(index);
        if (!frame)
            return frame;
        if ((*frame)->width != width() || (*frame)->height != height())
            return unlike(file_, *first_, **frame);
        if (auto fine = checkPixels(file_, **frame); !fine)
            return fine.error();
        return frame;
    }

private:
    const std::filesystem::path &file_;
    const VideoFrames &frames_;
    SharedFrame first_;
};

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
    if (options.plays < 0 || options.plays > maxPlays)
        return Error{ErrorKind::BadInput, "'" + file.string() + "' cannot be played " +
                                              std::to_string(options.plays) + " times; give 1 to " +
                                              std::to_string(maxPlays) + ", or 0 for without end."};
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

/// "loop=3" for a muxer that can tell players how often.
std::string playsOption(const VideoFormat &format, int plays)
{
    if (!format.playsOption)
        return {};
    const std::string name = format.playsOption;
    if (name != "loop") // GIF's number says how often after the first time, and has -1 for never
        return name + "=" + std::to_string(plays);
    return name + "=" + std::to_string(plays == 0 ? 0 : plays == 1 ? -1 : plays - 1);
}

Result<void> encodeFrames(const VideoFormat &format, VideoEncoder &encoder, const CheckedFrames &frames,
                          const VideoFileOptions &options, int scale)
{
    PixelConverter converter(format.pixels);
    const int times = format.playsOption || format.strip ? 1 : std::max(1, options.plays);
    for (int written = 0; written < times * frames.count(); ++written) {
        auto frame = frames.at(written % frames.count());
        if (!frame)
            return frame.error();
        Frame large = enlarged(**frame, scale);
        if (needsEvenSides(format))
            large = paddedToEven(std::move(large));
        auto converted = converter.convert(large);
        if (!converted)
            return converted.error();
        if (auto encoded = encoder.write(**converted); !encoded)
            return encoded;
    }
    return encoder.finish();
}

Result<void> encodeStrip(const VideoFormat &format, VideoEncoder &encoder, const CheckedFrames &frames,
                         int scale)
{
    std::vector<SharedFrame> all;
    for (int index = 0; index < frames.count(); ++index) {
        auto frame = frames.at(index);
        if (!frame)
            return frame.error();
        all.push_back(std::move(*frame));
    }
    auto converted = PixelConverter(format.pixels).convert(enlarged(sideBySide(all), scale));
    if (!converted)
        return converted.error();
    if (auto written = encoder.write(**converted); !written)
        return written;
    return encoder.finish();
}

Result<void> encodeWithPalette(VideoEncoder &encoder, const CheckedFrames &frames, int scale)
{
    auto filter = PaletteFilter::create(frames.width() * scale, frames.height() * scale);
    if (!filter)
        return filter.error();
    PixelConverter converter(AV_PIX_FMT_RGB24);
    for (int index = 0; index < frames.count(); ++index) {
        auto frame = frames.at(index);
        if (!frame)
            return frame.error();
        auto converted = converter.convert(enlarged(**frame, scale));
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
    return writeVideo(file,
                      {.count = static_cast<int>(frames.size()),
                       .frame = [frames](int index) { return frames[static_cast<std::size_t>(index)]; }},
                      options);
}

Result<void> writeVideo(const std::filesystem::path &file, const VideoFrames &given,
                        const VideoFileOptions &options)
{
    CheckedFrames frames(file, given);
    if (auto fine = frames.open(); !fine)
        return fine;
    if (auto fine = checkVideo(file, frames.width(), frames.height(), frames.count(), options); !fine)
        return fine;
    const VideoFormat &format = **videoFormatOf(file);
    const int scale = scaleOf(format, options, frames.height());
    const Size size = sizeInFile(format, frames.width(), frames.height(), frames.count(), scale);
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
                                                 .muxerOptions = playsOption(format, options.plays),
                                                 .tags = tags});
    if (!encoder)
        return encoder.error();
    const auto encoded = format.strip ? encodeStrip(format, *encoder, frames, scale)
                         : format.pixels == AV_PIX_FMT_PAL8
                             ? encodeWithPalette(*encoder, frames, scale)
                             : encodeFrames(format, *encoder, frames, options, scale);
    if (!encoded)
        return encoded;
    if (auto embedded = embedTexts(*pending, format, texts); !embedded)
        return embedded;
    return pending->commit();
}

} // namespace fastcar
