// SPDX-License-Identifier: Apache-2.0
#include "fpga/host/fpga_devices.h"

#include "engine/backend/devices.h"
#include "fpga/host/accelerator_backbone.h"
#include "fpga/host/modelled_card.h"

namespace fastcar::fpga {

namespace {

Result<std::unique_ptr<Backbone>>
createModelled(std::string_view, std::shared_ptr<const Checkpoint> checkpoint, ThreadPool &pool)
{
    const ModelConfig &config = checkpoint->config();
    const auto model = std::make_shared<const QuantisedModel>(
        QuantisedModel::of(config.backbone, config.stride(), checkpoint->weights().backbone));
    return std::unique_ptr<Backbone>(std::make_unique<AcceleratorBackbone>(
        model, std::make_unique<ModelledCard>(model, CardShape{}, pool)));
}

} // namespace

void registerFpgaDevices()
{
    registerDevice({.info = {.name = "fpga-modelled",
                             .description = "the accelerator's arithmetic, bit for bit, in software",
                             .usable = true,
                             .whyNot = ""},
                    .create = createModelled});
}

} // namespace fastcar::fpga
