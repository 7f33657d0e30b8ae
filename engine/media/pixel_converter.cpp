// SPDX-License-Identifier: Apache-2.0
#include "engine/media/pixel_converter.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <cerrno>

namespace fastcar {

namespace {

constexpr int neutral = 1 << 16; // brightness stays 0; contrast and saturation are 16.16 fixed point

bool isRgb(AVPixelFormat pixels)
{
    const AVPixFmtDescriptor *description = av_pix_fmt_desc_get(pixels);
    return description && (description->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0;
}

libav::ScalerPtr makeScaler(int width, int height, AVPixelFormat from, AVPixelFormat to)
{
    return libav::ScalerPtr(sws_getContext(
        width, height, from, width, height, to,
        SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP, nullptr, nullptr, nullptr));
}

Error noScaler(AVPixelFormat from, AVPixelFormat to)
{
    const char *source = av_get_pix_fmt_name(from);
    const char *target = av_get_pix_fmt_name(to);
    return {ErrorKind::Unsupported, std::string("Pictures cannot be converted from ") +
                                        (source ? source : "?") + " to " + (target ? target : "?") +
                                        " by this system's libswscale."};
}

} // namespace

Result<libav::FramePtr> PixelConverter::convert(const Frame &picture)
{
    if (!scaler_) {
        scaler_ = makeScaler(picture.width, picture.height, AV_PIX_FMT_RGB24, pixels_);
        if (!scaler_)
            return noScaler(AV_PIX_FMT_RGB24, pixels_);
        if (!isRgb(pixels_)) {
            const int *table = sws_getCoefficients(SWS_CS_ITU709);
            sws_setColorspaceDetails(scaler_.get(), table, 1, table, 0, 0, neutral, neutral);
        }
    }
    libav::FramePtr frame(av_frame_alloc());
    if (!frame)
        return libav::error("A picture could not be converted", AVERROR(ENOMEM));
    frame->format = pixels_;
    frame->width = picture.width;
    frame->height = picture.height;
    if (const int code = av_frame_get_buffer(frame.get(), 0); code < 0)
        return libav::error("A picture could not be converted", code);
    const std::uint8_t *const planes[] = {picture.rgb.data()};
    const int strides[] = {picture.width * 3};
    sws_scale(scaler_.get(), planes, strides, 0, picture.height, frame->data, frame->linesize);
    return frame;
}

Result<Frame> toRgb(const AVFrame &frame)
{
    const auto pixels = static_cast<AVPixelFormat>(frame.format);
    const libav::ScalerPtr scaler = makeScaler(frame.width, frame.height, pixels, AV_PIX_FMT_RGB24);
    if (!scaler)
        return noScaler(pixels, AV_PIX_FMT_RGB24);
    if (!isRgb(pixels)) {
        const int *source =
            sws_getCoefficients(frame.colorspace == AVCOL_SPC_BT709 ? SWS_CS_ITU709 : SWS_CS_DEFAULT);
        const bool full = frame.color_range == AVCOL_RANGE_JPEG;
        sws_setColorspaceDetails(scaler.get(), source, full, sws_getCoefficients(SWS_CS_DEFAULT), 1, 0,
                                 neutral, neutral);
    }
    Frame picture{frame.width, frame.height, {}};
    picture.rgb.resize(static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height) * 3);
    std::uint8_t *const planes[] = {picture.rgb.data()};
    const int strides[] = {picture.width * 3};
    sws_scale(scaler.get(), frame.data, frame.linesize, 0, frame.height, planes, strides);
    return picture;
}

} // namespace fastcar
