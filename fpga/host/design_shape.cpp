// SPDX-License-Identifier: Apache-2.0
#include "fpga/host/design_shape.h"

#include <charconv>
#include <fstream>
#include <map>
#include <string>

namespace fastcar::fpga {

namespace {

/// "name = value" a line; other lines say something to people.
std::map<std::string, std::string, std::less<>> settingsOf(std::ifstream &file)
{
    std::map<std::string, std::string, std::less<>> settings;
    const auto trimmed = [](const std::string &text) {
        const std::size_t from = text.find_first_not_of(" \t\r");
        return from == std::string::npos ? std::string()
                                         : text.substr(from, text.find_last_not_of(" \t\r") + 1 - from);
    };
    for (std::string line; std::getline(file, line);)
        if (const std::size_t equals = line.find('='); equals != std::string::npos && line[0] != '#')
            settings[trimmed(line.substr(0, equals))] = trimmed(line.substr(equals + 1));
    return settings;
}

} // namespace

Result<AcceleratorShape> designShape(const std::filesystem::path &xclbin)
{
    const std::filesystem::path path = std::filesystem::path(xclbin).replace_extension(".conf");
    AcceleratorShape shape;
    std::error_code error;
    if (!std::filesystem::exists(path, error))
        return shape;
    std::ifstream file(path);
    const auto settings = settingsOf(file);
    const std::pair<const char *, int *> parameters[] = {
        {"Cores", &shape.card.cores},  {"Lanes", &shape.card.lanes},          {"Ports", &shape.card.ports},
        {"Rows", &shape.card.rows},    {"MaxK", &shape.maxColumns},           {"MaxN", &shape.maxOutputs},
        {"MaxD", &shape.maxHidden},    {"MaxPositions", &shape.maxPositions}, {"MaxHeads", &shape.maxHeads},
        {"MaxHead", &shape.maxHeadDim}};
    for (const auto &[name, value] : parameters) {
        const auto found = settings.find(name);
        const std::string text = found == settings.end() ? std::string() : found->second;
        const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), *value);
        if (failed != std::errc{} || end != text.data() + text.size() || *value < 1)
            return Error{.kind = ErrorKind::BadInput,
                         .message = path.string() +
                                    ", which tells the size of the design beside it, has no " +
                                    "positive number for " + name +
                                    ". It is the configuration that the design was built from."};
    }
    return shape;
}

} // namespace fastcar::fpga
