// SPDX-License-Identifier: Apache-2.0
#include "engine/quality/picture_comparison.h"

#include "engine/quality/frame_difference.h"
#include "engine/quality/structural_similarity.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>

namespace fastcar {

namespace {

bool sameSize(const Frame &a, const Frame &b)
{
    return a.width == b.width && a.height == b.height;
}

} // namespace

Result<void> PictureComparison::add(SharedFrame a, SharedFrame b)
{
    if (!sameSize(*a, *b))
        return Error{ErrorKind::BadInput,
                     "The pictures have different sizes: A has " + sizeText(*a) + " pixels and B " +
                         sizeText(*b) + ". Write both with the same --scale and to the same kind of file."};
    if (a_ && !sameSize(*a_, *a))
        return Error{ErrorKind::Unsupported, "The pictures change their size from " + sizeText(*a_) + " to " +
                                                 sizeText(*a) + " pixels in the course of the video."};
    const FrameDifference difference = frameDifference(*a, *b);
    FrameQuality quality;
    quality.psnr = peakSignalToNoise(difference.meanSquared);
    quality.ssim = structuralSimilarity(*a, *b);
    quality.drift = difference.meanAbsolute;
    if (a_)
        quality.flicker =
            Flicker{frameDifference(*a_, *a).meanAbsolute, frameDifference(*b_, *b).meanAbsolute};
    meanSquaredSum_ += difference.meanSquared;
    frames_.push_back(quality);
    a_ = std::move(a);
    b_ = std::move(b);
    return {};
}

int PictureComparison::equalFrames() const
{
    return static_cast<int>(
        std::ranges::count_if(frames_, [](const FrameQuality &frame) { return std::isinf(frame.psnr); }));
}

double PictureComparison::psnr() const
{
    assert(!frames_.empty());
    return peakSignalToNoise(meanSquaredSum_ / static_cast<double>(frames_.size()));
}

double PictureComparison::ssim() const
{
    return mean(&FrameQuality::ssim);
}

double PictureComparison::drift() const
{
    return mean(&FrameQuality::drift);
}

double PictureComparison::mean(double FrameQuality::*value) const
{
    assert(!frames_.empty());
    double sum = 0.0;
    for (const FrameQuality &frame : frames_)
        sum += frame.*value;
    return sum / static_cast<double>(frames_.size());
}

std::optional<Flicker> PictureComparison::flicker() const
{
    if (frames_.size() < 2)
        return std::nullopt;
    Flicker sum;
    for (const FrameQuality &frame : frames_) {
        sum.a += frame.flicker ? frame.flicker->a : 0.0;
        sum.b += frame.flicker ? frame.flicker->b : 0.0;
    }
    const auto changes = static_cast<double>(frames_.size() - 1);
    return Flicker{sum.a / changes, sum.b / changes};
}

} // namespace fastcar
