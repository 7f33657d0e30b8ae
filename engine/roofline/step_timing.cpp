// SPDX-License-Identifier: Apache-2.0
#include "engine/roofline/step_timing.h"

#include <chrono>
#include <cmath>
#include <limits>
#include <random>

namespace fastcar::roofline {

namespace {

/// The first layers replay whatever they score; the others never do.
ReplayPolicy policyOf(const TimedStep &step, int skipped)
{
    ReplayPolicy policy{.gate = GateMode::All, .thresholds = {}};
    for (int layer = 0; layer < step.config.layers; ++layer)
        policy.thresholds.emplace_back(layer < skipped ? -std::numeric_limits<float>::infinity()
                                                       : std::numeric_limits<float>::infinity());
    return policy;
}

double multiplyAddsOf(const TimedStep &step, int skipped)
{
    const BackboneConfig &c = step.config;
    const double attention = double(c.hidden) * double(c.headDim) * (2.0 * c.heads + 2.0 * c.kvHeads);
    const double mlp = 3.0 * double(c.hidden) * double(c.intermediate);
    const double scores = 2.0 * double(c.heads) * double(c.headDim) * double(step.context + 1);
    return step.rows * (c.layers * (attention + scores) + (c.layers - skipped) * mlp);
}

/// Untimed steps before each timed one: as while decoding, a small model finds in the caches what the steps
/// before left there, not what plain reading left.
int warmUpOf(const TimedStep &timed)
{
    constexpr std::uint64_t mostCached = std::uint64_t{128} << 20; // weights that a last-level cache may hold
    constexpr int enough = 4;
    return timed.parameters->bytes() <= mostCached ? enough : 0;
}

} // namespace

Result<StepTiming> timeSteps(const TimedStep &timed, ThreadPool &pool, const FarRead &plain)
{
    const int skipped = static_cast<int>(std::lround(timed.skipped * timed.config.layers));
    const ReplayPolicy policy = policyOf(timed, skipped);
    BackboneConfig config = timed.config;
    const int warmUp = warmUpOf(timed);
    const int allSteps = (warmUp + (timed.kernels ? 2 : 1)) * timed.steps + 1;
    config.maxPositions = std::max(config.maxPositions, timed.context + allSteps);
    // A stride of one token: all but the first step are eligible.
    cpu::CpuBackbone backbone({.config = config, .stride = 1, .parameters = timed.parameters, .cache = timed.cache}, pool);
    backbone.shareEveryStep();
    const RowLayout layout{.videos = timed.rows == 1 ? 1 : timed.rows / 2, .guided = timed.rows != 1};
    if (auto begun = backbone.begin(layout, timed.context, allSteps); !begun)
        return begun.error();
    for (int row = 0; row < layout.rows(); ++row)
        backbone.fillCaches(row, timed.context);

    std::mt19937 random(2);
    std::vector<float> inputs(static_cast<std::size_t>(layout.rows()) *
                              static_cast<std::size_t>(config.hidden));
    for (float &value : inputs)
        value = static_cast<float>(random() % 2001) / 1000.0f - 1.0f;
    const auto runStep = [&](int step) {
        return backbone.step({.embeddings = {inputs.data(), layout.rows(), config.hidden},
                              .visualToken = step,
                              .policy = &policy});
    };
    StepTiming timing;
    timing.layers.resize(static_cast<std::size_t>(config.layers));
    timing.layersSkipped = skipped;
    timing.multiplyAdds = multiplyAddsOf(timed, skipped);
    int done = 0;                        // steps
    if (auto first = runStep(0); !first) // in which nothing is eligible yet
        return first.error();
    double before = plain.gigabytesPerSecond(pool);
    for (int step = 1; step <= timed.steps; ++step) {
        for (int again = 0; again < warmUp; ++again)
            if (auto warm = runStep(++done); !warm)
                return warm.error();
        const Clock::time_point start = Clock::now();
        const auto report = runStep(++done);
        if (!report)
            return report.error();
        const double seconds = secondsSince(start);
        const double after = plain.gigabytesPerSecond(pool);
        timing.add(*report, seconds, 0.5 * (before + after));
        before = after;
    }
    if (timed.kernels) {
        KernelTimes times;
        const Clock::time_point start = Clock::now();
        for (int step = 0; step < timed.steps; ++step)
            if (auto report = runStep(++done); !report)
                return report.error();
        timing.secondsWithKernels = secondsSince(start);
        timing.kernels = times.take();
    }
    return timing;
}

void StepTiming::add(const StepReport &report, double secondsOfStep, double reading)
{
    seconds.add(secondsOfStep);
    gigabytesRead.add(reading);
    readMeanwhile.add(secondsOfStep * reading * 1e9);
    weightBytes = report.weightBytesRead;
    cacheBytes = report.cacheBytesRead;
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        const LayerCost &cost = report.layers[layer];
        layers[layer].attention.add(1e-9 * static_cast<double>(cost.attentionNs));
        layers[layer].mlp.add(1e-9 * static_cast<double>(cost.mlpNs));
        layers[layer].attentionBytes = cost.attentionBytes;
        layers[layer].mlpBytes = cost.mlpBytes;
    }
}

} // namespace fastcar::roofline
