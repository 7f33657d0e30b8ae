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
//     "CARD": step u32, cores u16, ports u16, counts i64 by number; stands before the token that ends the
//     step,
//             where the device counts
#pragma once

#include "engine/trace/trace.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fastcar::trace_format {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they stand");

inline constexpr std::string_view magic = "fctrace\n";
inline constexpr std::uint32_t formatVersion = 1;
inline constexpr std::string_view tokenTag = "TOKN";
inline constexpr std::string_view policyTag = "PLCY";
inline constexpr std::string_view continuationTag = "CONT";
inline constexpr std::string_view cardTag = "CARD";

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

/// Magic, version and header.
std::string startOfFile(const TraceShape &shape, const RunSettings &settings);
/// The shape and settings of a file's start, which is taken off `reader`; an Error's text has no file name
/// yet.
Result<Trace> readStart(ByteReader &reader);

std::string record(std::string_view tag, std::string_view payload);
struct Record {
    std::string_view tag;
    std::string_view payload;
};
/// The next whole record with a right checksum, or nothing.
std::optional<Record> nextRecord(ByteReader &reader);

/// The payload of the last token that `trace` holds.
std::string lastToken(const Trace &trace);
/// Adds the token of a payload to `trace`; false if it does not fit to it.
bool addToken(std::string_view payload, Trace &trace);

/// The payload of what a card counted in `step`.
std::string cardPayload(int step, const CardCounters &counters);
/// Adds the counters of a payload to `trace`, whose step is ended by the next token; false if they do not
/// fit.
bool addCard(std::string_view payload, Trace &trace);

std::string policyPayload(std::uint32_t number, const ReplayPolicy &policy, const RunSettings &settings);
bool addPolicy(std::string_view payload, Trace &trace);
bool addContinuation(std::string_view payload, Trace &trace);

} // namespace fastcar::trace_format
