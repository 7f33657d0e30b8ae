// SPDX-License-Identifier: Apache-2.0
#include "engine/media/video_reader.h"

#include "engine/media/libav.h"
#include "engine/media/pixel_converter.h"

#include <cerrno>
#include <cstdint>

namespace fastcar {

namespace {

// A file of a few bytes may ask for pictures of any size: refuse what no video of ours comes near.
constexpr std::int64_t maxPixels = std::int64_t{16384} * 16384;

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

} // namespace

struct VideoReader::Impl {
    std::filesystem::path file;
    libav::InputPtr input;
    int stream = 0;
    libav::CodecPtr codec;
    libav::PacketPtr packet{av_packet_alloc()};
    libav::FramePtr frame{av_frame_alloc()};
    bool any = false; // a picture was there

    /// The next packet of the stream to the decoder; after the last one, the word that there are no more.
    Result<void> feed();
    Result<SharedFrame> take();
};

Result<void> VideoReader::Impl::feed()
{
    bool more = av_read_frame(input.get(), packet.get()) >= 0;
    while (more && packet->stream_index != stream) {
        av_packet_unref(packet.get());
        more = av_read_frame(input.get(), packet.get()) >= 0;
    }
    const int code = avcodec_send_packet(codec.get(), more ? packet.get() : nullptr);
    av_packet_unref(packet.get());
    if (code < 0 && code != AVERROR_EOF)
        return libav::fileError("decode", file, code);
    return {};
}

Result<SharedFrame> VideoReader::Impl::take()
{
    auto picture = toRgb(*frame);
    av_frame_unref(frame.get());
    if (!picture)
        return picture.error();
    any = true;
    return SharedFrame(std::make_shared<const Frame>(std::move(*picture)));
}

Result<VideoReader> VideoReader::open(const std::filesystem::path &file)
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
    auto impl = std::make_unique<Impl>();
    if (!impl->packet || !impl->frame)
        return libav::fileError("decode", file, AVERROR(ENOMEM));
    impl->file = file;
    impl->input = std::move(*input);
    impl->stream = (*stream)->index;
    impl->codec = std::move(*codec);
    return VideoReader(std::move(impl));
}

Result<SharedFrame> VideoReader::next()
{
    for (;;) {
        const int code = avcodec_receive_frame(impl_->codec.get(), impl_->frame.get());
        if (code >= 0)
            return impl_->take();
        if (code == AVERROR_EOF) {
            if (!impl_->any)
                return Error{ErrorKind::Corrupt,
                             "'" + impl_->file.string() + "' holds no picture that can be decoded."};
            return SharedFrame();
        }
        if (code != AVERROR(EAGAIN))
            return libav::fileError("decode", impl_->file, code);
        if (auto fed = impl_->feed(); !fed)
            return fed.error();
    }
}

VideoReader::VideoReader(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl))
{
}
VideoReader::VideoReader(VideoReader &&) noexcept = default;
VideoReader &VideoReader::operator=(VideoReader &&) noexcept = default;
VideoReader::~VideoReader() = default;

} // namespace fastcar
