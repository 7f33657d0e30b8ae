// SPDX-License-Identifier: Apache-2.0
#include "engine/library/run_folder.h"

#include "engine/base/file_bytes.h"
#include "engine/base/pending_file.h"
#include "engine/media/plain_png.h"
#include "engine/media/video_file.h"

#include <algorithm>
#include <cstdio>
#include <span>

namespace fastcar {

namespace {

constexpr int posterSide = 256; // the longer one, at the most

/// Each pixel the mean of a square of `factor` by `factor`.
Frame shrunk(const Frame &frame, int factor)
{
    Frame small{.width = frame.width / factor, .height = frame.height / factor, .rgb = {}};
    small.rgb.reserve(static_cast<std::size_t>(small.width) * static_cast<std::size_t>(small.height) * 3);
    for (int y = 0; y < small.height; ++y)
        for (int x = 0; x < small.width; ++x)
            for (int channel = 0; channel < 3; ++channel) {
                int sum = 0;
                for (int dy = 0; dy < factor; ++dy)
                    for (int dx = 0; dx < factor; ++dx)
                        sum += frame.rgb[static_cast<std::size_t>(
                            ((y * factor + dy) * frame.width + x * factor + dx) * 3 + channel)];
                small.rgb.push_back(
                    static_cast<std::uint8_t>((sum + factor * factor / 2) / (factor * factor)));
            }
    return small;
}

/// While the run goes: it makes its pictures again if they are lost.
Result<void> writePicture(const std::filesystem::path &file, const SharedFrame &picture)
{
    auto pending = PendingFile::create(file);
    if (!pending)
        return pending.error();
    const std::vector<std::uint8_t> png = plainPng(*picture);
    if (auto written = pending->write(std::as_bytes(std::span(png))); !written)
        return written;
    return pending->commitSoon();
}

} // namespace

std::filesystem::path runsFolder(const std::filesystem::path &library)
{
    return library / "runs";
}

RunFolder::RunFolder(const std::filesystem::path &library, RunId id)
    : path_(runsFolder(library) / std::to_string(id))
{
}

std::filesystem::path RunFolder::frame(int video, int frame) const
{
    char name[40];
    std::snprintf(name, sizeof name, "%d-%04d.png", video + 1, frame + 1);
    return path_ / "frames" / name;
}

Result<void> RunFolder::create() const
{
    std::error_code failed;
    std::filesystem::create_directories(path_ / "frames", failed);
    if (failed)
        return systemError("make the folder", path_, failed.value());
    return {};
}

Result<void> RunFolder::writeFrame(int video, int frame, const SharedFrame &picture) const
{
    const std::filesystem::path file = this->frame(video, frame);
    std::error_code missing;
    const bool there = std::filesystem::file_size(file, missing) > 0 && !missing; // empty: a power cut
    return there ? Result<void>() : writePicture(file, picture);
}

Result<void> RunFolder::writePoster(const SharedFrame &picture) const
{
    const int factor = (std::max(picture->width, picture->height) + posterSide - 1) / posterSide;
    if (factor <= 1)
        return writePicture(poster(), picture);
    return writePicture(poster(), std::make_shared<const Frame>(shrunk(*picture, factor)));
}

int RunFolder::wholeFrames(int video) const
{
    int whole = 0;
    std::error_code ignored;
    while (std::filesystem::exists(frame(video, whole), ignored))
        ++whole;
    return whole;
}

Result<SharedFrame> RunFolder::readFrame(int video, int frame) const
{
    auto pictures = readVideo(this->frame(video, frame));
    if (!pictures)
        return pictures.error();
    return std::move(pictures->front());
}

std::vector<SharedFrame> RunFolder::readFrames(int video) const
{
    std::vector<SharedFrame> pictures;
    for (int index = 0, whole = wholeFrames(video); index < whole; ++index) {
        auto picture = readFrame(video, index);
        if (!picture)
            break;
        pictures.push_back(std::move(*picture));
    }
    return pictures;
}

std::int64_t RunFolder::bytes() const
{
    std::int64_t sum = 0;
    std::error_code failed;
    for (std::filesystem::recursive_directory_iterator entry(path_, failed), end; !failed && entry != end;
         entry.increment(failed)) {
        std::error_code gone; // a file may be renamed meanwhile
        if (const auto size = entry->is_regular_file(gone) ? entry->file_size(gone) : 0; !gone)
            sum += static_cast<std::int64_t>(size);
    }
    return sum;
}

} // namespace fastcar
