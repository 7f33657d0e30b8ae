// SPDX-License-Identifier: Apache-2.0
#include "ui/models/decision_words.h"

#include "ui/models/row_name.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

struct DecisionWordsText {
    Q_DECLARE_TR_FUNCTIONS(DecisionWords)
};

QString number(float value)
{
    return QString::number(static_cast<double>(value), 'f', 3).replace(QLatin1Char('-'), QChar(0x2212));
}

QString thresholdWord(const std::optional<float> &threshold)
{
    if (!threshold || (std::isinf(*threshold) && *threshold > 0.0f))
        return DecisionWordsText::tr("no threshold");
    if (std::isinf(*threshold))
        return DecisionWordsText::tr("threshold: all replay");
    return DecisionWordsText::tr("τ %1").arg(number(*threshold));
}

QString whyComputed(const Trace &trace, int step, const LayerOutcome &outcome)
{
    if (outcome.decision == Decision::Computed)
        return DecisionWordsText::tr("computed");
    return step < trace.shape().stride ? DecisionWordsText::tr("computed: frame 1 has no earlier frame")
                                       : DecisionWordsText::tr("computed: replay is off at this layer");
}

} // namespace

QString tasText(float tas)
{
    return std::isnan(tas) ? DecisionWordsText::tr("none") : number(tas);
}

QString decisionText(Decision decision, int chain)
{
    switch (decision) {
    case Decision::NotEligible:
        return DecisionWordsText::tr("not eligible");
    case Decision::Computed:
        return DecisionWordsText::tr("computed");
    case Decision::Replayed:
        break;
    }
    return chain > 1 ? DecisionWordsText::tr("replayed, %1 frames on end").arg(chain)
                     : DecisionWordsText::tr("replayed");
}

QString tokenPlace(const TraceShape &shape, int token)
{
    const int position = token % shape.stride;
    return DecisionWordsText::tr("frame %1, position %2 (row %3, column %4)")
        .arg(token / shape.stride + 1)
        .arg(position + 1)
        .arg(position / shape.gridWidth + 1)
        .arg(position % shape.gridWidth + 1);
}

QString layerPlace(const TraceShape &shape, int layer, int row)
{
    return DecisionWordsText::tr("layer %1, %2").arg(layer + 1).arg(rowName(shape, row));
}

QStringList decisionWords(const RunRecord &record, int token, int layer, int row)
{
    const Trace &trace = record.trace();
    const TraceShape &shape = trace.shape();
    QStringList words{layerPlace(shape, layer, row),
                      DecisionWordsText::tr("step %1: %2").arg(token + 1).arg(tokenPlace(shape, token))};
    words.front().front() = words.front().front().toUpper();
    if (token >= trace.steps()) {
        const bool last = token + 1 == shape.frames * shape.stride;
        words += token >= trace.tokens() ? DecisionWordsText::tr("not drawn yet")
                 : last                  ? DecisionWordsText::tr("the last token needs no step")
                                         : DecisionWordsText::tr("its step comes next");
        return words;
    }
    const LayerOutcome outcome = trace.outcome(token, layer, row);
    const auto threshold = trace.threshold(token, layer);
    if (!std::isnan(outcome.tas))
        words += DecisionWordsText::tr("TAS %1, %2").arg(number(outcome.tas), thresholdWord(threshold));
    else if (token >= shape.stride) // of frame 1 what follows says it
        words += DecisionWordsText::tr("TAS: none, there is no earlier frame");
    if (outcome.decision != Decision::Replayed) {
        words += whyComputed(trace, token, outcome);
        return words;
    }
    const int chain = record.decisions().chain(token, layer, row);
    words += decisionText(outcome.decision, chain);
    words += DecisionWordsText::tr("output of frame %1").arg(token / shape.stride + 1 - chain);
    return words;
}

QStringList decisionWords(const RunRecord &record, StepRange tokens, int layer, int row)
{
    if (tokens.end - tokens.begin <= 1)
        return decisionWords(record, tokens.begin, layer, row);
    const TraceShape &shape = record.trace().shape();
    QStringList words{layerPlace(shape, layer, row)};
    words.front().front() = words.front().front().toUpper();
    words += DecisionWordsText::tr("steps %1 to %2: from %3")
                 .arg(tokens.begin + 1)
                 .arg(tokens.end)
                 .arg(tokenPlace(shape, tokens.begin));
    const DecisionSummary sum = record.decisions().over(record.trace(), tokens, layer, row);
    if (sum.steps == 0) {
        words += DecisionWordsText::tr("not drawn yet");
        return words;
    }
    if (sum.eligible == 0)
        words += DecisionWordsText::tr("computed: none of them was eligible");
    else
        words += DecisionWordsText::tr("%1 of %2 eligible replayed").arg(sum.replayed).arg(sum.eligible);
    if (sum.longestChain > 1)
        words += DecisionWordsText::tr("the longest chain: %1 frames on end").arg(sum.longestChain);
    if (sum.scored > 0)
        words += DecisionWordsText::tr("TAS %1 to %2").arg(number(sum.lowestTas), number(sum.highestTas));
    return words;
}

} // namespace fastcar::ui
