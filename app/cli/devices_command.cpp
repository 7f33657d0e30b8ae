// SPDX-License-Identifier: Apache-2.0
//
// `fastcar devices`: where a model can run.
#include "app/cli/command.h"
#include "app/cli/exit_status.h"
#include "app/cli/report.h"
#include "engine/backend/devices.h"

#include <CLI/CLI.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>

namespace fastcar::cli {

namespace {

void printDevicesJson(const std::vector<DeviceInfo> &devices)
{
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const DeviceInfo &device : devices)
        list.push_back({{"name", device.name},
                        {"description", device.description},
                        {"usable", device.usable},
                        {"why_not", device.whyNot},
                        {"sensors", toJsonValue(readSensors(device.name))}});
    printJson({{"devices", std::move(list)}});
}

void printDevices(const std::vector<DeviceInfo> &devices)
{
    std::size_t width = 0;
    for (const DeviceInfo &device : devices)
        width = std::max(width, device.name.size());
    for (const DeviceInfo &device : devices) {
        printLine(fmt::format("{:{}}  {}  {}", device.name, width, device.usable ? "usable  " : "unusable",
                              device.description));
        if (!device.usable)
            printLine(fmt::format("{:{}}            {}", "", width, device.whyNot));
        if (const CardSensors sensors = readSensors(device.name); sensors.any())
            printLine(fmt::format("{:{}}            {}", "", width, sensorsLine(sensors)));
    }
}

} // namespace

Command makeDevicesCommand(CLI::App &program)
{
    const auto json = std::make_shared<bool>(false);
    CLI::App *parser = program.add_subcommand("devices", "List the devices that a model can run on");
    parser->add_flag("--json", *json, "Print one JSON document on standard output");
    parser->footer("Example: fastcar devices --json");
    return {parser, [json] {
                if (*json)
                    printDevicesJson(listDevices());
                else
                    printDevices(listDevices());
                return done;
            }};
}

} // namespace fastcar::cli
