// SPDX-License-Identifier: Apache-2.0
//
// The options by which a command says what runs where: --model, --device, --threads.
#pragma once

#include "engine/decode/generation.h"

#include <string>

namespace CLI {
class App;
}

namespace fastcar::cli {

struct ModelOptions {
    std::string folder; // empty: the shipped one
};
void addModelOption(CLI::App &parser, ModelOptions &options);
/// The folder of the model that is named, or of the one that defaultModelFolder() finds.
Result<std::filesystem::path> modelFolder(const ModelOptions &options);
/// Opens it.
Result<Model> openModel(const ModelOptions &options);
/// As the model calls itself, or its folder.
std::string modelName(const Model &model);

struct DeviceOptions {
    std::string device = "cpu";
    bool given = false; // and not the default
    int threads = 0;    // 0: as many as there are cores
};
/// `otherwise`: what is taken where no device is given, for people.
void addDeviceOptions(CLI::App &parser, DeviceOptions &options, const std::string &otherwise);

} // namespace fastcar::cli
