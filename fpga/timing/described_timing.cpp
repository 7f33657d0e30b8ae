// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/described_timing.h"

#include "fpga/timing/card_energy.h"
#include "fpga/timing/card_fit.h"
#include "fpga/timing/step_timing.h"

#include <algorithm>
#include <map>
#include <optional>

namespace fastcar::fpga {

namespace {

CardInfo infoOf(const CardDescription &card, const AcceleratorShape &shape)
{
    return {.name = card.name,
            .title = card.title,
            .clockHz = card.design.clockHz.value,
            .cores = shape.card.cores,
            .lanes = shape.card.lanes,
            .ports = shape.card.ports,
            .rows = shape.card.rows,
            .assumed = card.assumed()};
}

class DescribedTiming final : public CardTiming {
public:
    DescribedTiming(CardDescription card, const AcceleratorShape &shape, ModelConfig model)
        : description_(std::move(card))
        , info_(infoOf(description_, shape))
        , shape_(shape)
        , model_(std::move(model))
    {
    }

    const CardInfo &card() const override { return info_; }

    Result<StepTiming> time(const StepQuery &step, bool withSpans) override
    {
        if (step.position < 0 || step.earlier < (step.measured ? 0 : step.earlier) ||
            step.earlier > step.position)
            return Error{.kind = ErrorKind::BadInput,
                         .message = "There is no step of position " + std::to_string(step.position) +
                                    " that looks at position " + std::to_string(step.earlier) + "."};
        const Result<const StepModel *> timing = timingOf(step.rows, step.position);
        if (!timing)
            return timing.error();
        std::vector<RowDescriptor> rows;
        for (int r = 0; r < step.rows; ++r)
            rows.push_back({.sequence = r,
                            .position = step.position,
                            .slot = step.position % model_.stride(),
                            .earlier = step.measured ? step.earlier : 0,
                            .partner = r,
                            .measured = step.measured,
                            .stores = true,
                            .wanted = true});
        CardStep asked;
        asked.rows = rows;
        asked.rotatedQuery = step.policy.definition == TasDefinition::Paper;
        asked.attention = step.attention;
        asked.drs = step.policy.drs;
        Result<StepTimes> times = (*timing)->time(asked, step.replays, withSpans);
        if (!times)
            return times.error();
        StepTiming result;
        result.seconds = static_cast<double>(times->counters.cycles) / info_.clockHz;
        result.energy = energyOf(description_, times->counters);
        result.counters = std::move(times->counters);
        result.spans = std::move(times->spans);
        return result;
    }

private:
    /// A program's caches are laid out for a number of rows and of positions: at least those of a whole
    /// video.
    Result<const StepModel *> timingOf(int rows, int position)
    {
        if (rows < 1 || rows > shape_.card.rows)
            return Error{.kind = ErrorKind::BadInput,
                         .message = "The card \"" + info_.name + "\" takes 1 to " +
                                    std::to_string(shape_.card.rows) + " rows, but there are " +
                                    std::to_string(rows) + "."};
        Compiled &compiled = compiled_[rows];
        if (!compiled.timing || position >= compiled.positions) {
            const int positions = std::max(GenerationSize::of(model_).positions, position + 1);
            const Result<StepProgram> program =
                programFor(description_, shape_, model_, {.rows = rows, .positions = positions});
            if (!program)
                return program.error();
            compiled.positions = positions;
            compiled.timing.emplace(*program, shape_, description_.stream());
        }
        return &*compiled.timing;
    }

    struct Compiled {
        int positions = 0;
        std::optional<StepModel> timing;
    };

    CardDescription description_;
    CardInfo info_;
    AcceleratorShape shape_;
    ModelConfig model_;
    std::map<int, Compiled> compiled_; // by rows
};

} // namespace

CardTimings describedTimings()
{
    CardTimings timings;
    for (const CardDescription &card : describedCards())
        if (const Result<AcceleratorShape> shape = shapeOf(card))
            timings.cards.push_back(infoOf(card, *shape));
    timings.create = [](std::string_view name,
                        const ModelConfig &model) -> Result<std::unique_ptr<CardTiming>> {
        Result<CardDescription> card = findCard(name);
        if (!card)
            return card.error();
        const Result<AcceleratorShape> shape = shapeOf(*card);
        if (!shape)
            return shape.error();
        if (const auto fits = programFor(*card, *shape, model, GenerationSize::of(model)); !fits)
            return fits.error();
        return std::unique_ptr<CardTiming>(
            std::make_unique<DescribedTiming>(std::move(*card), *shape, model));
    };
    return timings;
}

} // namespace fastcar::fpga
