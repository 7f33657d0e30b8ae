// SPDX-License-Identifier: Apache-2.0
#include "app/cli/exit_status.h"

#include "app/cli/terminal_text.h"

#include <cstdio>
#include <string>

namespace fastcar::cli {

void say(std::string_view sentence)
{
    const std::string line = "fastcar: " + forTerminal(sentence) + "\n";
    std::fputs(line.c_str(), stderr);
}

int fail(const Error &error)
{
    say(error.message);
    switch (error.kind) {
    case ErrorKind::BadInput:
        return misused;
    case ErrorKind::Cancelled:
        return cancelled;
    case ErrorKind::NotFound:
    case ErrorKind::Corrupt:
    case ErrorKind::Unsupported:
    case ErrorKind::Io:
    case ErrorKind::Device:
        return failed;
    }
    return failed;
}

} // namespace fastcar::cli
