// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/card_design.h"

#include <array>
#include <cmath>

namespace fastcar::fpga {

namespace {

/// A module as yosys mapped it for the configuration AcceleratorShape{}, in version 1 of the design.
constexpr DesignNeeds core{.lut = 3289, .ff = 2794, .dsp = 64, .bram36 = 46};
constexpr DesignNeeds collector{.lut = 6058, .ff = 1169, .dsp = 24, .bram36 = 32};
constexpr DesignNeeds scheduler{.lut = 179, .ff = 276, .dsp = 0, .bram36 = 0};
constexpr DesignNeeds vectorUnit{.lut = 21656, .ff = 8700, .dsp = 180, .bram36 = 107.5};
constexpr DesignNeeds attention{.lut = 12057, .ff = 7175, .dsp = 150, .bram36 = 1};
constexpr DesignNeeds sequencer{.lut = 15772, .ff = 4577, .dsp = 17, .bram36 = 8.5};
constexpr DesignNeeds reader{.lut = 130, .ff = 85, .dsp = 0, .bram36 = 0};
constexpr DesignNeeds writer{.lut = 41, .ff = 28, .dsp = 0, .bram36 = 0};

/// `count` of a module whose logic is `logic` times that of the mapped one, and whose memory `memory` times.
void add(DesignNeeds &sum, const DesignNeeds &module, double count, double logic, double memory)
{
    sum.lut += count * logic * module.lut;
    sum.ff += count * logic * module.ff;
    sum.dsp += count * logic * module.dsp;
    sum.bram36 += count * memory * module.bram36;
}

} // namespace

DesignNeeds needsOf(const AcceleratorShape &shape)
{
    const AcceleratorShape mapped;
    const auto times = [](double now, double then) { return now / then; };
    const double rows = times(shape.card.rows, mapped.card.rows);
    const double heads = times(shape.maxHeadDim, mapped.maxHeadDim);
    DesignNeeds sum;
    add(sum, core, shape.card.cores, times(shape.card.lanes, mapped.card.lanes),
        rows * times(shape.maxColumns, mapped.maxColumns));
    add(sum, collector, 1, 1, times(shape.maxOutputs, mapped.maxOutputs));
    add(sum, scheduler, 1, 1, 1);
    add(sum, vectorUnit, 1, 1,
        rows * times(shape.maxHidden + shape.maxOutputs, mapped.maxHidden + mapped.maxOutputs));
    // A unit takes 64 numbers of a head a cycle, however many it has.
    add(sum, attention, shape.card.ports, 1, times(shape.maxPositions, mapped.maxPositions));
    add(sum, sequencer, 1, 1, rows * heads * times(shape.maxHeads, mapped.maxHeads));
    add(sum, reader, shape.card.ports + 2, 1, 1);
    add(sum, writer, shape.card.ports, 1, 1);
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
