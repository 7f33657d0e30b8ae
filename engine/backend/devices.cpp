// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/devices.h"

#include "engine/backend/cpu/cpu_backbone.h"
#include "engine/backend/cpu/simd_level.h"
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
    text += cpu::nameForPeople(cpu::simdLevel());
    if (const std::optional<MachineMemory> memory = machineMemory())
        text += ", " + bytesForPeople(memory->totalBytes);
    return text;
}

/// The processor, by how it holds the backbone's weights, and its keys and values.
struct CpuDevice {
    std::string_view name;
    std::string_view numbers; // for people
    std::optional<NarrowFormat> narrow = std::nullopt;
    DType cache = DType::F32;
};
constexpr CpuDevice cpuDevices[] = {
    {.name = "cpu", .numbers = "weights as they are stored"},
    {.name = "cpu:f16", .numbers = "weights as they are stored, keys and values in f16", .cache = DType::F16},
    {.name = "cpu:int8",
     .numbers = "weights, keys and values in 8 bits",
     .narrow = NarrowFormat::Int8,
     .cache = DType::I8},
    {.name = "cpu:int4",
     .numbers = "weights in 4 bits, keys and values in 8",
     .narrow = NarrowFormat::Int4,
     .cache = DType::I8},
};

const CpuDevice *cpuDevice(std::string_view name)
{
    const auto found = std::ranges::find(cpuDevices, name, &CpuDevice::name);
    return found != std::end(cpuDevices) ? &*found : nullptr;
}

/// What is stored in one narrow format is not quantised again into another.
Result<void> checkFormat(std::string_view device, const Checkpoint &checkpoint)
{
    const std::optional<NarrowFormat> wanted = cpuDevice(device)->narrow;
    for (const LinearWeights *matrix : matricesOf(checkpoint.weights().backbone))
        if (wanted && matrix->narrow && matrix->narrow.format != *wanted)
            return Error{.kind = ErrorKind::BadInput,
                         .message = "The model in " + checkpoint.folder().string() + " is stored in " +
                                    name(matrix->narrow.format) + ", which the device \"" + std::string(device) +
                                    "\" cannot use: run it on \"cpu\", which takes weights as they are stored."};
    return {};
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
    std::vector<DeviceInfo> devices;
    for (const CpuDevice &cpu : cpuDevices)
        devices.push_back({.name = std::string(cpu.name),
                           .description = describeCpu() + ", " + std::string(cpu.numbers),
                           .usable = true,
                           .whyNot = ""});
    const std::vector<DeviceInfo> others{
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
    devices.insert(devices.end(), others.begin(), others.end());
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
    if (known == devices.end() || (kind == "cpu" && !cpuDevice(device)))
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

std::optional<NarrowFormat> weightFormat(std::string_view device)
{
    const CpuDevice *const cpu = cpuDevice(device);
    return cpu ? cpu->narrow : std::nullopt;
}

DType cacheType(std::string_view device)
{
    const CpuDevice *const cpu = cpuDevice(device);
    return cpu ? cpu->cache : DType::F32;
}

DType cacheType(std::string_view device, const Checkpoint &checkpoint)
{
    const CpuDevice *const cpu = cpuDevice(device);
    if (!cpu)
        return cacheType(device);
    const auto stored = matricesOf(checkpoint.weights().backbone);
    const bool narrow =
        cpu->narrow || std::ranges::any_of(stored, [](const LinearWeights *of) { return bool(of->narrow); });
    return cpu::CpuBackbone::cacheTypeOf(cpu->cache, narrow, checkpoint.config().backbone);
}

std::string defaultDevice(const ModelDefaults &model)
{
    return !model.device.empty() && checkDevice(model.device) ? model.device : "cpu";
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
    if (auto fits = checkFormat(device, *checkpoint); !fits)
        return fits.error();
    const ModelConfig &config = checkpoint->config();
    return std::unique_ptr<Backbone>(std::make_unique<cpu::CpuBackbone>(
        cpu::CpuBackbone::Model{.config = config.backbone,
                                .stride = config.stride(),
                                .parameters = cpu::parametersOf(checkpoint, cpuDevice(device)->narrow, pool),
                                .device = std::string(device),
                                .cache = cacheType(device)},
        pool));
}

} // namespace fastcar
