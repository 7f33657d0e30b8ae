// SPDX-License-Identifier: Apache-2.0
#include "app/cli/amounts.h"

#include <spdlog/fmt/fmt.h>

#include <array>
#include <charconv>
#include <ctime>
#include <limits>

namespace fastcar::cli {

namespace {

constexpr std::int64_t minuteMs = 60'000;
constexpr std::int64_t hourMs = 60 * minuteMs;
constexpr std::int64_t dayMs = 24 * hourMs;

struct Unit {
    char letter;
    std::int64_t factor;
};

/// A number with the letter of a unit behind it; nothing if `text` is none.
template <std::size_t Count>
std::optional<std::int64_t> amount(const std::string &text, const std::array<Unit, Count> &units)
{
    double number = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
    if (error != std::errc() || number < 0.0 || rest.size() > 1)
        return std::nullopt;
    for (const Unit &unit : units)
        if (rest == (unit.letter ? std::string(1, unit.letter) : std::string())) {
            const double product = number * static_cast<double>(unit.factor);
            if (product < static_cast<double>(std::numeric_limits<std::int64_t>::max() / 2))
                return static_cast<std::int64_t>(product);
        }
    return std::nullopt;
}

Error badAmount(const char *what, const std::string &text, const char *examples)
{
    return {ErrorKind::BadInput, "'" + text + "' is no " + what + "; write it like " + examples + "."};
}

std::string formatted(std::int64_t ms, const char *format, bool local)
{
    const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
    std::tm parts{};
    local ? ::localtime_r(&seconds, &parts) : ::gmtime_r(&seconds, &parts);
    std::array<char, 40> text{};
    std::strftime(text.data(), text.size(), format, &parts);
    return text.data();
}

} // namespace

Result<std::int64_t> ageMs(const std::string &text)
{
    const auto ms = amount(
        text, std::array{Unit{'m', minuteMs}, Unit{'h', hourMs}, Unit{'d', dayMs}, Unit{'w', 7 * dayMs}});
    if (!ms)
        return badAmount("length of time", text, "90m, 12h, 30d or 8w");
    return *ms;
}

Result<std::int64_t> dateMs(const std::string &text)
{
    for (const char *format : {"%Y-%m-%d %H:%M", "%Y-%m-%d"}) {
        std::tm parts{};
        const char *end = ::strptime(text.c_str(), format, &parts);
        if (!end || *end != '\0')
            continue;
        parts.tm_isdst = -1;
        const std::time_t seconds = std::mktime(&parts);
        if (seconds != -1)
            return std::int64_t{seconds} * 1000;
    }
    return badAmount("date", text, "2026-01-31 or '2026-01-31 14:05'");
}

Result<std::int64_t> sizeBytes(const std::string &text)
{
    const auto bytes = amount(text, std::array{Unit{'\0', 1}, Unit{'k', 1000}, Unit{'M', 1'000'000},
                                               Unit{'G', 1'000'000'000}, Unit{'T', 1'000'000'000'000}});
    if (!bytes)
        return badAmount("size", text, "800k, 500M or 2G");
    return *bytes;
}

std::string dateText(std::int64_t ms)
{
    return formatted(ms, "%Y-%m-%d %H:%M", true);
}

std::string utcText(std::int64_t ms)
{
    return formatted(ms, "%Y-%m-%dT%H:%M:%SZ", false);
}

std::string sizeText(std::int64_t bytes)
{
    constexpr std::array units{"B", "kB", "MB", "GB", "TB"};
    double size = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; size >= 999.5 && unit + 1 < units.size(); ++unit)
        size /= 1000.0;
    return fmt::format("{:.{}f} {}", size, unit == 0 || size >= 99.5 ? 0 : 1, units[unit]);
}

} // namespace fastcar::cli
