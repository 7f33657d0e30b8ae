// SPDX-License-Identifier: Apache-2.0
//
// What `fastcar bench` prints: every figure beside the limit that it is a share of.
#pragma once

#include "engine/roofline/step_timing.h"

#include <string>
#include <vector>

namespace fastcar::cli {

/// The roofline, with so many threads.
struct MachineRates {
    int threads = 1;
    roofline::Measurement reading; // GB/s
    roofline::Measurement floats, bytes; // 1e9 multiply-adds a second, f32 and int8
};

struct BenchRun {
    std::string device;
    int context = 0, threads = 1, rows = 1;
    int skipped = 0; // percent of the layers, as asked for
    roofline::StepTiming timing;
};

struct BenchReport {
    BackboneConfig config;
    std::vector<MachineRates> machine;
    std::vector<BenchRun> runs;
    std::uint64_t peakBytes = 0; // of the process, without what plain reading reads
};

void printBench(const BenchReport &report, bool perLayer);
void printBenchJson(const BenchReport &report);

} // namespace fastcar::cli
