// SPDX-License-Identifier: Apache-2.0
#include "app/studio/studio_options.h"

#include "app/cli/exit_status.h"

#include "engine/base/version.h"
#include "engine/library/library.h"

#include <CLI/CLI.hpp>

#include <iostream>

namespace fastcar {

std::variant<StudioOptions, int> parseStudioOptions(int argc, const char *const *argv)
{
    StudioOptions options;
    options.library = defaultLibraryFolder().string();
    std::string prompt;
    bool noLibrary = false;
    CLI::App app("FastCar Studio: text to video, token by token", "fastcar-studio");
    app.add_option("--model", options.modelFolder, "Open this model folder")->type_name("DIR");
    auto *promptOption = app.add_option("--prompt", prompt, "Start with this prompt")->type_name("TEXT");
    app.add_flag("--run", options.run, "Generate as soon as the model is open");
    app.add_option("--theme", options.theme, "dark or light")->check(CLI::IsMember({"dark", "light"}));
    auto *library =
        app.add_option("--library", options.library, "Keep runs in this folder")->type_name("DIR");
    app.add_flag("--no-library", noLibrary, "Keep no runs")->excludes(library);
    app.add_option("--card", options.card, "Show the hardware panel, with this card")->type_name("NAME");
    auto *steps = app.add_option("--then", options.steps,
                                 "Before the picture, what a person would do: \"click NAME\", \"type TEXT\", "
                                 "\"layout NAME\" and more (ui/window/window_steps.h); can be repeated")
                      ->type_name("STEP")
                      ->allow_extra_args(false);
    auto *shot = app.add_option("--screenshot", options.screenshot,
                                "Save a picture of the window when the run is done (without --run: when the "
                                "model is open), then quit")
                     ->type_name("FILE");
    steps->needs(shot);
    app.set_version_flag("--version", version());
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        if (app.exit(error) != 0)
            return cli::misused;
        std::cout.flush();
        if (!std::cout)
            std::cerr << "fastcar-studio: Cannot write to standard output.\n";
        return std::cout ? cli::done : cli::failed;
    }
    if (noLibrary)
        options.library.clear();
    if (promptOption->count() > 0)
        options.prompt = prompt;
    return options;
}

} // namespace fastcar
