// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/vector_timing.h"

namespace fastcar::fpga {

namespace {

// From the last read of a pass to the end of its results, by pass (`drain_q`).
constexpr Cycle largestDrain = 4, productDrain = 6, siluDrain = 10, rotateDrain = 8, fixDrain = 5,
                quantiseDrain = 5, addDrain = 2;
// From a pass's end to the first cycle of the pass that uses what the scalar units made of it.
constexpr Cycle factorCycles = 20; // fc_quantiser
constexpr Cycle rootCycles = 37;   // fc_reciprocal_root
// From when a word is read to where it leaves.
constexpr Cycle fixStages = 4, addStages = 1;

/// The last cycle of a pass that begins in `begin`.
constexpr Cycle passEnd(Cycle begin, int reads, Cycle drain)
{
    return begin + reads - 1 + drain;
}

/// A vector was measured until `end`; it is quantised.
constexpr Cycle quantisedEnd(Cycle end, int words)
{
    return passEnd(end + factorCycles, words, quantiseDrain);
}

/// RMSNorm's values are made.
constexpr Cycle productEnd(Cycle begin, int words)
{
    return passEnd(passEnd(begin, words, largestDrain) + 1, words, productDrain);
}

} // namespace

Cycle vectorDone(VectorOperation operation, int words, Cycle accepted)
{
    const Cycle begin = accepted + 1;
    switch (operation) {
    case VectorOperation::Norm: {
        const Cycle product = productEnd(begin, words);
        return std::max(quantisedEnd(product, words) + 1, product + rootCycles) + 2;
    }
    case VectorOperation::Final:
        return passEnd(productEnd(begin, words) + rootCycles + 1, words, fixDrain) + 1;
    case VectorOperation::Silu:
        return quantisedEnd(passEnd(begin, 2 * words, siluDrain), words) + 2;
    case VectorOperation::Quantise:
    case VectorOperation::Head:
        return quantisedEnd(passEnd(begin, words, largestDrain), words) + 2;
    case VectorOperation::RotatedHead:
        return quantisedEnd(passEnd(begin, words, rotateDrain), words) + 2;
    case VectorOperation::Add:
        return passEnd(begin, words, addDrain) + 1;
    case VectorOperation::Load:
    case VectorOperation::Replay:
        break;
    }
    return never; // when memory has given its words
}

Cycle streamedDone(Cycle lastRead)
{
    return lastRead + addDrain + 1;
}

Cycle wordLeaves(VectorOperation operation, int words, Cycle accepted, int index)
{
    const Cycle begin = accepted + 1;
    if (operation == VectorOperation::Final)
        return productEnd(begin, words) + rootCycles + 1 + index + fixStages;
    return begin + index + addStages;
}

} // namespace fastcar::fpga
