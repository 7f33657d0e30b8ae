// SPDX-License-Identifier: Apache-2.0
#include "ui/models/position_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>

namespace fastcar::ui {

namespace {

struct PositionFactsText {
    Q_DECLARE_TR_FUNCTIONS(PositionFacts)
};

QString number(float value)
{
    return QString::number(static_cast<double>(value), 'f', 3).replace(QLatin1Char('-'), QChar(0x2212));
}

QString codesOf(const Trace &trace, int token, int video)
{
    QStringList codes;
    for (int depth = 0; depth < trace.shape().depth; ++depth)
        codes += QString::number(trace.code(token, video, depth));
    return codes.join(QLatin1Char(' '));
}

QString decisionText(const LayerOutcome &outcome, const std::optional<float> &threshold)
{
    switch (outcome.decision) {
    case Decision::Replayed:
        return threshold && std::isfinite(*threshold)
                   ? PositionFactsText::tr("replayed, τ %1").arg(number(*threshold))
                   : PositionFactsText::tr("replayed");
    case Decision::Computed:
        return threshold && std::isfinite(*threshold)
                   ? PositionFactsText::tr("computed, τ %1").arg(number(*threshold))
                   : PositionFactsText::tr("computed");
    case Decision::NotEligible:
        break;
    }
    return PositionFactsText::tr("computed, replay is off");
}

} // namespace

PositionFacts positionFacts(const RunRecord &record, int frame, int position, int layer, int row)
{
    const Trace &trace = record.trace();
    const TraceShape &shape = trace.shape();
    const int step = frame * shape.stride + position;
    PositionFacts facts;
    facts.place = PositionFactsText::tr("frame %1, row %2, column %3")
                      .arg(frame + 1)
                      .arg(position / shape.gridWidth + 1)
                      .arg(position % shape.gridWidth + 1);
    if (step >= trace.tokens()) {
        facts.decision = PositionFactsText::tr("not drawn yet");
        return facts;
    }
    facts.codes = codesOf(trace, step, row % shape.videos);
    if (frame == 0) {
        facts.decision = PositionFactsText::tr("computed, frame 1 always is");
        return facts;
    }
    if (step >= record.wholeSteps()) {
        const bool last = step + 1 == shape.frames * shape.stride;
        facts.decision = last ? PositionFactsText::tr("last token, needs no step")
                              : PositionFactsText::tr("its step comes next");
        return facts;
    }
    const LayerOutcome outcome = trace.outcome(step, layer, row);
    if (!std::isnan(outcome.tas))
        facts.tas = number(outcome.tas);
    facts.decision = decisionText(outcome, trace.threshold(step, layer));
    return facts;
}

std::vector<LayerFacts> layerFacts(const RunRecord &record, int frame, int position, int row)
{
    const Trace &trace = record.trace();
    const int step = frame * trace.shape().stride + position;
    std::vector<LayerFacts> facts;
    if (position < 0 || step >= record.wholeSteps())
        return facts;
    const ReplayPolicy &policy = trace.policy(trace.policyOf(step));
    for (int layer = 0; layer < trace.shape().layers; ++layer) {
        const LayerOutcome outcome = trace.outcome(step, layer, row);
        facts.push_back({.tas = std::isnan(outcome.tas) ? std::nullopt : std::optional(outcome.tas),
                         .decision = outcome.decision,
                         .threshold = policy.threshold(layer)});
    }
    return facts;
}

QString decisionWord(Decision decision)
{
    switch (decision) {
    case Decision::Replayed:
        return PositionFactsText::tr("replayed");
    case Decision::Computed:
        return PositionFactsText::tr("computed");
    case Decision::NotEligible:
        break;
    }
    return PositionFactsText::tr("not eligible");
}

} // namespace fastcar::ui
