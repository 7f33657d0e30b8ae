// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_line.h"

#include "app/cli/command.h"
#include "app/cli/exit_status.h"
#include "engine/base/version.h"

#include <CLI/CLI.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>

namespace fastcar::cli {

namespace {

constexpr const char *examples =
    "Examples:\n"
    "  fastcar generate \"a cat moves from left to right on a beach\" -o clip.mp4\n"
    "  fastcar generate \"a cat moves from left to right on a beach\" -o clip.gif --replay 50 --seed 7 "
    "--json\n"
    "  fastcar forward --prompt \"a cat on a beach\" --codes codes.npy --dump numbers.npz\n"
    "  fastcar inspect clip.mp4\n"
    "  fastcar compare dense.mkv replayed.mkv\n"
    "  fastcar trace convert run.fctrace -o run.json\n"
    "  fastcar library list\n"
    "  fastcar devices\n"
    "`fastcar COMMAND --help` lists a command's options.";

/// The status, if all of the answer could be written.
int afterAnswer(int status)
{
    std::cout.flush(); // the parser's help
    if (std::cout && std::fflush(stdout) == 0 && !std::ferror(stdout))
        return status;
    say(std::string("Cannot write to standard output: ") + std::strerror(errno) + ".");
    return failed;
}

/// Help and version are answers and go to standard output; complaints go to standard error.
int answerOrComplain(const CLI::App &program, const CLI::ParseError &reason)
{
    if (reason.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success))
        return afterAnswer(program.exit(reason));
    const CLI::App *command = &program; // the innermost that was named
    std::string typed = "fastcar";
    while (!command->get_subcommands().empty()) {
        command = command->get_subcommands().front();
        typed += " " + command->get_name();
    }
    const bool takesCommand = command->get_require_subcommand_min() > 0;
    const auto unknown = command->remaining();
    const bool lacksSomething = reason.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError);
    if (takesCommand && !unknown.empty() && unknown.front().starts_with('-'))
        say("There is no option '" + unknown.front() + "' of '" + typed + "'.");
    else if (takesCommand && !unknown.empty())
        say("There is no command '" + typed + " " + unknown.front() + "'.");
    else if (takesCommand && lacksSomething)
        say("A command is missing: '" + typed + "' does nothing by itself.");
    else
        say(reason.what());
    std::fputs((command == &program
                    ? "`fastcar --help` lists the commands, `fastcar COMMAND --help` a command's options.\n"
                    : "`" + typed + " --help` lists " + (takesCommand ? "its commands.\n" : "its options.\n"))
                   .c_str(),
               stderr);
    return misused;
}

/// The libraries' logs are quiet unless somebody asks: FASTCAR_LOG=debug sends them to standard error.
void openLogs()
{
    const char *level = std::getenv("FASTCAR_LOG");
    if (level && *level)
        spdlog::stderr_logger_mt("media")->set_level(spdlog::level::from_str(level));
}

} // namespace

int runCommandLine(int argc, char **argv)
{
    // A limit on the size of files is then an error of the write, with a sentence, not the end of the
    // program.
    std::signal(SIGXFSZ, SIG_IGN);
    openLogs();

    CLI::App program(
        "Text to video by auto-regressive decoding, replaying MLP outputs where little has changed.",
        "fastcar");
    program.set_version_flag("--version", std::string("fastcar ") + version());
    program.require_subcommand(1);
    program.footer(examples);
    const std::array commands{makeGenerateCommand(program),       makeForwardCommand(program),
                              makeInspectCommand(program),        makeCompareCommand(program),
                              makeTraceCommand(program),          makeLibraryCommand(program),
                              makeDevicesCommand(program),        makeQuantizeCommand(program),
                              makeMakeCheckpointCommand(program), makeBenchCommand(program)};
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError &reason) {
        return answerOrComplain(program, reason);
    }
    int status = misused;
    for (const Command &command : commands)
        if (command.parser->parsed())
            status = command.run();
    return afterAnswer(status);
}

} // namespace fastcar::cli
