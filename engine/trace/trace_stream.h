// SPDX-License-Identifier: Apache-2.0
//
// A native trace read off its file in the order in which it was written, in the memory of one record however
// long the run was: for what passes over a whole trace once (a summary, another format), where readTrace()
// holds all of it for who looks here and there.
#pragma once

#include "engine/trace/record_reader.h"
#include "engine/trace/trace.h"

#include <optional>
#include <vector>

namespace fastcar {

/// How a trace's file ended, as far as it was read.
enum class TraceEnding {
    Whole,
    CutOff,  // in the middle of a record: of a run that was killed, or that is still writing
    Damaged, // at a record that contradicts itself
};

class TraceStream {
public:
    /// Errors: no trace, a damaged header, a newer version of the format.
    static Result<TraceStream> open(const std::filesystem::path &file);

    const TraceShape &shape() const { return shape_; }
    /// As the run began; what it went on with comes as items.
    const RunSettings &settings() const { return settings_; }

    /// The next one, valid until the call after it; nothing behind the last whole one, of which ending()
    /// tells. Error: the system refused to read.
    Result<std::optional<TraceItem>> next();
    TraceEnding ending() const { return ended_.value_or(TraceEnding::Whole); }

    /// Tokens that came.
    int tokens() const { return tokens_; }
    /// Where in the file the records end that were read. What belongs to a step is nothing without the
    /// token behind it.
    std::uint64_t wholeBytes() const { return wholeBytes_; }
    /// How far next() is in the file, and how long the file was when it was opened.
    std::uint64_t position() const { return records_.position(); }
    std::uint64_t size() const { return records_.size(); }

private:
    explicit TraceStream(RecordReader records);
    /// What became of the record at hand: an item, nothing, or the end of what can be believed.
    std::optional<TraceItem> read();
    std::optional<TraceItem> readToken();
    void readCard();
    void readThresholds();
    void readHeads();
    void readMlpTime();

    RecordReader records_;
    TraceShape shape_;
    RunSettings settings_;
    std::optional<TraceEnding> ended_;
    int tokens_ = 0;
    std::int64_t lastTimeNs_ = 0; // time does not run backwards
    std::uint64_t wholeBytes_ = 0;
    std::vector<std::int32_t> codes_;
    std::vector<LayerOutcome> outcomes_;
    std::vector<float> moved_;         // thresholds of the step that the next token ends
    std::vector<float> givenMoved_;    // of the token that was given last
    std::vector<float> heads_;         // scores of the step that the next token ends
    std::vector<float> givenHeads_;    // of the token that was given last
    CardCounters given_;               // of the token that was given last
    std::optional<CardCounters> card_; // of the step that the next token ends
    std::int64_t mlpNs_ = 0;           // of the step that the next token ends
    int cores_ = 0, ports_ = 0;        // of the first card that counted
};

} // namespace fastcar
