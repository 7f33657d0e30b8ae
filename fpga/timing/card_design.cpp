// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/card_design.h"

#include <array>
#include <cmath>
#include <string_view>

namespace fastcar::fpga {

namespace {

using Measure = double (*)(const AcceleratorShape &);

double same(const AcceleratorShape &)
{
    return 1.0;
}

/// A module of the circuit: how many there are, and what its logic and its memories grow with.
struct Module {
    std::string_view name;
    Measure count;
    Measure logic = same;
    Measure memory = same;
    Measure kind = same; // tells mappings apart, and nothing is scaled by it
};

constexpr std::array modules{
    Module{.name = "fc_core",
           .count = [](const AcceleratorShape &s) -> double { return s.card.cores; },
           .logic = [](const AcceleratorShape &s) -> double { return s.card.lanes; },
           .memory = [](const AcceleratorShape &s) -> double { return s.card.rows * s.maxColumns; }},
    Module{.name = "fc_collector",
           .count = same,
           .memory = [](const AcceleratorShape &s) -> double { return s.maxOutputs; },
           .kind = [](const AcceleratorShape &s) -> double { return s.card.ports; }},
    Module{.name = "fc_drs", .count = same},
    Module{.name = "fc_vector",
           .count = same,
           .memory = [](const AcceleratorShape &s) -> double {
               return s.card.rows * (s.maxHidden + s.maxOutputs);
           }},
    // A unit takes 64 numbers of a head a cycle, however many it has.
    Module{.name = "fc_attend",
           .count = [](const AcceleratorShape &s) -> double { return s.card.ports; },
           .memory = [](const AcceleratorShape &s) -> double { return s.maxPositions; },
           .kind = [](const AcceleratorShape &s) -> double { return s.maxHeadDim; }},
    Module{
        .name = "fc_sequencer",
        .count = same,
        .memory = [](const AcceleratorShape &s) -> double { return s.card.rows * s.maxHeads * s.maxHeadDim; },
        .kind = [](const AcceleratorShape &s) -> double { return s.card.ports; }},
    Module{.name = "fc_port_reader",
           .count = [](const AcceleratorShape &s) -> double { return s.card.ports + 2; }},
    Module{.name = "fc_port_writer",
           .count = [](const AcceleratorShape &s) -> double { return s.card.ports; },
           .kind = [](const AcceleratorShape &s) -> double { return s.maxHidden; }},
    Module{.name = "fc_read_mux", .count = [](const AcceleratorShape &s) -> double { return s.card.ports; }},
    Module{.name = "fc_control",
           .count = same,
           .logic = [](const AcceleratorShape &s) -> double { return s.card.ports; }},
    Module{.name = "fc_counters",
           .count = same,
           .logic = [](const AcceleratorShape &s) -> double { return s.card.cores + s.card.ports; }},
};

/// How far `shape` is from the mapped one, as far as the module is concerned: doublings and halvings.
double distance(const Module &module, const AcceleratorShape &shape, const AcceleratorShape &mapped)
{
    double sum = 0.0;
    for (const Measure measure : {module.logic, module.memory, module.kind})
        sum += std::abs(std::log2(measure(shape) / measure(mapped)));
    return sum;
}

/// Null: never mapped.
const MappedModule *nearest(const Module &module, const AcceleratorShape &shape)
{
    const MappedModule *best = nullptr;
    for (const MappedModule &mapped : mappedModules())
        if (mapped.name == module.name &&
            (best == nullptr || distance(module, shape, mapped.shape) < distance(module, shape, best->shape)))
            best = &mapped;
    return best;
}

} // namespace

DesignNeeds needsOf(const AcceleratorShape &shape)
{
    DesignNeeds sum;
    for (const Module &module : modules) {
        const MappedModule *const mapped = nearest(module, shape);
        if (mapped == nullptr)
            continue;
        const double count = module.count(shape);
        const double logic = count * module.logic(shape) / module.logic(mapped->shape);
        const double memory = count * module.memory(shape) / module.memory(mapped->shape);
        sum.lut += logic * mapped->takes.lut;
        sum.ff += logic * mapped->takes.ff;
        sum.dsp += logic * mapped->takes.dsp;
        sum.bram36 += memory * mapped->takes.bram36;
    }
    return sum;
}

Result<AcceleratorShape> shapeOf(const CardDescription &card)
{
    AcceleratorShape shape = card.shapeOfOneCore();
    struct Resource {
        const char *name;
        double DesignNeeds::*needed;
        double has;
    };
    const double share = card.design.filling.value;
    const std::array resources{
        Resource{"LUTs", &DesignNeeds::lut, share * card.part.lut.value},
        Resource{"registers", &DesignNeeds::ff, share * card.part.ff.value},
        Resource{"DSPs", &DesignNeeds::dsp, share * card.part.dsp.value},
        Resource{"blocks of RAM", &DesignNeeds::bram36,
                 share * (card.part.bram36.value + 8 * card.part.uram.value)},
    };
    const auto lacking = [&](const AcceleratorShape &candidate) -> const Resource * {
        const DesignNeeds needs = needsOf(candidate);
        for (const Resource &resource : resources)
            if (needs.*resource.needed > resource.has)
                return &resource;
        return nullptr;
    };
    if (card.design.cores)
        shape.card.cores = static_cast<int>(card.design.cores->value);
    if (const Resource *const lacks = lacking(shape))
        return Error{.kind = ErrorKind::Unsupported,
                     .message = "The design does not fit the card \"" + card.name + "\": with " +
                                std::to_string(shape.card.cores) + " cores it takes " +
                                std::to_string(std::lround(needsOf(shape).*lacks->needed)) + " " +
                                lacks->name + ", and " + std::to_string(std::lround(lacks->has)) +
                                " may be taken."};
    while (!card.design.cores && shape.card.cores < 32) {
        AcceleratorShape more = shape;
        more.card.cores *= 2;
        if (lacking(more))
            break;
        shape = more;
    }
    return shape;
}

} // namespace fastcar::fpga
