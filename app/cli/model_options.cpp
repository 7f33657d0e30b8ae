// SPDX-License-Identifier: Apache-2.0
#include "app/cli/model_options.h"

#include "engine/checkpoint/default_model.h"

#include <CLI/CLI.hpp>

namespace fastcar::cli {

namespace {

constexpr int maxThreads = 1024;

} // namespace

void addModelOption(CLI::App &parser, ModelOptions &options)
{
    parser
        .add_option(
            "--model", options.folder,
            "The model's folder (otherwise $FASTCAR_MODEL, otherwise the one that comes with fastcar)")
        ->type_name("FOLDER");
}

Result<std::filesystem::path> modelFolder(const ModelOptions &options)
{
    const std::filesystem::path folder =
        options.folder.empty() ? defaultModelFolder() : std::filesystem::path(options.folder);
    if (folder.empty())
        return Error{ErrorKind::NotFound,
                     "No model was named, and the one that comes with fastcar was not found beside "
                     "the program. Name one with --model FOLDER, or set FASTCAR_MODEL."};
    return folder;
}

Result<Model> openModel(const ModelOptions &options)
{
    const auto folder = modelFolder(options);
    if (!folder)
        return folder.error();
    return Model::open(*folder);
}

std::string modelName(const Model &model)
{
    const std::string &name = model.checkpoint->defaults().name;
    if (!name.empty())
        return name;
    std::error_code ignored; // "." and "model/" have names, too
    return std::filesystem::canonical(model.checkpoint->folder(), ignored).filename().string();
}

void addDeviceOptions(CLI::App &parser, DeviceOptions &options, const std::string &otherwise)
{
    parser
        .add_option("--device", options.device,
                    "Where the backbone runs: a name that `fastcar devices` lists (otherwise " + otherwise + ")")
        ->type_name("NAME")
        ->each([&options](const std::string &) { options.given = true; });
    parser
        .add_option("--threads", options.threads,
                    "Threads of the processor; the result does not depend on them")
        ->type_name("N")
        ->check(CLI::Range(1, maxThreads));
}

} // namespace fastcar::cli
