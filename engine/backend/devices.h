// SPDX-License-Identifier: Apache-2.0
//
// The devices that a person can pick, by the names that they have everywhere: "cpu", "vulkan[:n]",
// "fpga[:n]", "fpga-emulated", "fpga-modelled".
#pragma once

#include "engine/backend/backbone.h"
#include "engine/backend/card_sensors.h"
#include "engine/base/result.h"
#include "engine/checkpoint/checkpoint.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fastcar {

class ThreadPool;

struct DeviceInfo {
    std::string name;        // what --device takes
    std::string description; // "2 cores, AVX2, 24 GB"
    bool usable = false;
    std::string whyNot; // a sentence, if it is not usable
};

/// A device that lives outside of the engine: how it is described, and how its backbone is made.
struct DeviceKind {
    DeviceInfo info;
    std::function<Result<std::unique_ptr<Backbone>>(
        std::string_view device, std::shared_ptr<const Checkpoint> checkpoint, ThreadPool &pool)>
        create;
    std::function<CardSensors(std::string_view device)> sensors; // empty: it has none
};

/// Puts a device in the place of the one of its name, or behind the others. At a program's start, before any
/// other thread runs.
void registerDevice(DeviceKind kind);

/// Every device that this build knows, those that cannot be used here with the reason.
std::vector<DeviceInfo> listDevices();

/// Is there a device of this name that can be used here? Errors tell what can.
Result<void> checkDevice(std::string_view device);

/// In how many bits the device holds the matrices of backbone and depth transformer ("cpu:int8"); nothing: as they are
/// stored, or a device that takes care of it itself.
std::optional<NarrowFormat> weightFormat(std::string_view device);

/// In what the processor keeps keys and values: f16 on "cpu:f16", 8 bits where it holds weights in so few, else f32.
DType cacheType(std::string_view device);
/// The same of a model, whose file may hold its matrices in so few bits itself.
DType cacheType(std::string_view device, const Checkpoint &checkpoint);

/// What a run goes to where nobody says: what the model's maker recommends, if that can be used here, else "cpu".
std::string defaultDevice(const ModelDefaults &model);

/// What the device's sensors say now; nothing where it has none or cannot be used. Takes some milliseconds.
CardSensors readSensors(std::string_view device);

/// A backbone that runs `checkpoint` on `device`. `pool` outlives it; CPU work is spread over its threads.
Result<std::unique_ptr<Backbone>>
createBackbone(std::string_view device, std::shared_ptr<const Checkpoint> checkpoint, ThreadPool &pool);

} // namespace fastcar
