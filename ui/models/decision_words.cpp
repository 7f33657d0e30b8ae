// SPDX-License-Identifier: Apache-2.0
#include "ui/models/decision_words.h"

#include "ui/models/row_name.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("DecisionWords", text);
}

QString number(float value)
{
    return QString::number(static_cast<double>(value), 'f', 3).replace(QLatin1Char('-'), QChar(0x2212));
}

QString thresholdWord(const std::optional<float> &threshold)
{
    if (!threshold || (std::isinf(*threshold) && *threshold > 0.0f))
        return say("no threshold");
    if (std::isinf(*threshold))
        return say("threshold: all replay");
    return say("τ %1").arg(number(*threshold));
}

QString whyComputed(const Trace &trace, int step, const LayerOutcome &outcome)
{
    if (outcome.decision == Decision::Computed)
        return say("computed");
    return step < trace.shape().stride ? say("computed: frame 1 always is")
                                       : say("computed: replay is off at this layer");
}

} // namespace

QString tasText(float tas)
{
    return std::isnan(tas) ? say("none") : number(tas);
}

QString decisionText(Decision decision, int chain)
{
    switch (decision) {
    case Decision::NotEligible:
        return say("not eligible");
    case Decision::Computed:
        return say("computed");
    case Decision::Replayed:
        break;
    }
    return chain > 1 ? say("replayed, %1 frames on end").arg(chain) : say("replayed");
}

QString tokenPlace(const TraceShape &shape, int token)
{
    const int position = token % shape.stride;
    return say("frame %1, position %2 (row %3, column %4)")
        .arg(token / shape.stride + 1)
        .arg(position + 1)
        .arg(position / shape.gridWidth + 1)
        .arg(position % shape.gridWidth + 1);
}

QString layerPlace(const TraceShape &shape, int layer, int row)
{
    return say("layer %1, %2").arg(layer + 1).arg(rowName(shape, row));
}

QStringList decisionWords(const RunRecord &record, int token, int layer, int row)
{
    const Trace &trace = record.trace();
    const TraceShape &shape = trace.shape();
    QStringList words{layerPlace(shape, layer, row),
                      say("step %1: %2").arg(token + 1).arg(tokenPlace(shape, token))};
    words.front().front() = words.front().front().toUpper();
    if (token >= trace.steps()) {
        const bool last = token + 1 == shape.frames * shape.stride;
        words += token >= trace.tokens() ? say("not drawn yet")
                 : last                  ? say("the last token needs no step")
                                         : say("its step comes next");
        return words;
    }
    const LayerOutcome outcome = trace.outcome(token, layer, row);
    const auto threshold = trace.threshold(token, layer);
    words += std::isnan(outcome.tas)
                 ? say("TAS: none, there is no earlier frame")
                 : say("TAS %1, %2").arg(number(outcome.tas), thresholdWord(threshold));
    if (outcome.decision != Decision::Replayed) {
        words += whyComputed(trace, token, outcome);
        return words;
    }
    const int chain = record.decisions().chain(token, layer, row);
    words += decisionText(outcome.decision, chain);
    words += say("its output was computed in frame %1").arg(token / shape.stride + 1 - chain);
    return words;
}

QStringList decisionWords(const RunRecord &record, StepRange tokens, int layer, int row)
{
    if (tokens.end - tokens.begin <= 1)
        return decisionWords(record, tokens.begin, layer, row);
    const TraceShape &shape = record.trace().shape();
    QStringList words{layerPlace(shape, layer, row)};
    words.front().front() = words.front().front().toUpper();
    words += say("steps %1 to %2: from %3")
                 .arg(tokens.begin + 1)
                 .arg(tokens.end)
                 .arg(tokenPlace(shape, tokens.begin));
    const DecisionSummary sum = record.decisions().over(record.trace(), tokens, layer, row);
    if (sum.steps == 0) {
        words += say("not drawn yet");
        return words;
    }
    if (sum.eligible == 0)
        words += say("computed: none of them was eligible");
    else
        words += say("%1 of %2 eligible replayed").arg(sum.replayed).arg(sum.eligible);
    if (sum.longestChain > 1)
        words += say("the longest chain: %1 frames on end").arg(sum.longestChain);
    if (sum.scored > 0)
        words += say("TAS %1 to %2").arg(number(sum.lowestTas), number(sum.highestTas));
    return words;
}

} // namespace fastcar::ui
