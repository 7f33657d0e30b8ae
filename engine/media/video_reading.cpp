// SPDX-License-Identifier: Apache-2.0
//
// The way back: what a video file says of itself, and its pictures.
#include "engine/media/file_texts.h"
#include "engine/media/libav.h"
#include "engine/media/pixel_converter.h"
#include "engine/media/video_file.h"

#include <cerrno>
#include <cstdint>
#include <string_view>

namespace fastcar {

namespace {

// A file of a few bytes may ask for pictures of any size: refuse what no video of ours comes near.
constexpr std::int64_t maxPixels = std::int64_t{16384} * 16384;
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

Result<libav::CodecPtr> openDecoder(const AVStream &stream, const std::filesystem::path &file)
{
    const AVCodec *decoder = avcodec_find_decoder(stream.codecpar->codec_id);
    if (!decoder)
        return libav::fileError("decode", file, AVERROR_DECODER_NOT_FOUND);
    libav::CodecPtr codec(avcodec_alloc_context3(decoder));
    if (!codec)
        return libav::fileError("decode", file, AVERROR(ENOMEM));
    int code = avcodec_parameters_to_context(codec.get(), stream.codecpar);
    codec->max_pixels = maxPixels;
    if (code >= 0)
        code = avcodec_open2(codec.get(), decoder, nullptr);
    if (code < 0)
        return libav::fileError("decode", file, code);
    return codec;
}

/// Takes every picture that the decoder has ready.
Result<void> takePictures(AVCodecContext &codec, const std::filesystem::path &file,
                          std::vector<SharedFrame> &pictures)
{
    const libav::FramePtr frame(av_frame_alloc());
    for (;;) {
        const int code = frame ? avcodec_receive_frame(&codec, frame.get()) : AVERROR(ENOMEM);
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
            return {};
        if (code < 0)
            return libav::fileError("decode", file, code);
        auto picture = toRgb(*frame);
        if (!picture)
            return picture.error();
        if ((pictures.size() + 1) * picture->rgb.size() > maxBytes)
            return Error{ErrorKind::Unsupported,
                         "'" + file.string() + "' holds more pictures than fit into 4 GiB."};
        pictures.push_back(std::make_shared<const Frame>(std::move(*picture)));
        av_frame_unref(frame.get());
    }
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
    auto input = libav::openInput(file);
    if (!input)
        return input.error();
    const auto stream = libav::videoStream(**input, file);
    if (!stream)
        return stream.error();
    auto codec = openDecoder(**stream, file);
    if (!codec)
        return codec.error();
    const libav::PacketPtr packet(av_packet_alloc());
    std::vector<SharedFrame> pictures;
    bool more = packet != nullptr;
    while (more) {
        more = av_read_frame(input->get(), packet.get()) >= 0;
        if (more && packet->stream_index != (*stream)->index) {
            av_packet_unref(packet.get());
            continue;
        }
        const int code = avcodec_send_packet(codec->get(), more ? packet.get() : nullptr);
        av_packet_unref(packet.get());
        if (code < 0 && code != AVERROR_EOF)
            return libav::fileError("decode", file, code);
        if (auto taken = takePictures(**codec, file, pictures); !taken)
            return taken.error();
    }
    if (pictures.empty())
        return Error{ErrorKind::Corrupt, "'" + file.string() + "' holds no picture that can be decoded."};
    return pictures;
}

} // namespace fastcar
