// SPDX-License-Identifier: Apache-2.0
//
// The way back: what a video file says of itself, and its pictures.
#include "engine/media/file_texts.h"
#include "engine/media/libav.h"
#include "engine/media/video_file.h"
#include "engine/media/video_reader.h"

#include <cstdint>
#include <string_view>

namespace fastcar {

namespace {

// A file may hold pictures without end: refuse what no video of ours comes near.
constexpr std::size_t maxBytes = std::size_t{4} << 30;

std::string formatName(const AVFormatContext &input, const std::filesystem::path &file)
{
    const std::string_view name = input.iformat->name;
    if (name == "png_pipe")
        return "png";
    if (name.starts_with("mov,mp4"))
        return "mp4";
    if (name.starts_with("matroska"))
        return file.extension() == ".webm" ? "webm" : "matroska";
    return std::string(name);
}

struct Extent {
    std::int64_t frames = 0;
    double seconds = 0.0; // that the frames are shown, as far as the file says so
};

/// Reads the file to its end, without decoding: animations do not say how many frames they have.
Extent measure(AVFormatContext &input, const AVStream &stream)
{
    const libav::PacketPtr packet(av_packet_alloc());
    Extent extent;
    while (packet && av_read_frame(&input, packet.get()) >= 0) {
        if (packet->stream_index == stream.index) {
            ++extent.frames;
            extent.seconds += static_cast<double>(packet->duration) * av_q2d(stream.time_base);
        }
        av_packet_unref(packet.get());
    }
    return extent;
}

/// Does the codec keep every pixel that writeVideo gave it? A GIF's does, but of 256 colours.
bool isExact(AVCodecID codec)
{
    const AVCodecDescriptor *description = avcodec_descriptor_get(codec);
    return description && codec != AV_CODEC_ID_GIF && (description->props & AV_CODEC_PROP_LOSSLESS) &&
           !(description->props & AV_CODEC_PROP_LOSSY);
}

} // namespace

Result<VideoFileInfo> inspectVideo(const std::filesystem::path &file)
{
    auto input = libav::openInput(file);
    if (!input)
        return input.error();
    const auto found = libav::videoStream(**input, file);
    if (!found)
        return found.error();
    const AVStream &stream = **found;
    FileTexts texts = readTexts(**input, file);
    VideoFileInfo info;
    info.format = formatName(**input, file);
    info.codec = avcodec_get_name(stream.codecpar->codec_id);
    info.exact = isExact(stream.codecpar->codec_id);
    info.width = stream.codecpar->width;
    info.height = stream.codecpar->height;
    info.title = std::move(texts.title);
    info.settingsJson = std::move(texts.settingsJson);
    if (info.format == "png") {
        info.frames = 1;
        return info;
    }
    info.frames = static_cast<int>(stream.nb_frames);
    if (stream.avg_frame_rate.den > 0)
        info.framesPerSecond = av_q2d(stream.avg_frame_rate);
    if (info.frames == 0 || info.framesPerSecond == 0.0) {
        const Extent extent = measure(**input, stream);
        info.frames = static_cast<int>(extent.frames);
        if (info.framesPerSecond == 0.0 && extent.seconds > 0.0)
            info.framesPerSecond = static_cast<double>(extent.frames) / extent.seconds;
    }
    return info;
}

Result<std::vector<SharedFrame>> readVideo(const std::filesystem::path &file)
{
    auto reader = VideoReader::open(file);
    if (!reader)
        return reader.error();
    std::vector<SharedFrame> pictures;
    for (;;) {
        auto picture = reader->next();
        if (!picture)
            return picture.error();
        if (!*picture)
            return pictures;
        if ((pictures.size() + 1) * (*picture)->rgb.size() > maxBytes)
            return Error{ErrorKind::Unsupported,
                         "'" + file.string() + "' holds more pictures than fit into 4 GiB."};
        pictures.push_back(std::move(*picture));
    }
}

} // namespace fastcar
