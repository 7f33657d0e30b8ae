// SPDX-License-Identifier: Apache-2.0
#include "engine/media/video_format.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace fastcar {

namespace {

// H.264: crf 14 is hard to tell from the source; with use_metadata_tags the mp4 keeps tags of any name.
// VP9: constant quality needs a bit rate of 0, which VideoEncoder sets for all.
constexpr std::array formats{
    VideoFormat{".mp4", "H.264 video", "mp4", "libx264", AV_PIX_FMT_YUV420P, "crf=14:preset=medium",
                "movflags=+faststart+use_metadata_tags", nullptr, TextPlace::ContainerTags},
    VideoFormat{".webm", "VP9 video", "webm", "libvpx-vp9", AV_PIX_FMT_YUV420P,
                "crf=16:deadline=good:cpu-used=2:row-mt=1", "", nullptr, TextPlace::ContainerTags},
    VideoFormat{".mkv", "lossless FFV1 video", "matroska", "ffv1", AV_PIX_FMT_BGR0, "level=3:slicecrc=1", "",
                nullptr, TextPlace::ContainerTags},
    VideoFormat{".gif", "GIF animation", "gif", "gif", AV_PIX_FMT_PAL8, "", "", "loop",
                TextPlace::GifComments},
    VideoFormat{".apng", "PNG animation", "apng", "apng", AV_PIX_FMT_RGB24, "pred=mixed", "", "plays",
                TextPlace::PngChunks},
    VideoFormat{".png", "PNG picture", "image2pipe", "png", AV_PIX_FMT_RGB24, "pred=mixed", "", nullptr,
                TextPlace::PngChunks, true},
};

std::string endings(bool onlyUsable)
{
    std::string list;
    for (const VideoFormat &format : formats)
        if (!onlyUsable || avcodec_find_encoder_by_name(format.encoder))
            list += (list.empty() ? "" : ", ") + std::string(format.ending) + " (" + format.name + ")";
    return list;
}

} // namespace

Result<const VideoFormat *> videoFormatOf(const std::filesystem::path &file)
{
    std::string ending = file.extension().string();
    std::ranges::transform(ending, ending.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto found =
        std::ranges::find_if(formats, [&](const VideoFormat &format) { return ending == format.ending; });
    if (found != formats.end())
        return &*found;
    return Error{ErrorKind::BadInput,
                 "The file name '" + file.string() + "' " +
                     (ending.empty() ? "has no ending" : "has the unknown ending '" + ending + "'") +
                     "; a video can be written as " + endings(false) + "."};
}

Result<const AVCodec *> findEncoder(const VideoFormat &format)
{
    if (const AVCodec *encoder = avcodec_find_encoder_by_name(format.encoder))
        return encoder;
    return Error{ErrorKind::Unsupported,
                 "A " + std::string(format.ending) + " file needs the encoder " + format.encoder +
                     ", which this system's libavcodec was built without; it can write " + endings(true) +
                     "."};
}

} // namespace fastcar
