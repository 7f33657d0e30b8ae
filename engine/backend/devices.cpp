// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/devices.h"

#include "engine/backend/cpu/cpu_backbone.h"
#include "engine/backend/cpu/vec8.h"
#include "engine/backend/machine_memory.h"
#include "engine/backend/thread_pool.h"

#include <algorithm>
#include <optional>
#include <thread>

namespace fastcar {

namespace {

std::string describeCpu()
{
    const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
    std::string text = std::to_string(cores) + (cores == 1 ? " core, " : " cores, ");
    text += FASTCAR_AVX2 ? "AVX2" : "portable kernels";
    if (const std::optional<MachineMemory> memory = machineMemory())
        text += ", " + bytesForPeople(memory->totalBytes);
    return text;
}

std::vector<DeviceKind> &registered()
{
    static std::vector<DeviceKind> kinds;
    return kinds;
}

/// "fpga:1" is the second device of the kind "fpga".
std::string_view kindOf(std::string_view device)
{
    return device.substr(0, device.find(':'));
}

std::string names(const std::vector<DeviceInfo> &devices, bool usable)
{
    std::string text;
    for (const DeviceInfo &device : devices)
        if (device.usable == usable)
            text += (text.empty() ? "\"" : ", \"") + device.name + "\"";
    return text;
}

} // namespace

void registerDevice(DeviceKind kind)
{
    std::erase_if(registered(), [&](const DeviceKind &known) { return known.info.name == kind.info.name; });
    registered().push_back(std::move(kind));
}

std::vector<DeviceInfo> listDevices()
{
    std::vector<DeviceInfo> devices{
        {.name = "cpu", .description = describeCpu(), .usable = true, .whyNot = ""},
        {.name = "vulkan",
         .description = "a graphics card through Vulkan",
         .usable = false,
         .whyNot = "Decoding on a graphics card is not part of this version."},
        {.name = "fpga",
         .description = "an accelerator card through XRT",
         .usable = false,
         .whyNot = "Decoding on an accelerator card is not part of this version."},
        {.name = "fpga-emulated",
         .description = "the accelerator's circuit, simulated cycle by cycle",
         .usable = false,
         .whyNot = "The emulated accelerator is not part of this version."},
        {.name = "fpga-modelled",
         .description = "the accelerator's arithmetic and cycle model in software",
         .usable = false,
         .whyNot = "The modelled accelerator is not part of this version."},
    };
    for (const DeviceKind &kind : registered()) {
        const auto known = std::find_if(devices.begin(), devices.end(), [&](const DeviceInfo &device) {
            return device.name == kind.info.name;
        });
        if (known != devices.end())
            *known = kind.info;
        else
            devices.push_back(kind.info);
    }
    return devices;
}

Result<void> checkDevice(std::string_view device)
{
    const std::vector<DeviceInfo> devices = listDevices();
    const std::string_view kind = kindOf(device);
    const auto known = std::ranges::find(devices, kind, &DeviceInfo::name);
    if (known == devices.end() || (kind == "cpu" && device != kind))
        return Error{.kind = ErrorKind::BadInput,
                     .message = "There is no device \"" + std::string(device) +
                                "\". Usable here: " + names(devices, true) +
                                "; known but not usable in this version: " + names(devices, false) + "."};
    if (!known->usable)
        return Error{.kind = ErrorKind::Unsupported,
                     .message = "The device \"" + std::string(device) + "\" cannot be used: " +
                                known->whyNot + " Usable here: " + names(devices, true) + "."};
    return {};
}

CardSensors readSensors(std::string_view device)
{
    for (const DeviceKind &known : registered())
        if (known.info.name == kindOf(device) && known.info.usable && known.sensors)
            return known.sensors(device);
    return {};
}

Result<std::unique_ptr<Backbone>>
createBackbone(std::string_view device, std::shared_ptr<const Checkpoint> checkpoint, ThreadPool &pool)
{
    if (auto usable = checkDevice(device); !usable)
        return usable.error();
    for (const DeviceKind &known : registered())
        if (known.info.name == kindOf(device))
            return known.create(device, std::move(checkpoint), pool);
    return std::unique_ptr<Backbone>(std::make_unique<cpu::CpuBackbone>(std::move(checkpoint), pool));
}

} // namespace fastcar
