// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/instruction_labels.h"

#include "fpga/timing/instruction.h"

#include <algorithm>
#include <array>

namespace fastcar::fpga {

namespace {

using Work = CardSpan::Work;

constexpr std::array products{Work::Qkv, Work::Output, Work::GateUp, Work::Down};

/// How far a half of the rows has come.
struct Progress {
    int layer = -1;
    std::size_t started = products.size(); // products of the layer
};

} // namespace

std::vector<InstructionLabel> labelsOf(std::span<const Beat> program)
{
    std::vector<InstructionLabel> labels;
    std::vector<std::size_t> streams; // instructions: products use them in their order
    std::array<Progress, 2> halves;
    const bool separate = std::any_of(program.begin(), program.end(), [](const Beat &beat) {
        const Instruction instruction{beat};
        return instruction.operation() == Operation::Multiply && instruction.rows().half == Half::Second;
    });
    std::size_t streamed = 0;
    int gates = 0;
    for (const Beat &beat : program) {
        const Instruction instruction{beat};
        const Half half = instruction.rows().half;
        // A program for all rows together has no second half but in HEADS and ATTEND.
        Progress &progress = halves[half == Half::Second && separate ? 1 : 0];
        InstructionLabel label{.layer = progress.layer};
        switch (instruction.operation()) {
        case Operation::Load:
            label.layer = 0;
            break;
        case Operation::Norm:
            // A layer begins with the first norm behind the last product of the one before.
            if (progress.started == products.size()) {
                progress = {.layer = progress.layer + 1, .started = 0};
                label.layer = progress.layer;
            }
            label.work = Work::Norm;
            break;
        case Operation::Stream:
            streams.push_back(labels.size());
            break;
        case Operation::Multiply:
            label.work = products[progress.started++];
            labels[streams[streamed++]] = label;
            break;
        case Operation::Heads:
            label.work = Work::Heads;
            break;
        case Operation::Attend:
        case Operation::Score:
            label.work = Work::Attention;
            break;
        case Operation::Gate:
            label = {.work = Work::Gate, .layer = gates++};
            break;
        case Operation::Quantise:
            label.work = Work::Output;
            break;
        case Operation::Silu:
            label.work = Work::Silu;
            break;
        case Operation::Add:
            label.work = Work::Add;
            break;
        case Operation::Replay:
            label.work = Work::Replay;
            break;
        case Operation::Final:
            label.work = Work::Final;
            break;
        case Operation::Wait:
        case Operation::End:
            break;
        }
        labels.push_back(label);
    }
    return labels;
}

} // namespace fastcar::fpga
