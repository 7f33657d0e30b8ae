// SPDX-License-Identifier: Apache-2.0
#include "engine/media/video_encoder.h"

#include <cassert>
#include <cerrno>

namespace fastcar {

Error VideoEncoder::failed(int code) const
{
    return libav::fileError("write", shownAs_, code);
}

Result<VideoEncoder> VideoEncoder::create(const VideoFormat &format, const VideoEncoderOptions &options)
{
    libav::routeLog();
    VideoEncoder encoder;
    encoder.shownAs_ = options.shownAs;
    AVFormatContext *output = nullptr;
    if (const int code = avformat_alloc_output_context2(&output, nullptr, format.muxer, nullptr); code < 0)
        return encoder.failed(code);
    encoder.output_.reset(output);
    encoder.packet_.reset(av_packet_alloc());
    encoder.stream_ = avformat_new_stream(output, nullptr);
    if (!encoder.packet_ || !encoder.stream_)
        return encoder.failed(AVERROR(ENOMEM));
    if (auto opened = encoder.openCodec(format, options); !opened)
        return opened.error();
    if (auto opened = encoder.openFile(format, options); !opened)
        return opened.error();
    return encoder;
}

Result<void> VideoEncoder::openCodec(const VideoFormat &format, const VideoEncoderOptions &options)
{
    const auto found = findEncoder(format);
    if (!found)
        return found.error();
    codec_.reset(avcodec_alloc_context3(*found));
    if (!codec_)
        return failed(AVERROR(ENOMEM));
    codec_->width = options.width;
    codec_->height = options.height;
    codec_->pix_fmt = format.pixels;
    codec_->time_base = {1, options.framesPerSecond};
    codec_->framerate = {options.framesPerSecond, 1};
    codec_->bit_rate = 0;
    codec_->sample_aspect_ratio = {1, 1};
    if (format.pixels == AV_PIX_FMT_YUV420P) {
        codec_->color_range = AVCOL_RANGE_MPEG;
        codec_->colorspace = AVCOL_SPC_BT709;
        codec_->color_primaries = AVCOL_PRI_BT709;
        codec_->color_trc = AVCOL_TRC_BT709;
    }
    if (output_->oformat->flags & AVFMT_GLOBALHEADER)
        codec_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;

    libav::Dictionary encoderOptions(format.encoderOptions);
    int code = avcodec_open2(codec_.get(), *found, encoderOptions.address());
    assert(code < 0 || encoderOptions.firstKey().empty());
    if (code >= 0)
        code = avcodec_parameters_from_context(stream_->codecpar, codec_.get());
    if (code < 0)
        return failed(code);
    stream_->time_base = codec_->time_base;
    stream_->avg_frame_rate = codec_->framerate;
    stream_->sample_aspect_ratio = codec_->sample_aspect_ratio;
    return {};
}

Result<void> VideoEncoder::openFile(const VideoFormat &format, const VideoEncoderOptions &options)
{
    // The mp4 muxer opens the file by this name a second time, to move its index to the front.
    const std::string url = libav::url(options.target);
    output_->url = av_strdup(url.c_str());
    for (const auto &[key, value] : options.tags)
        av_dict_set(&output_->metadata, key.c_str(), value.c_str(), 0);
    int code = avio_open(&output_->pb, url.c_str(), AVIO_FLAG_WRITE);
    std::string allOptions = format.muxerOptions;
    if (!options.muxerOptions.empty())
        allOptions += (allOptions.empty() ? "" : ":") + options.muxerOptions;
    libav::Dictionary muxerOptions(allOptions.c_str());
    if (code >= 0)
        code = avformat_write_header(output_.get(), muxerOptions.address());
    return code < 0 ? Result<void>(failed(code)) : Result<void>();
}

Result<void> VideoEncoder::write(AVFrame &frame)
{
    frame.pts = written_++;
    frame.pict_type = AV_PICTURE_TYPE_NONE;
    return encode(&frame);
}

Result<void> VideoEncoder::encode(AVFrame *frame)
{
    int code = avcodec_send_frame(codec_.get(), frame);
    while (code >= 0) {
        code = avcodec_receive_packet(codec_.get(), packet_.get());
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
            return {};
        if (code < 0)
            break;
        if (packet_->duration == 0)
            packet_->duration = 1;
        packet_->stream_index = stream_->index;
        av_packet_rescale_ts(packet_.get(), codec_->time_base, stream_->time_base);
        code = av_interleaved_write_frame(output_.get(), packet_.get());
    }
    return failed(code);
}

Result<void> VideoEncoder::finish()
{
    if (auto drained = encode(nullptr); !drained)
        return drained;
    int code = av_write_trailer(output_.get());
    const int closed = avio_closep(&output_->pb);
    if (code >= 0)
        code = closed;
    return code < 0 ? Result<void>(failed(code)) : Result<void>();
}

} // namespace fastcar
