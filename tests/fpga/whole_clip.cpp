// SPDX-License-Identifier: Apache-2.0
//
// A whole clip of the default model on the emulated card: the kernel's counters of every step, and the cycle
// model's. It takes a minute or two: cmake --build --preset ci --target fastcar_whole_clip
#include "engine/backend/devices.h"
#include "engine/checkpoint/default_model.h"
#include "engine/decode/generation.h"
#include "fpga/host/accelerator_backbone.h"
#include "fpga/host/accelerator_card.h"
#include "fpga/host/emulation.h"
#include "fpga/host/xrt_link.h"
#include "fpga/timing/step_timing.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <optional>

using namespace fastcar;
using namespace fastcar::fpga;

namespace {

constexpr const char *device = "fpga-emulated";
constexpr StreamTiming emulatedMemory{.latency = 40, .cyclesPerBeat = 1};

struct Tally {
    int steps = 0, different = 0;
    std::int64_t cycles = 0, replayed = 0;
    double modelSeconds = 0.0;
} tally;

/// Another card and the cycle model beside it.
class CheckedCard final : public Card {
public:
    CheckedCard(std::shared_ptr<const QuantisedModel> model, const AcceleratorShape &shape,
                std::unique_ptr<Card> card)
        : outline_(QuantisedModel::outline(model->config, model->stride))
        , shape_(shape)
        , card_(std::move(card))
    {
    }

    std::string name() const override { return card_->name(); }
    int maxRows() const override { return card_->maxRows(); }
    Result<void> begin(int sequences, int positions) override
    {
        Result<StepProgram> program = StepProgram::of(outline_, shape_, sequences, positions);
        if (!program)
            return program.error();
        timing_.emplace(*program, shape_, emulatedMemory);
        return card_->begin(sequences, positions);
    }
    Result<CardReport> run(const CardStep &step) override
    {
        Result<CardReport> report = card_->run(step);
        if (!report)
            return report;
        const auto began = std::chrono::steady_clock::now();
        const Result<StepTimes> modelled = timing_->time(step, report->replays, false);
        if (!modelled)
            return modelled.error();
        tally.modelSeconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
        ++tally.steps;
        tally.cycles += report->counters->cycles;
        tally.replayed += report->counters->rowsReplayed;
        if (*report->counters != modelled->counters) {
            ++tally.different;
            std::printf("step %d differs: %lld cycles on the card, %lld in the model\n", tally.steps,
                        static_cast<long long>(report->counters->cycles),
                        static_cast<long long>(modelled->counters.cycles));
        }
        return report;
    }

private:
    QuantisedModel outline_;
    AcceleratorShape shape_;
    std::unique_ptr<Card> card_;
    std::optional<StepModel> timing_;
};

Result<std::unique_ptr<Backbone>> createChecked(std::string_view,
                                                std::shared_ptr<const Checkpoint> checkpoint, ThreadPool &)
{
    const std::filesystem::path folder = emulationFolder();
    if (Result<void> entered = enterEmulation(folder); !entered)
        return entered.error();
    const ModelConfig &config = checkpoint->config();
    auto model = std::make_shared<const QuantisedModel>(
        QuantisedModel::of(config.backbone, config.stride(), checkpoint->weights().backbone));
    const AcceleratorShape shape;
    Result<std::unique_ptr<CardLink>> link =
        openXrt({.device = device, .index = 0, .xclbin = folder / "fastcar.xclbin", .shape = shape});
    if (!link)
        return link.error();
    auto card = std::make_unique<AcceleratorCard>(model, shape, std::move(*link));
    auto checked = std::make_unique<CheckedCard>(model, shape, std::move(card));
    return std::unique_ptr<Backbone>(
        std::make_unique<AcceleratorBackbone>(std::move(model), std::move(checked)));
}

struct Deaf final : RunSink {
    void onEvent(const Event &) override {}
};

} // namespace

int main()
{
    registerDevice({.info = {.name = device, .description = "emulated", .usable = true, .whyNot = ""},
                    .create = createChecked});
    const Result<Model> model = Model::open(defaultModelFolder());
    if (!model) {
        std::cerr << model.error().message << "\n";
        return EXIT_FAILURE;
    }
    RunSettings settings;
    settings.prompt = "a small red circle moving right";
    settings.modelFolder = defaultModelFolder().string();
    settings.device = device;
    // Some rows above, some below, in every layer.
    settings.replay.thresholds.assign(static_cast<std::size_t>(model->checkpoint->config().backbone.layers),
                                      0.0f);
    ThreadPool pool(1);
    Deaf sink;
    RunControl control;
    const Result<GenerationResult> clip = generate(*model, settings, pool, sink, control, {.pixels = false});
    if (!clip || clip->failure) {
        std::cerr << (clip ? *clip->failure : clip.error()).message << "\n";
        return EXIT_FAILURE;
    }
    std::printf(
        "%d steps, %lld cycles, %lld rows of layers replayed; counters differ in %d steps; the model took "
        "%.1f ms a step\n",
        tally.steps, static_cast<long long>(tally.cycles), static_cast<long long>(tally.replayed),
        tally.different, 1e3 * tally.modelSeconds / std::max(tally.steps, 1));
    return tally.different == 0 && tally.steps > 0 && tally.replayed > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
