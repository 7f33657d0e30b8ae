// SPDX-License-Identifier: Apache-2.0
#include "engine/quality/run_pictures.h"

#include "engine/media/frame_geometry.h"

namespace fastcar {

namespace {

/// How many squares the picture is, if it can be a strip of the run; a cancelled run has fewer frames than
/// were asked for.
int framesOfStrip(const RecordedRun &run)
{
    const VideoFileInfo &info = *run.video;
    const bool ofFrames = run.pictures.empty() || run.pictures == "overlay";
    if (info.format != "png" || !run.settings || !ofFrames || info.height <= 0 ||
        info.width % info.height != 0)
        return 0;
    const int squares = info.width / info.height;
    return squares <= run.settings->frames ? squares : 0;
}

} // namespace

Result<RunPictures> RunPictures::open(const RecordedRun &run)
{
    auto reader = VideoReader::open(run.file);
    if (!reader)
        return reader.error();
    return RunPictures(std::move(*reader), framesOfStrip(run));
}

Result<SharedFrame> RunPictures::next()
{
    auto frame = framesOfStrip_ > 0 ? nextOfStrip() : reader_.next();
    if (frame && *frame)
        ++frames_;
    return frame;
}

Result<SharedFrame> RunPictures::nextOfStrip()
{
    if (frames_ == framesOfStrip_)
        return SharedFrame();
    if (!strip_) {
        auto picture = reader_.next();
        if (!picture)
            return picture.error();
        strip_ = std::move(*picture);
    }
    return SharedFrame(std::make_shared<const Frame>(cutFromStrip(*strip_, framesOfStrip_, frames_)));
}

} // namespace fastcar
