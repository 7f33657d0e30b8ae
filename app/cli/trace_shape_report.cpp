// SPDX-License-Identifier: Apache-2.0
#include "app/cli/trace_shape_report.h"

#include "app/cli/report.h"

#include <spdlog/fmt/fmt.h>

namespace fastcar::cli {

void addShape(nlohmann::ordered_json &document, const TraceShape &shape)
{
    document["layers"] = shape.layers;
    document["rows"] = shape.rows;
    document["videos"] = shape.videos;
    document["depth"] = shape.depth;
    document["stride"] = shape.stride;
    document["grid"] = {shape.gridHeight, shape.gridWidth};
    document["frames"] = shape.frames;
}

void printShape(const TraceShape &shape)
{
    printLine(fmt::format("shape     {}, {} of {}, {} of {}x{} positions, {} codes each",
                          counted(shape.layers, "layer"), counted(shape.rows, "row"),
                          counted(shape.videos, "video"), counted(shape.frames, "frame"), shape.gridHeight,
                          shape.gridWidth, shape.depth));
}

void printContinuations(const RunSettings &settings)
{
    for (const Continuation &continuation : settings.continued)
        printLine(fmt::format("went on   on {} from step {}", continuation.device, continuation.step));
}

double ceilingOf(const TraceShape &shape)
{
    return ReplayStatistics::ceiling(shape.frames, shape.stride);
}

} // namespace fastcar::cli
