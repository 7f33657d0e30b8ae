// SPDX-License-Identifier: Apache-2.0
#include "engine/trace/decision_pyramid.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

namespace fastcar {

namespace {

/// Of the finest stretches: 40 bytes for 16 outcomes, and as much again for all levels above them.
constexpr int finestBits = 4;

constexpr std::int32_t longestCounted = std::numeric_limits<std::uint16_t>::max();

/// The largest k with 2^k <= steps; -1 for none.
int bitsOf(std::int64_t steps)
{
    return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(steps))) - 1;
}

} // namespace

void DecisionSummary::add(LayerOutcome outcome, std::int32_t chain)
{
    ++steps;
    eligible += outcome.decision != Decision::NotEligible;
    replayed += outcome.decision == Decision::Replayed;
    longestChain = std::max(longestChain, chain);
    if (std::isfinite(outcome.tas)) {
        ++scored;
        lowestTas = std::min(lowestTas, outcome.tas);
        highestTas = std::max(highestTas, outcome.tas);
        sumOfTas += static_cast<double>(outcome.tas);
    }
}

DecisionSummary &DecisionSummary::operator+=(const DecisionSummary &other)
{
    steps += other.steps;
    eligible += other.eligible;
    replayed += other.replayed;
    scored += other.scored;
    lowestTas = std::min(lowestTas, other.lowestTas);
    highestTas = std::max(highestTas, other.highestTas);
    sumOfTas += other.sumOfTas;
    longestChain = std::max(longestChain, other.longestChain);
    return *this;
}

DecisionPyramid::DecisionPyramid(const TraceShape &shape)
    : shape_(shape)
{
}

std::size_t DecisionPyramid::tracks() const
{
    return static_cast<std::size_t>(shape_.layers) * static_cast<std::size_t>(shape_.rows);
}

int DecisionPyramid::coarsestBits() const
{
    return finestBits + static_cast<int>(levels_.size()) - 1;
}

std::size_t DecisionPyramid::track(int layer, int row) const
{
    assert(layer >= 0 && layer < shape_.layers && row >= 0 && row < shape_.rows);
    return static_cast<std::size_t>(layer) * static_cast<std::size_t>(shape_.rows) +
           static_cast<std::size_t>(row);
}

void DecisionPyramid::append(const Trace &trace)
{
    assert(trace.shape() == shape_ && trace.steps() >= steps_);
    if (trace.steps() == steps_)
        return;
    const auto firstChanged = static_cast<std::size_t>(steps_ >> finestBits);
    if (levels_.empty())
        levels_.emplace_back();
    for (; steps_ < trace.steps(); ++steps_)
        takeStep(trace);
    mergeUpwards(firstChanged);
}

void DecisionPyramid::takeStep(const Trace &trace)
{
    const auto step = static_cast<std::size_t>(steps_);
    const std::span<const LayerOutcome> outcomes = trace.outcomes(steps_).all();
    chains_.resize((step + 1) * tracks());
    std::uint16_t *const chains = chains_.data() + step * tracks();
    const std::uint16_t *const frameBefore =
        steps_ >= shape_.stride ? chains - static_cast<std::size_t>(shape_.stride) * tracks() : nullptr;
    const std::size_t stretch = step >> finestBits;
    levels_.front().resize((stretch + 1) * tracks());
    DecisionSummary *const summaries = levels_.front().data() + stretch * tracks();
    for (std::size_t track = 0; track < tracks(); ++track) {
        std::int32_t chain = 0;
        if (outcomes[track].decision == Decision::Replayed)
            chain = std::min(longestCounted, (frameBefore ? frameBefore[track] : 0) + 1);
        chains[track] = static_cast<std::uint16_t>(chain);
        summaries[track].add(outcomes[track], chain);
    }
}

void DecisionPyramid::mergeUpwards(std::size_t firstChanged)
{
    for (std::size_t level = 1;; ++level) {
        const std::size_t children = levels_[level - 1].size() / tracks();
        if (children <= 1)
            return;
        if (levels_.size() == level)
            levels_.emplace_back();
        firstChanged /= 2;
        const std::size_t parents = (children + 1) / 2;
        levels_[level].resize(parents * tracks());
        const Stretches &below = levels_[level - 1];
        for (std::size_t parent = firstChanged; parent < parents; ++parent) {
            for (std::size_t track = 0; track < tracks(); ++track) {
                DecisionSummary sum = below[2 * parent * tracks() + track];
                if (2 * parent + 1 < children)
                    sum += below[(2 * parent + 1) * tracks() + track];
                levels_[level][parent * tracks() + track] = sum;
            }
        }
    }
}

int DecisionPyramid::chain(int step, int layer, int row) const
{
    assert(step >= 0 && step < steps_);
    return chains_[static_cast<std::size_t>(step) * tracks() + track(layer, row)];
}

void DecisionPyramid::addSteps(DecisionSummary &sum, const Trace &trace, StepRange range, int layer,
                               int row) const
{
    for (int step = range.begin; step < range.end; ++step)
        sum.add(trace.outcome(step, layer, row), chain(step, layer, row));
}

/// The steps of `range` that are here: `step(at)` of single ones, `stretch(summaries)` of the longest
/// stretches that the pyramid holds, [layer, row].
template <typename Step, typename Stretch>
void DecisionPyramid::walk(StepRange range, Step step, Stretch stretch) const
{
    int at = std::clamp(range.begin, 0, steps_);
    const int end = std::clamp(range.end, at, steps_);
    while (at < end) {
        // The longest stretch that begins here and does not reach past the end.
        const int aligned =
            at == 0 ? std::numeric_limits<int>::digits : std::countr_zero(static_cast<unsigned>(at));
        const int bits = std::min({aligned, bitsOf(end - at), coarsestBits()});
        if (bits < finestBits) {
            step(at);
            ++at;
        } else {
            const Stretches &level = levels_[static_cast<std::size_t>(bits - finestBits)];
            stretch(level.data() + static_cast<std::size_t>(at >> bits) * tracks());
            at += 1 << bits;
        }
    }
}

DecisionSummary DecisionPyramid::over(const Trace &trace, StepRange range, int layer, int row) const
{
    const std::size_t place = track(layer, row);
    DecisionSummary sum;
    walk(
        range,
        [&](int step) {
            addSteps(sum, trace, {step, step + 1}, layer, row);
        },
        [&](const DecisionSummary *summaries) { sum += summaries[place]; });
    return sum;
}

void DecisionPyramid::shares(const Trace &trace, StepRange range, std::span<const std::size_t> tracks,
                             std::span<DecisionShares> of) const
{
    assert(tracks.size() == of.size());
    std::ranges::fill(of, DecisionShares{});
    walk(
        range,
        [&](int step) {
            const LayerOutcome *const outcomes = trace.outcomes(step).all().data();
            const std::uint16_t *const chains =
                chains_.data() + static_cast<std::size_t>(step) * this->tracks();
            for (std::size_t i = 0; i < tracks.size(); ++i) {
                const Decision decision = outcomes[tracks[i]].decision;
                ++of[i].steps;
                of[i].replayed += decision == Decision::Replayed;
                of[i].computed += decision == Decision::Computed;
                of[i].longestChain = std::max<std::int32_t>(of[i].longestChain, chains[tracks[i]]);
            }
        },
        [&](const DecisionSummary *summaries) {
            for (std::size_t i = 0; i < tracks.size(); ++i) {
                const DecisionSummary &sum = summaries[tracks[i]];
                of[i].steps += sum.steps;
                of[i].replayed += sum.replayed;
                of[i].computed += sum.computed();
                of[i].longestChain = std::max(of[i].longestChain, sum.longestChain);
            }
        });
}

void DecisionPyramid::fill(const Trace &trace, StepRange range, int layer, int row,
                           std::span<DecisionSummary> pixels) const
{
    assert(range.begin >= 0 && range.end >= range.begin);
    std::ranges::fill(pixels, DecisionSummary{});
    const auto count = static_cast<std::int64_t>(pixels.size());
    const std::int64_t length = range.end - range.begin;
    if (length == 0 || steps_ == 0 || count == 0)
        return;
    const std::size_t place = track(layer, row);
    const auto edge = [&](std::int64_t pixel) {
        return range.begin + static_cast<int>(pixel * length / count);
    };
    const int bits = std::min(bitsOf(length / count), coarsestBits());
    for (std::int64_t pixel = 0; pixel < count; ++pixel) {
        DecisionSummary &sum = pixels[static_cast<std::size_t>(pixel)];
        const int begin = std::min(edge(pixel), steps_);
        if (bits < finestBits) {
            const int end = std::max(edge(pixel) + 1, edge(pixel + 1));
            addSteps(sum, trace, {begin, std::min(end, steps_)}, layer, row);
            continue;
        }
        const Stretches &level = levels_[static_cast<std::size_t>(bits - finestBits)];
        const int width = 1 << bits;
        // The last pixel takes the stretch that the range ends in, too.
        const int end = pixel + 1 == count ? range.end + width - 1 : edge(pixel + 1);
        const std::size_t last = std::min(level.size() / tracks(), static_cast<std::size_t>(end / width));
        for (auto stretch = static_cast<std::size_t>(edge(pixel) / width); stretch < last; ++stretch)
            sum += level[stretch * tracks() + place];
    }
}

} // namespace fastcar
