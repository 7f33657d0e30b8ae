// SPDX-License-Identifier: Apache-2.0
//
// The end of a simulated circuit. In a build that counts which lines of the circuits are passed through
// (FASTCAR_RTL_COVERAGE), it leaves a file of its counts in the folder $FASTCAR_COVERAGE_FOLDER.
#pragma once

#ifdef FASTCAR_RTL_COVERAGE
#include <verilated_cov.h>

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <string>
#endif

namespace fastcar::fpga {

/// Before either is destroyed.
template <typename Model, typename Context>
void finish(Model &circuit, [[maybe_unused]] Context &context)
{
    circuit.final();
#ifdef FASTCAR_RTL_COVERAGE
    static std::atomic<int> number{0};
    if (const char *const folder = std::getenv("FASTCAR_COVERAGE_FOLDER"))
        context.coveragep()->write((std::string(folder) + "/" + std::to_string(getpid()) + "-" +
                                    circuit.modelName() + std::to_string(number++) + ".dat")
                                       .c_str());
#endif
}

} // namespace fastcar::fpga
