// SPDX-License-Identifier: Apache-2.0
#include "engine/trace/trace_pass.h"

namespace fastcar {

namespace {

constexpr int tokensBetweenCalls = 256;

} // namespace

Result<TraceExtent> passOver(TraceStream &stream, int tokens, const PassProgress &progress,
                             const std::function<Result<void>(const TraceItem &)> &take)
{
    const auto bytes = static_cast<double>(std::max<std::uint64_t>(stream.size(), 1));
    while (true) {
        auto item = stream.next();
        if (!item)
            return item.error();
        if (!*item)
            break;
        const bool isToken = std::holds_alternative<TracedToken>(**item);
        if (isToken && stream.tokens() > tokens)
            break;
        if (auto taken = take(**item); !taken)
            return taken.error();
        if (isToken && progress && stream.tokens() % tokensBetweenCalls == 0 &&
            !progress(std::min(1.0, static_cast<double>(stream.position()) / bytes)))
            return Error{ErrorKind::Cancelled, "Cancelled."};
    }
    return TraceExtent{.tokens = std::min(stream.tokens(), tokens),
                       .ending = stream.ending(),
                       .wholeBytes = stream.wholeBytes(),
                       .fileBytes = stream.size()};
}

std::string unreadPart(const std::filesystem::path &file, const TraceExtent &extent)
{
    switch (extent.ending) {
    case TraceEnding::Whole:
        return "";
    case TraceEnding::CutOff:
        return "'" + file.string() + "' ends in the middle of a record: what was read are its first " +
               std::to_string(extent.wholeBytes) + " bytes, up to the last whole one.";
    case TraceEnding::Damaged:
        return "'" + file.string() + "' is damaged behind token " + std::to_string(extent.tokens) +
               ", byte " + std::to_string(extent.wholeBytes) + " of " + std::to_string(extent.fileBytes) +
               ": what was read stands before it.";
    }
    return "";
}

} // namespace fastcar
