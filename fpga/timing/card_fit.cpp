// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/card_fit.h"

#include "engine/backend/machine_memory.h"

#include <algorithm>

namespace fastcar::fpga {

GenerationSize GenerationSize::of(const ModelConfig &model)
{
    constexpr int promptTokens = 77;
    return {.rows = 2,
            .positions =
                std::min(model.backbone.maxPositions, model.videoFrames * model.stride() + promptTokens)};
}

Result<StepProgram> programFor(const CardDescription &card, const AcceleratorShape &shape,
                               const ModelConfig &model, const GenerationSize &size)
{
    Result<StepProgram> program = StepProgram::of(QuantisedModel::outline(model.backbone, model.stride()),
                                                  shape, size.rows, size.positions);
    if (!program)
        return program;
    // Port 0 holds more than the others: caches of MLPs, norms, what goes in and out.
    const auto fullest = std::max_element(program->bytes.begin(), program->bytes.end());
    if (*fullest > card.portBytes())
        return Error{.kind = ErrorKind::Unsupported,
                     .message = "The model does not fit the memory of the card \"" + card.name + "\": port " +
                                std::to_string(fullest - program->bytes.begin()) + " needs " +
                                bytesForPeople(*fullest) + " for " + std::to_string(size.rows) + " rows of " +
                                std::to_string(size.positions) + " positions, and has " +
                                bytesForPeople(card.portBytes()) + ": " +
                                bytesForPeople(*fullest - card.portBytes()) + " too little."};
    return program;
}

} // namespace fastcar::fpga
