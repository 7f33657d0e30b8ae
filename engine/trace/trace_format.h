// SPDX-License-Identifier: Apache-2.0
//
// The bytes of a native trace (docs/file_formats.md, ".fctrace"): what writer and reader must agree on, in
// one place. All numbers are little-endian.
//
//   magic "fctrace\n", version u32
//   header: bytes u32, JSON {"shape": {...}, "settings": {...}}, CRC-32 of the JSON u32
//   records: tag (4 letters), payload bytes u32, payload, CRC-32 of tag, length and payload u32
//     "PLCY": number u32, JSON of RunSettings with the policy that rules from here on in "replay"
//     "CONT": JSON of the Continuation: the run had stopped and goes on
//     "TOKN": token u32, policy u32, time i64 (ns), codes i32 [videos, K];
//             but for token 0, of the step before it: tas f32 [layers, rows], decision u8 [layers, rows]
//     "TAUS": step u32, thresholds f32 [layers], NaN for none; stands before the token that ends the step,
//             where a target moved them
//     "HEAD": step u32, heads u32, scores f32 [layers, rows, heads]; stands there, too, where somebody had
//             asked for them
//     "CARD": step u32, cores u16, ports u16, counts i64 by number; stands there, too, where the device
//             counts
//     "MLPT": step u32, time i64 (ns) of it within MLPs; stands there, too, where the device tells
#pragma once

#include "engine/trace/trace.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fastcar::trace_format {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they stand");

inline constexpr std::string_view magic = "fctrace\n";
inline constexpr std::uint32_t formatVersion = 1;
/// Magic, version and the header's length.
inline constexpr std::size_t startBytes = magic.size() + 2 * sizeof(std::uint32_t);
inline constexpr std::string_view tokenTag = "TOKN";
inline constexpr std::string_view policyTag = "PLCY";
inline constexpr std::string_view continuationTag = "CONT";
inline constexpr std::string_view thresholdsTag = "TAUS";
inline constexpr std::string_view cardTag = "CARD";
inline constexpr std::string_view headsTag = "HEAD";
inline constexpr std::string_view mlpTimeTag = "MLPT";
/// What reads as later is damaged: a century; sums and differences have room.
inline constexpr std::int64_t longestTimeNs = std::int64_t{1} << 62;
inline constexpr std::uint64_t mlpTimePayloadBytes = 12;
/// Of as many layers as 16 bits count.
inline constexpr std::uint64_t longestThresholdsPayload = 4 + 4 * 65535;
/// Of a card with as many cores and ports.
inline constexpr std::uint64_t longestCardPayload =
    8 + 8 * (cardCounterNames.size() + cardCounterListNames.size() * 65535);

template <typename T>
void append(std::string &bytes, T value)
{
    bytes.append(reinterpret_cast<const char *>(&value), sizeof(T));
}

/// Takes values off the front of `bytes`; past their end it gives zeros and ok() is false from then on.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes)
        : rest_(bytes)
    {
    }

    template <typename T>
    T take()
    {
        T value{};
        const std::string_view bytes = takeBytes(sizeof(T));
        if (ok_)
            std::memcpy(&value, bytes.data(), sizeof(T));
        return value;
    }

    std::string_view takeBytes(std::size_t count)
    {
        ok_ = ok_ && count <= rest_.size();
        const std::string_view taken = rest_.substr(0, ok_ ? count : 0);
        rest_.remove_prefix(taken.size());
        return taken;
    }

    bool ok() const { return ok_; }
    std::string_view rest() const { return rest_; }

private:
    std::string_view rest_;
    bool ok_ = true;
};

std::uint32_t checksum(std::string_view bytes);
/// The checksum of what `sum` stands for, followed by `bytes`; it starts as 0.
std::uint32_t addToChecksum(std::uint32_t sum, std::string_view bytes);

/// Magic, version and header.
std::string startOfFile(const TraceShape &shape, const RunSettings &settings);
struct Start {
    TraceShape shape;
    RunSettings settings;
};
/// What a file's start says; an Error's text has no file name yet.
Result<Start> readStart(std::string_view bytes);

std::string record(std::string_view tag, std::string_view payload);

/// Of as many heads as a trace can have.
std::uint64_t longestHeadsPayload(const TraceShape &shape);
/// What stands before a token's record and belongs to its step.
std::string partsOfStep(const TracedToken &token);
std::uint64_t tokenPayloadBytes(const TraceShape &shape, bool withStep);
std::string tokenPayload(const TracedToken &token);
/// A token of `shape`, whose codes and outcomes are put into the two vectors; nothing if the payload is none.
std::optional<TracedToken> readToken(std::string_view payload, const TraceShape &shape,
                                     std::vector<std::int32_t> &codes, std::vector<LayerOutcome> &outcomes);

/// The payload of the thresholds to which a target had moved those of `step`.
std::string thresholdsPayload(int step, std::span<const float> moved);
/// Puts them into `moved`, one for each of `layers`; false if the payload is not that of `step`.
bool readThresholds(std::string_view payload, int step, int layers, std::vector<float> &moved);

/// The payload of the heads' scores in `step`, [layers * rows, heads].
std::string headsPayload(int step, MatrixView<const float> scores);
/// Puts them into `scores` and gives the number of heads; 0 if the payload is not that of `step`.
int readHeads(std::string_view payload, int step, const TraceShape &shape, std::vector<float> &scores);

/// The payload of what a card counted in `step`.
std::string cardPayload(int step, const CardCounters &counters);
/// Nothing if the payload is not that of `step`, or says what no card counts.
std::optional<CardCounters> readCard(std::string_view payload, int step);

/// The payload of the time within MLPs in `step`.
std::string mlpTimePayload(int step, std::int64_t mlpNs);
/// Nothing if the payload is not that of `step`.
std::optional<std::int64_t> readMlpTime(std::string_view payload, int step);

std::string policyPayload(std::uint32_t number, const ReplayPolicy &policy, const RunSettings &settings);
std::optional<PolicyChange> readPolicy(std::string_view payload);
std::optional<Continuation> readContinuation(std::string_view payload);

} // namespace fastcar::trace_format
