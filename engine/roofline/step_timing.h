// SPDX-License-Identifier: Apache-2.0
//
// Decode steps of a backbone, timed: at a context, for one or two rows, with any share of the layers
// replaying, beside plain reading in the same run.
#pragma once

#include "engine/backend/cpu/cpu_backbone.h"
#include "engine/roofline/far_read.h"
#include "engine/roofline/kernel_times.h"
#include "engine/roofline/measurement.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace fastcar::roofline {

struct TimedStep {
    BackboneConfig config;
    std::shared_ptr<const cpu::BackboneParameters> parameters;
    DType cache = DType::F32; // of keys and values
    int rows = 2;
    int context = 512; // positions behind the step
    int steps = 15;
    double skipped = 0.0; // share of the layers whose MLP every row replays
    bool kernels = false; // time each kernel, in as many steps more
};

struct StepTiming {
    Measurement seconds;
    Measurement gigabytesRead; // plain reading, a second, before and after each step
    Measurement readMeanwhile; // bytes that plain reading would have read in the step's time
    std::uint64_t weightBytes = 0;
    std::uint64_t cacheBytes = 0; // keys, values and replayed outputs that a step reads
    double multiplyAdds = 0.0;
    int layersSkipped = 0;
    struct Layer {
        Measurement attention, mlp; // seconds
        std::uint64_t attentionBytes = 0, mlpBytes = 0;
    };
    std::vector<Layer> layers;
    /// Of all steps in which kernels were timed: wall time, and what each kernel took of it on each thread.
    double secondsWithKernels = 0.0;
    std::vector<KernelTime> kernels;

    void add(const StepReport &report, double secondsOfStep, double reading);
    double bytes() const { return static_cast<double>(weightBytes + cacheBytes); }
    /// Bytes of weights a second, as a share of plain reading beside the same step.
    double shareOfReading() const { return static_cast<double>(weightBytes) / readMeanwhile.median(); }
    /// The same with all that is read.
    double shareOfReadingAll() const { return bytes() / readMeanwhile.median(); }
};

/// Errors: more positions or memory than there are.
Result<StepTiming> timeSteps(const TimedStep &step, ThreadPool &pool, const FarRead &plain);

} // namespace fastcar::roofline
