// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/step_events.h"

#include <limits>

namespace fastcar {

namespace {

Event about(Event::Kind kind, const ToldStep &step)
{
    return {.kind = kind, .token = static_cast<std::uint32_t>(step.token)};
}

void tellThresholds(RunSink &sink, const ToldStep &step, std::int64_t layers)
{
    for (int layer = 0; layer < layers; ++layer) {
        Event event = about(Event::Kind::ThresholdSet, step);
        event.layer = static_cast<std::uint16_t>(layer);
        event.policy = step.policy;
        event.threshold = step.moved->threshold(layer).value_or(std::numeric_limits<float>::quiet_NaN());
        sink.onEvent(event);
    }
}

void tellOutcomes(RunSink &sink, const ToldStep &step, MatrixView<const LayerOutcome> outcomes)
{
    for (std::int64_t layer = 0; layer < outcomes.rows; ++layer) {
        const auto rows = outcomes.row(layer);
        for (std::size_t row = 0; row < rows.size(); ++row) {
            Event event = about(Event::Kind::LayerOutcome, step);
            event.decision = rows[row].decision;
            event.layer = static_cast<std::uint16_t>(layer);
            event.row = static_cast<std::uint16_t>(row);
            event.policy = step.policy;
            event.tas = rows[row].tas;
            sink.onEvent(event);
        }
    }
}

/// `scores`: [layers * rows, heads], or nothing.
void tellHeads(RunSink &sink, const ToldStep &step, MatrixView<const float> scores, std::int64_t rows)
{
    for (std::int64_t at = 0; at < scores.rows; ++at)
        for (std::int64_t head = 0; head < scores.cols; ++head) {
            Event event = about(Event::Kind::HeadScored, step);
            event.layer = static_cast<std::uint16_t>(at / rows);
            event.row = static_cast<std::uint16_t>(at % rows);
            event.tas = scores.row(at)[static_cast<std::size_t>(head)];
            event.code = static_cast<std::int32_t>(head);
            event.count = scores.cols;
            sink.onEvent(event);
        }
}

void tellCounters(RunSink &sink, const ToldStep &step, const CardCounters &counters)
{
    Event run = about(Event::Kind::CardRun, step);
    run.layer = static_cast<std::uint16_t>(counters.ports());
    run.row = static_cast<std::uint16_t>(counters.cores());
    sink.onEvent(run);
    forEachCount(counters, [&](int number, int index, std::int64_t count) {
        if (count == 0)
            return;
        Event event = about(Event::Kind::CardCounted, step);
        event.layer = static_cast<std::uint16_t>(number);
        event.row = static_cast<std::uint16_t>(index);
        event.count = count;
        sink.onEvent(event);
    });
}

} // namespace

void tellStep(RunSink &sink, const ToldStep &step, const StepReport &report)
{
    if (step.moved)
        tellThresholds(sink, step, report.outcome.rows);
    tellOutcomes(sink, step, report.outcome);
    tellHeads(sink, step, report.headScores, report.outcome.cols);
    if (report.card)
        tellCounters(sink, step, *report.card);
    if (report.mlpNs > 0) {
        Event event = about(Event::Kind::StepTimed, step);
        event.timeNs = report.mlpNs;
        sink.onEvent(event);
    }
}

} // namespace fastcar
