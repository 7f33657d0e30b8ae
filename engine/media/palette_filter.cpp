// SPDX-License-Identifier: Apache-2.0
#include "engine/media/palette_filter.h"

#include <cerrno>

namespace fastcar {

namespace {

// No colour is kept for transparency; error diffusion stays within what changed between frames, so that still
// parts of a picture do not swim.
constexpr const char *paletteGraph = "[in]split[a][b];[a]palettegen=reserve_transparent=0[p];"
                                     "[b][p]paletteuse=dither=sierra2_4a:diff_mode=rectangle[out]";

struct FilterEnds {
    AVFilterInOut *in = avfilter_inout_alloc();
    AVFilterInOut *out = avfilter_inout_alloc();
    ~FilterEnds()
    {
        avfilter_inout_free(&in);
        avfilter_inout_free(&out);
    }
};

Error failed(int code)
{
    return libav::error("The colours of the animation could not be chosen", code);
}

} // namespace

Result<PaletteFilter> PaletteFilter::create(int width, int height)
{
    PaletteFilter filter;
    filter.graph_.reset(avfilter_graph_alloc());
    FilterEnds ends;
    if (!filter.graph_ || !ends.in || !ends.out)
        return failed(AVERROR(ENOMEM));
    const std::string size = "video_size=" + std::to_string(width) + "x" + std::to_string(height) +
                             ":pix_fmt=rgb24:time_base=1/1:pixel_aspect=1/1";
    AVFilterGraph *graph = filter.graph_.get();
    int code = avfilter_graph_create_filter(&filter.source_, avfilter_get_by_name("buffer"), "source",
                                            size.c_str(), nullptr, graph);
    if (code >= 0)
        code = avfilter_graph_create_filter(&filter.sink_, avfilter_get_by_name("buffersink"), "sink",
                                            nullptr, nullptr, graph);
    if (code < 0)
        return failed(code);
    // Named from the graph's side: what it reads is our source's output.
    ends.out->name = av_strdup("in");
    ends.out->filter_ctx = filter.source_;
    ends.in->name = av_strdup("out");
    ends.in->filter_ctx = filter.sink_;
    code = avfilter_graph_parse_ptr(graph, paletteGraph, &ends.in, &ends.out, nullptr);
    if (code >= 0)
        code = avfilter_graph_config(graph, nullptr);
    if (code < 0)
        return failed(code);
    return filter;
}

Result<void> PaletteFilter::push(libav::FramePtr frame)
{
    frame->pts = pushed_++;
    const int code = av_buffersrc_add_frame(source_, frame.get());
    return code < 0 ? Result<void>(failed(code)) : Result<void>();
}

Result<void> PaletteFilter::end()
{
    const int code = av_buffersrc_add_frame(source_, nullptr);
    return code < 0 ? Result<void>(failed(code)) : Result<void>();
}

Result<libav::FramePtr> PaletteFilter::pull()
{
    libav::FramePtr frame(av_frame_alloc());
    if (!frame)
        return failed(AVERROR(ENOMEM));
    const int code = av_buffersink_get_frame(sink_, frame.get());
    if (code == AVERROR_EOF)
        return libav::FramePtr();
    if (code < 0)
        return failed(code);
    return frame;
}

} // namespace fastcar
