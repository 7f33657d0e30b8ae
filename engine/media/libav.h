// SPDX-License-Identifier: Apache-2.0
//
// libav, as the rest of engine/media uses it: handles that free themselves, error codes as sentences, its log
// in ours. Included by .cpp files of this folder only, so that nobody else compiles against libav's headers.
#pragma once

#include "engine/base/result.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavformat/avformat.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libswscale/swscale.h>
}

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace fastcar::libav {

struct Free {
    void operator()(AVFrame *frame) const { av_frame_free(&frame); }
    void operator()(AVPacket *packet) const { av_packet_free(&packet); }
    void operator()(AVCodecContext *codec) const { avcodec_free_context(&codec); }
    void operator()(AVFilterGraph *graph) const { avfilter_graph_free(&graph); }
    void operator()(SwsContext *scaler) const { sws_freeContext(scaler); }
};
struct CloseInput {
    void operator()(AVFormatContext *format) const { avformat_close_input(&format); }
};
struct CloseOutput {
    void operator()(AVFormatContext *format) const
    {
        avio_closep(&format->pb);
        avformat_free_context(format);
    }
};

using FramePtr = std::unique_ptr<AVFrame, Free>;
using PacketPtr = std::unique_ptr<AVPacket, Free>;
using CodecPtr = std::unique_ptr<AVCodecContext, Free>;
using FilterGraphPtr = std::unique_ptr<AVFilterGraph, Free>;
using ScalerPtr = std::unique_ptr<SwsContext, Free>;
using InputPtr = std::unique_ptr<AVFormatContext, CloseInput>;
using OutputPtr = std::unique_ptr<AVFormatContext, CloseOutput>;

/// AVDictionary, which is a pointer that calls replace.
class Dictionary {
public:
    Dictionary() = default;
    /// "crf=14:preset=medium"
    explicit Dictionary(const char *options) { av_dict_parse_string(&entries_, options, "=", ":", 0); }
    ~Dictionary() { av_dict_free(&entries_); }
    Dictionary(const Dictionary &) = delete;
    Dictionary &operator=(const Dictionary &) = delete;

    void set(const char *key, const std::string &value) { av_dict_set(&entries_, key, value.c_str(), 0); }
    AVDictionary **address() { return &entries_; }
    /// The first key that is left after a call has taken those that it knows; empty: none.
    std::string firstKey() const;

private:
    AVDictionary *entries_ = nullptr;
};

/// Sends libav's log to the spdlog logger "media", if the program has made one, at level debug; nothing goes
/// to standard error. Cheap to call again.
void routeLog();

/// The path as libav's file protocol takes it; a colon in a name does not start another protocol.
std::string url(const std::filesystem::path &file);

/// "<what>: <libav's words for the code>." Corrupt for invalid data, else Unsupported.
Error error(std::string_view what, int code);
/// The same of a file that cannot be read, written, ...; the operating system's codes as systemError() says
/// them.
Error fileError(std::string_view verb, const std::filesystem::path &file, int code);

/// Opens a file for reading and finds its streams. Files only: nothing in it can make libav open a network
/// address.
Result<InputPtr> openInput(const std::filesystem::path &file);

/// The first video stream of `input`.
Result<AVStream *> videoStream(AVFormatContext &input, const std::filesystem::path &file);

} // namespace fastcar::libav
