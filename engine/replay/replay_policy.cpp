// SPDX-License-Identifier: Apache-2.0
#include "engine/replay/replay_policy.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace fastcar {

namespace {

using Threshold = std::optional<float>;

Error badInput(std::string message)
{
    return {.kind = ErrorKind::BadInput, .message = std::move(message)};
}

std::string quoted(std::string_view text)
{
    std::string result = "\"";
    result.append(text).append("\"");
    return result;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// The whole of `text` as a number.
template <typename T>
std::optional<T> number(std::string_view text)
{
    if (text.starts_with('+') && !text.starts_with("+-"))
        text.remove_prefix(1);
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

Result<Threshold> parseThreshold(std::string_view word)
{
    constexpr float infinity = std::numeric_limits<float>::infinity();
    if (word == "none")
        return Threshold{};
    if (word == "inf" || word == "+inf")
        return Threshold{infinity};
    if (word == "-inf")
        return Threshold{-infinity};
    const std::optional<float> value = number<float>(word);
    if (!value || !std::isfinite(*value))
        return badInput("The replay threshold " + quoted(word) +
                        " is not understood: expected a number, \"none\", \"inf\" or \"-inf\".");
    return Threshold{*value};
}

std::string toString(const Threshold &threshold)
{
    if (!threshold)
        return "none";
    if (std::isinf(*threshold))
        return *threshold > 0.0f ? "inf" : "-inf";
    std::array<char, 32> text;
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), *threshold);
    return error == std::errc() ? std::string(text.data(), end) : std::string("none");
}

} // namespace

bool allowsLayer(const ReplayPolicy &policy, int layer)
{
    if (!policy.layers.contains(layer + 1))
        return false;
    if (policy.thresholds.empty())
        return policy.target.has_value();
    // A file may hold a list that is too short.
    const auto at = static_cast<std::size_t>(layer);
    return at < policy.thresholds.size() && policy.thresholds[at].has_value();
}

Result<TasDefinition> parseTasDefinition(std::string_view text)
{
    if (text == "official")
        return TasDefinition::Official;
    if (text == "paper")
        return TasDefinition::Paper;
    return badInput("The TAS definition " + quoted(text) +
                    " is not known: expected \"official\" or \"paper\".");
}

Result<GateMode> parseGateMode(std::string_view text)
{
    if (text == "row")
        return GateMode::Row;
    if (text == "all")
        return GateMode::All;
    if (text == "cond")
        return GateMode::Conditional;
    if (text == "mean")
        return GateMode::Mean;
    return badInput("The gate " + quoted(text) +
                    " is not known: expected \"row\", \"all\", \"cond\" or \"mean\".");
}

Result<DrsPolicy> parseDrsPolicy(std::string_view text)
{
    for (const DrsPolicy policy : {DrsPolicy::Static, DrsPolicy::Deal, DrsPolicy::Split})
        if (text == toString(policy))
            return policy;
    return badInput("The scheduling " + quoted(text) +
                    " is not known: expected \"static\", \"deal\" or \"split\".");
}

Result<AttentionSpan> parseAttentionSpan(std::string_view text)
{
    constexpr std::string_view prefix = "window:";
    if (text == "full")
        return AttentionSpan{};
    const std::size_t plus = text.find('+');
    if (!text.starts_with(prefix) || plus == std::string_view::npos)
        return badInput(
            "The attention span " + quoted(text) +
            " is not understood: expected \"full\" or \"window:SINKS+W\", e.g. \"window:64+256\".");
    const std::optional<int> sinks = number<int>(text.substr(prefix.size(), plus - prefix.size()));
    const std::optional<int> window = number<int>(text.substr(plus + 1));
    if (!sinks || !window || *sinks < 0 || *window < 1)
        return badInput(
            "The attention span " + quoted(text) +
            " is not understood: in \"window:SINKS+W\", SINKS is a whole number from 0 on and W one from 1 on"
            " (the token's own position is one of the W).");
    return AttentionSpan{.windowed = true, .sinks = *sinks, .window = *window};
}

Result<ReplayRange> parseReplayRange(std::string_view text)
{
    if (text == "all")
        return ReplayRange{};
    const std::size_t dash = text.find('-');
    const std::string_view end = dash == std::string_view::npos ? text : text.substr(dash + 1);
    const std::optional<int> first = number<int>(text.substr(0, dash));
    const std::optional<int> last = end.empty() ? std::optional(0) : number<int>(end);
    const bool open = last == 0 && end.empty();
    if (!first || !last || *first < 1 || (!open && *last < *first))
        return badInput("The range " + quoted(text) +
                        " is not understood: expected \"all\", \"A-B\", \"A-\" (to the end) or \"A\", counted"
                        " from 1, e.g. \"2-4\".");
    return ReplayRange{.first = *first, .last = *last};
}

Result<std::vector<Threshold>> parseThresholds(std::string_view text, int layers)
{
    std::vector<Threshold> thresholds;
    for (std::string_view rest = text;;) {
        const std::size_t comma = rest.find(',');
        Result<Threshold> threshold = parseThreshold(trimmed(rest.substr(0, comma)));
        if (!threshold)
            return threshold.error();
        thresholds.push_back(*threshold);
        if (comma == std::string_view::npos)
            break;
        rest.remove_prefix(comma + 1);
    }
    const std::size_t expected = static_cast<std::size_t>(std::max(layers, 0));
    if (thresholds.size() == 1)
        thresholds.resize(expected, Threshold(thresholds.front()));
    if (thresholds.size() != expected)
        return badInput("The list of replay thresholds has " + std::to_string(thresholds.size()) +
                        " entries, but the model has " + std::to_string(layers) +
                        " layers: give one value for all of them, or one for each.");
    return thresholds;
}

std::string toString(TasDefinition definition)
{
    return definition == TasDefinition::Paper ? "paper" : "official";
}

std::string toString(GateMode gate)
{
    switch (gate) {
    case GateMode::Row:
        return "row";
    case GateMode::All:
        return "all";
    case GateMode::Conditional:
        return "cond";
    case GateMode::Mean:
        return "mean";
    }
    return "row";
}

std::string toString(DrsPolicy policy)
{
    switch (policy) {
    case DrsPolicy::Static:
        return "static";
    case DrsPolicy::Deal:
        return "deal";
    case DrsPolicy::Split:
        return "split";
    }
    return "split";
}

std::string toString(const ReplayRange &range)
{
    if (range.all())
        return "all";
    const std::string first = std::to_string(range.first);
    if (range.last == range.first)
        return first;
    return first + "-" + (range.last == 0 ? "" : std::to_string(range.last));
}

std::string toString(const AttentionSpan &span)
{
    if (!span.windowed)
        return "full";
    return "window:" + std::to_string(span.sinks) + "+" + std::to_string(span.window);
}

std::string toString(const std::vector<Threshold> &thresholds)
{
    if (thresholds.empty())
        return "none";
    const bool uniform = std::all_of(thresholds.begin(), thresholds.end(),
                                     [&](const Threshold &t) { return t == thresholds.front(); });
    if (uniform)
        return toString(thresholds.front());
    std::string text;
    for (const Threshold &threshold : thresholds) {
        if (!text.empty())
            text += ',';
        text += toString(threshold);
    }
    return text;
}

} // namespace fastcar
