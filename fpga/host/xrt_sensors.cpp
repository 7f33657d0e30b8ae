// SPDX-License-Identifier: Apache-2.0
#include "fpga/host/xrt_sensors.h"

#include "engine/base/json_document.h"

#include <charconv>

namespace fastcar::fpga {

namespace {

using nlohmann::json;

/// A number, or text that is one, within what a card can be. Nothing where it is neither.
std::optional<double> reading(const json &object, const char *name, double most)
{
    const auto found = object.find(name);
    if (found == object.end())
        return std::nullopt;
    double value = 0.0;
    if (found->is_number()) {
        value = found->get<double>();
    } else if (found->is_string()) {
        const auto &text = found->get_ref<const std::string &>();
        const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (failed != std::errc{} || end != text.data() + text.size())
            return std::nullopt;
    }
    return value > 0.0 && value <= most ? std::optional(value) : std::nullopt;
}

std::string textOf(const json &object, const char *name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

CardSensors sensorsOf(std::string_view electrical, std::string_view thermal)
{
    constexpr double mostWatts = 1000, mostCelsius = 200;
    CardSensors sensors;
    if (const auto power = parseJsonObject(electrical, "XRT's electrical report"))
        sensors.watts = reading(*power, "power_consumption_watts", mostWatts);
    const auto heat = parseJsonObject(thermal, "XRT's thermal report");
    if (!heat || !heat->contains("thermals") || !(*heat)["thermals"].is_array())
        return sensors;
    for (const json &sensor : (*heat)["thermals"]) {
        if (!sensor.is_object() || textOf(sensor, "is_present") == "false")
            continue;
        const auto celsius = reading(sensor, "temp_C", mostCelsius);
        const std::string place = textOf(sensor, "description");
        if (celsius && !place.empty())
            sensors.temperatures.push_back({.place = place, .celsius = *celsius});
    }
    return sensors;
}

} // namespace fastcar::fpga
