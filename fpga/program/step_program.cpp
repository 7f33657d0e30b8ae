// SPDX-License-Identifier: Apache-2.0
#include "fpga/program/step_program.h"

#include "fpga/arithmetic/rope.h"
#include "fpga/program/schedule_writer.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace fastcar::fpga {

namespace {

constexpr std::uint32_t alignment = 16; // beats: bursts end at 1 KiB

/// Hands out places at the ports and fills them.
class Memory {
public:
    /// `outline`: places alone, no bytes.
    Memory(int ports, bool outline)
        : outline_(outline)
        , images_(static_cast<std::size_t>(ports))
        , next_(static_cast<std::size_t>(ports))
    {
    }

    /// The same place at every port.
    std::uint32_t everywhere(std::uint64_t beats)
    {
        const std::uint32_t place = *std::max_element(next_.begin(), next_.end());
        for (std::uint32_t &next : next_)
            next = rounded(place + beats);
        return place;
    }
    std::uint32_t atFirst(std::uint64_t beats)
    {
        const std::uint32_t place = next_[0];
        next_[0] = rounded(place + beats);
        return place;
    }
    void fill(std::size_t port, std::uint32_t place, std::span<const std::byte> bytes)
    {
        if (outline_)
            return;
        std::vector<std::byte> &image = images_[port];
        const std::size_t begin = std::size_t{place} * beatBytes;
        if (image.size() < begin + bytes.size())
            image.resize(begin + bytes.size());
        std::copy(bytes.begin(), bytes.end(), image.begin() + static_cast<std::ptrdiff_t>(begin));
    }
    std::uint32_t atFirst(std::span<const std::byte> bytes)
    {
        const std::uint32_t place = atFirst((bytes.size() + beatBytes - 1) / beatBytes);
        fill(0, place, bytes);
        return place;
    }
    std::uint32_t matrix(const QuantisedMatrix &matrix, const CardShape &shape)
    {
        const auto beats = MatrixLayout::of(matrix.rows, matrix.columns, shape).beats();
        const std::uint32_t place = everywhere(static_cast<std::uint64_t>(beats / shape.ports));
        for (int port = 0; port < shape.ports && !outline_; ++port)
            fill(static_cast<std::size_t>(port), place, portImage(matrix, shape, port));
        return place;
    }
    std::vector<std::vector<std::byte>> takeImages() { return std::move(images_); }
    std::vector<std::uint64_t> bytes() const
    {
        std::vector<std::uint64_t> bytes;
        for (const std::uint32_t next : next_)
            bytes.push_back(std::uint64_t{next} * beatBytes);
        return bytes;
    }

private:
    static std::uint32_t rounded(std::uint64_t beats)
    {
        return static_cast<std::uint32_t>((beats + alignment - 1) / alignment * alignment);
    }
    bool outline_;
    std::vector<std::vector<std::byte>> images_;
    std::vector<std::uint32_t> next_;
};

template <typename T>
std::vector<std::byte> bytesOf(std::span<const T> values)
{
    const auto bytes = std::as_bytes(values);
    return {bytes.begin(), bytes.end()};
}

std::vector<std::byte> turnsOf(const RopeTable &table, int positions, const HeadCounts &counts)
{
    const std::size_t stride = static_cast<std::size_t>(counts.turnBeats()) * beatBytes;
    std::vector<std::byte> bytes(static_cast<std::size_t>(positions) * stride);
    for (int p = 0; p < positions; ++p) {
        const auto turns = std::as_bytes(table.at(p));
        std::copy(turns.begin(), turns.end(),
                  bytes.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(p) * stride));
    }
    return bytes;
}

Result<void> fits(const BackboneConfig &config, const AcceleratorShape &shape, int sequences, int positions)
{
    struct Limit {
        const char *what;
        int needed, has;
    };
    const int outputs =
        std::max((config.heads + 2 * config.kvHeads) * config.headDim, 2 * config.intermediate);
    const int columns = std::max({config.hidden, config.intermediate, config.heads * config.headDim});
    for (const Limit &limit : {Limit{"outputs of a matrix", outputs, shape.maxOutputs},
                               Limit{"columns of a matrix", columns, shape.maxColumns},
                               Limit{"numbers in the residual stream", config.hidden, shape.maxHidden},
                               Limit{"query heads", config.heads, shape.maxHeads},
                               Limit{"numbers in a head", config.headDim, shape.maxHeadDim},
                               Limit{"positions", positions, shape.maxPositions},
                               Limit{"rows in flight", sequences, shape.card.rows}})
        if (limit.needed > limit.has)
            return Error{.kind = ErrorKind::Unsupported,
                         .message = "The model does not fit this accelerator: it needs " +
                                    std::to_string(limit.needed) + " " + limit.what + ", and there are " +
                                    std::to_string(limit.has) + "."};
    if (config.hidden % 16 || config.intermediate % 8 || config.headDim % 16)
        return Error{.kind = ErrorKind::Unsupported,
                     .message =
                         "The accelerator takes widths that are multiples of 16 (of 8 in the MLP), but "
                         "the model has " +
                         std::to_string(config.hidden) + ", " + std::to_string(config.intermediate) +
                         " and heads of " + std::to_string(config.headDim) + "."};
    return {};
}

} // namespace

Result<StepProgram> StepProgram::of(const QuantisedModel &model, const AcceleratorShape &shape, int sequences,
                                    int positions)
{
    const BackboneConfig &config = model.config;
    if (Result<void> fit = fits(config, shape, sequences, positions); !fit)
        return fit.error();
    const CardShape &card = shape.card;
    const HeadCounts counts{.heads = config.heads, .kvHeads = config.kvHeads, .headDim = config.headDim};
    const auto rowBeats = static_cast<std::uint64_t>(config.hidden / 16);
    const auto regions =
        static_cast<std::uint64_t>((sequences * config.kvHeads + card.ports - 1) / card.ports);

    // What is constant comes first, so that the images are no longer than they must be.
    StepProgram program;
    Memory memory(card.ports, model.isOutline());
    ModelPlaces modelPlaces;
    std::vector<LayerPlaces> &layers = modelPlaces.layers;
    for (const QuantisedLayer &layer : model.layers)
        layers.push_back(
            {.inputNorm = memory.atFirst(bytesOf<std::int16_t>(layer.inputNorm.weights)),
             .postAttentionNorm = memory.atFirst(bytesOf<std::int16_t>(layer.postAttentionNorm.weights)),
             .queryKeyValue = memory.matrix(layer.queryKeyValue, card),
             .output = memory.matrix(layer.output, card),
             .gateUp = memory.matrix(layer.gateUp, card),
             .down = memory.matrix(layer.down, card),
             .mlpCache = 0,
             .cache = {}});
    modelPlaces.finalNorm = memory.atFirst(bytesOf<std::int16_t>(model.finalNorm.weights));
    RunPlaces &places = program.places;
    places.turns = memory.atFirst(turnsOf(
        RopeTable(positions, config.headDim, config.ropeTheta, config.ropeScaling), positions, counts));
    program.header = memory.atFirst(1);
    places.rows = memory.atFirst(8);
    places.thresholds = memory.atFirst(static_cast<std::uint64_t>(config.layers + 7) / 8);
    places.outcome = memory.atFirst(3 * static_cast<std::uint64_t>(config.layers));
    places.input = memory.atFirst(static_cast<std::uint64_t>(card.rows) * rowBeats);
    places.hidden = memory.atFirst(static_cast<std::uint64_t>(card.rows) * rowBeats);
    for (LayerPlaces &layer : layers) {
        layer.mlpCache = memory.atFirst(static_cast<std::uint64_t>(sequences) *
                                        static_cast<std::uint64_t>(model.stride) * rowBeats);
        layer.cache = {.beat = 0, .positions = positions, .positionBeats = counts.positionBeats()};
        layer.cache.beat = memory.everywhere(regions * layer.cache.regionBeats());
    }

    program.instructions = scheduleOf(model, modelPlaces, card, RowOrder::Together);
    places.programBeats = static_cast<int>(program.instructions.size());
    const std::vector<Beat> halves = scheduleOf(model, modelPlaces, card, RowOrder::Halves);
    program.instructions.insert(program.instructions.end(), halves.begin(), halves.end());
    places.program = memory.atFirst(program.instructions.size());
    program.bytes = memory.bytes();
    program.images = memory.takeImages();
    return program;
}

RunPlaces StepProgram::placesOf(RowOrder order) const
{
    RunPlaces run = places;
    if (order == RowOrder::Halves) {
        run.program += static_cast<std::uint32_t>(places.programBeats);
        run.programBeats = static_cast<int>(instructions.size()) - places.programBeats;
    }
    return run;
}

} // namespace fastcar::fpga
