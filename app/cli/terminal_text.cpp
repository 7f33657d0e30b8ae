// SPDX-License-Identifier: Apache-2.0
#include "app/cli/terminal_text.h"

#include <spdlog/fmt/fmt.h>

namespace fastcar::cli {

namespace {

/// U+0080 to U+009F are C2 80 to C2 9F in UTF-8.
bool isTwoByteControl(std::string_view text)
{
    return text.size() >= 2 && text[0] == '\xc2' && static_cast<unsigned char>(text[1]) >= 0x80 &&
           static_cast<unsigned char>(text[1]) < 0xa0;
}

std::string spelled(unsigned char control)
{
    switch (control) {
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return fmt::format("\\x{:02x}", control);
    }
}

} // namespace

std::string forTerminal(std::string_view text)
{
    std::string shown;
    shown.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (isTwoByteControl(text.substr(i)))
            shown += spelled(static_cast<unsigned char>(text[++i]));
        else if (byte < 0x20 || byte == 0x7f)
            shown += spelled(byte);
        else
            shown += text[i];
    }
    return shown;
}

} // namespace fastcar::cli
