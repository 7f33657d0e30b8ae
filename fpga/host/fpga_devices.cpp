// SPDX-License-Identifier: Apache-2.0
#include "fpga/host/fpga_devices.h"

#include "engine/backend/devices.h"
#include "fpga/host/accelerator_backbone.h"
#include "fpga/host/accelerator_card.h"
#include "fpga/host/design_shape.h"
#include "fpga/host/emulation.h"
#include "fpga/host/modelled_card.h"
#include "fpga/host/xrt_link.h"
#include "fpga/timing/described_timing.h"

#include <charconv>
#include <cstdlib>
#include <system_error>

namespace fastcar::fpga {

namespace {

using Created = Result<std::unique_ptr<Backbone>>;

std::shared_ptr<const QuantisedModel> quantised(const Checkpoint &checkpoint)
{
    const ModelConfig &config = checkpoint.config();
    return std::make_shared<const QuantisedModel>(
        QuantisedModel::of(config.backbone, config.stride(), checkpoint.weights().backbone));
}

Created createModelled(std::string_view, std::shared_ptr<const Checkpoint> checkpoint, ThreadPool &pool)
{
    auto model = quantised(*checkpoint);
    auto card = std::make_unique<ModelledCard>(model, CardShape{}, pool);
    return std::unique_ptr<Backbone>(
        std::make_unique<AcceleratorBackbone>(std::move(model), std::move(card)));
}

Created createOnCard(const XrtPlace &place, const Checkpoint &checkpoint)
{
    auto model = quantised(checkpoint);
    // A model that is too large is refused before the card is opened.
    if (const auto fits = StepProgram::of(*model, place.shape, 1, 1); !fits)
        return fits.error();
    Result<std::unique_ptr<CardLink>> link = openXrt(place);
    if (!link)
        return link.error();
    auto card = std::make_unique<AcceleratorCard>(model, place.shape, std::move(*link));
    return std::unique_ptr<Backbone>(
        std::make_unique<AcceleratorBackbone>(std::move(model), std::move(card)));
}

Created createEmulated(std::string_view device, std::shared_ptr<const Checkpoint> checkpoint, ThreadPool &)
{
    const std::filesystem::path folder = emulationFolder();
    if (folder.empty())
        return Error{.kind = ErrorKind::Unsupported, .message = "The emulated card was not built."};
    if (Result<void> entered = enterEmulation(folder); !entered)
        return entered.error();
    return createOnCard(
        {.device = std::string(device), .index = 0, .xclbin = folder / "fastcar.xclbin", .shape = {}},
        *checkpoint);
}

/// "fpga:1" is the second card.
unsigned indexOf(std::string_view device)
{
    unsigned index = 0;
    if (const std::size_t colon = device.find(':'); colon != std::string_view::npos)
        std::from_chars(device.data() + colon + 1, device.data() + device.size(), index);
    return index;
}

CardSensors sensorsOfReal(std::string_view device)
{
    return enterCards() ? readXrtSensors(indexOf(device)) : CardSensors{};
}

Created createReal(std::string_view device, std::shared_ptr<const Checkpoint> checkpoint, ThreadPool &)
{
    const char *const xclbin = std::getenv("FASTCAR_XCLBIN");
    if (!xclbin)
        return Error{.kind = ErrorKind::Unsupported,
                     .message =
                         "The environment variable FASTCAR_XCLBIN must name the design that is loaded onto "
                         "the card (a file .xclbin); docs/real_cards.md tells how it is made."};
    if (Result<void> entered = enterCards(); !entered)
        return entered.error();
    const Result<AcceleratorShape> shape = designShape(xclbin);
    if (!shape)
        return shape.error();
    return createOnCard(
        {.device = std::string(device), .index = indexOf(device), .xclbin = xclbin, .shape = *shape},
        *checkpoint);
}

/// Whether the kernel's driver has a card, without asking XRT, which could then not be told to emulate.
bool cardIsThere()
{
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator("/sys/bus/pci/drivers/xocl", error))
        if (entry.path().filename().string().starts_with("0000:"))
            return true;
    return false;
}

} // namespace

void registerFpgaDevices()
{
    registerCardTimings(describedTimings());
    const bool card = cardIsThere();
    registerDevice(
        {.info = {.name = "fpga",
                  .description = "an accelerator card through XRT",
                  .usable = card,
                  .whyNot = card ? "" : "This machine has no card that XRT's driver (xocl) knows."},
         .create = createReal,
         .sensors = sensorsOfReal});
    const bool emulated = !emulationFolder().empty();
    registerDevice(
        {.info = {.name = "fpga-emulated",
                  .description = "the accelerator's circuit, simulated cycle by cycle behind XRT",
                  .usable = emulated,
                  .whyNot = emulated ? "" : "It was not built: that takes verilator and libxrt-dev."},
         .create = createEmulated,
         .sensors = {}});
    registerDevice({.info = {.name = "fpga-modelled",
                             .description = "the accelerator's arithmetic, bit for bit, in software",
                             .usable = true,
                             .whyNot = ""},
                    .create = createModelled,
                    .sensors = {}});
}

} // namespace fastcar::fpga
