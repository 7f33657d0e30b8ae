// SPDX-License-Identifier: Apache-2.0
#include "engine/trace/trace_stream.h"

#include "engine/trace/trace_format.h"

#include <utility>

namespace fastcar {

using namespace trace_format;

TraceStream::TraceStream(RecordReader records)
    : records_(std::move(records))
{
}

Result<TraceStream> TraceStream::open(const std::filesystem::path &file)
{
    auto records = RecordReader::open(file);
    if (!records)
        return records.error();
    const auto bytes = records->start();
    if (!bytes)
        return bytes.error();
    auto start = readStart(*bytes);
    if (!start)
        return Error{start.error().kind, "'" + file.string() + "': " + start.error().message};
    TraceStream stream(std::move(*records));
    stream.shape_ = start->shape;
    stream.settings_ = std::move(start->settings);
    stream.wholeBytes_ = stream.records_.position();
    stream.records_.expectTokens(tokenPayloadBytes(stream.shape_, true));
    stream.records_.expectHeads(longestHeadsPayload(stream.shape_));
    return stream;
}

Result<std::optional<TraceItem>> TraceStream::next()
{
    while (!ended_) {
        const auto found = records_.next();
        if (!found)
            return found.error();
        switch (*found) {
        case RecordReader::Found::Record:
            break;
        case RecordReader::Found::End:
            ended_ = TraceEnding::Whole;
            continue;
        case RecordReader::Found::CutOff:
            ended_ = TraceEnding::CutOff;
            continue;
        case RecordReader::Found::Damaged:
            ended_ = TraceEnding::Damaged;
            continue;
        }
        std::optional<TraceItem> item = read();
        if (ended_)
            break;
        const std::string_view tag = records_.tag();
        if (tag != cardTag && tag != thresholdsTag && tag != headsTag && tag != mlpTimeTag)
            wholeBytes_ = records_.position();
        if (item)
            return item;
    }
    return std::optional<TraceItem>();
}

std::optional<TraceItem> TraceStream::read()
{
    if (records_.tag() == tokenTag)
        return readToken();
    if (records_.tag() == cardTag) {
        readCard();
        return std::nullopt;
    }
    if (records_.tag() == thresholdsTag) {
        readThresholds();
        return std::nullopt;
    }
    if (records_.tag() == headsTag) {
        readHeads();
        return std::nullopt;
    }
    if (records_.tag() == mlpTimeTag) {
        readMlpTime();
        return std::nullopt;
    }
    if (records_.tag() == policyTag) {
        if (auto change = readPolicy(records_.payload()))
            return std::move(*change);
        ended_ = TraceEnding::Damaged;
    } else if (records_.tag() == continuationTag) {
        // The step whose token never came is run again, perhaps on a device that does not count.
        card_.reset();
        moved_.clear();
        heads_.clear();
        mlpNs_ = 0;
        if (auto continuation = readContinuation(records_.payload()))
            return std::move(*continuation);
        ended_ = TraceEnding::Damaged;
    }
    return std::nullopt; // a tag that is not known yet
}

std::optional<TraceItem> TraceStream::readToken()
{
    auto token = trace_format::readToken(records_.payload(), shape_, codes_, outcomes_);
    const auto inVideo = std::int64_t{shape_.frames} * shape_.stride;
    if (!token || token->token != tokens_ || tokens_ >= inVideo || token->timeNs < lastTimeNs_ ||
        token->timeNs > longestTimeNs) {
        ended_ = TraceEnding::Damaged;
        return std::nullopt;
    }
    ++tokens_;
    lastTimeNs_ = token->timeNs;
    if (card_) {
        given_ = std::move(*card_);
        card_.reset();
        token->card = &given_;
    }
    token->mlpNs = std::exchange(mlpNs_, 0);
    givenMoved_.swap(moved_);
    moved_.clear();
    token->movedThresholds = givenMoved_;
    givenHeads_.swap(heads_);
    heads_.clear();
    const std::int64_t rows = std::int64_t{shape_.layers} * shape_.rows;
    if (!givenHeads_.empty())
        token->headScores = {givenHeads_.data(), rows, std::ssize(givenHeads_) / rows};
    return *token;
}

void TraceStream::readThresholds()
{
    if (!trace_format::readThresholds(records_.payload(), std::max(0, tokens_ - 1), shape_.layers, moved_))
        ended_ = TraceEnding::Damaged;
    else if (tokens_ == 0)
        moved_.clear(); // before the first token there is no step
}

void TraceStream::readHeads()
{
    if (trace_format::readHeads(records_.payload(), std::max(0, tokens_ - 1), shape_, heads_) == 0)
        ended_ = TraceEnding::Damaged;
    else if (tokens_ == 0)
        heads_.clear(); // before the first token there is no step
}

void TraceStream::readMlpTime()
{
    const auto mlpNs = trace_format::readMlpTime(records_.payload(), std::max(0, tokens_ - 1));
    if (!mlpNs)
        ended_ = TraceEnding::Damaged;
    else if (tokens_ > 0) // before the first token there is no step
        mlpNs_ = *mlpNs;
}

void TraceStream::readCard()
{
    auto card = trace_format::readCard(records_.payload(), std::max(0, tokens_ - 1));
    if (!card) {
        ended_ = TraceEnding::Damaged;
        return;
    }
    // One run of a card has one size, so that its counters can be summed; before the first token there is no
    // step.
    const bool first = cores_ == 0;
    if (card->cores() == 0 || tokens_ == 0 ||
        (!first && (card->cores() != cores_ || card->ports() != ports_)))
        return;
    cores_ = card->cores();
    ports_ = card->ports();
    card_ = std::move(*card);
}

} // namespace fastcar
