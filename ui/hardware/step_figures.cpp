// SPDX-License-Identifier: Apache-2.0
#include "ui/hardware/step_figures.h"

#include "ui/models/progress.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace fastcar::ui {

namespace {

constexpr double bytesPerBeat = 64.0;

double total(const std::vector<std::int64_t> &values)
{
    return static_cast<double>(std::accumulate(values.begin(), values.end(), std::int64_t{0}));
}

double share(double part, double of)
{
    return of > 0.0 ? part / of : 0.0;
}

} // namespace

StepCycles stepCycles(const CardCounters &counters)
{
    StepCycles step;
    std::int64_t left = counters.cycles;
    const auto take = [&left](std::int64_t cycles) {
        const std::int64_t taken = std::clamp<std::int64_t>(cycles, 0, left);
        left -= taken;
        return taken;
    };
    step.cycles = counters.cycles;
    step.matrices = take(counters.anyCoreBusy);
    step.attention = take(counters.anyAttention - counters.coresBesideAttention);
    step.vector = take(counters.vectorBusy);
    step.rest = left;
    return step;
}

StepFigures stepFigures(const CardCounters &counters, const CardInfo &card)
{
    const auto cycles = static_cast<double>(counters.cycles);
    const double coreCycles = cycles * card.cores;
    StepFigures figures;
    figures.cycles = counters.cycles;
    figures.seconds = share(cycles, card.clockHz);
    figures.coresBusy = share(total(counters.coreBusy), coreCycles);
    figures.lanesBusy = figures.coresBusy * card.cores * card.lanes;
    figures.waitsWeights = share(total(counters.coreWaitsWeights), coreCycles);
    figures.waitsRoom = share(total(counters.coreWaitsPackets), coreCycles);
    figures.streamFull = share(static_cast<double>(counters.streamFull), cycles);
    figures.streamEmpty = share(static_cast<double>(counters.streamEmpty), cycles);
    figures.mapping = share(static_cast<double>(counters.mapping), cycles);
    const double beats = total(counters.beatsRead) + total(counters.beatsWritten);
    figures.portsBusy = share(beats, cycles * card.ports);
    figures.bytes = static_cast<std::int64_t>(beats * bytesPerBeat);
    figures.bytesPerSecond = share(beats * bytesPerBeat, figures.seconds);
    figures.vectorBusy = share(static_cast<double>(counters.vectorBusy), cycles);
    figures.attentionBusy = share(static_cast<double>(counters.anyAttention), cycles);
    return figures;
}

QString groupedText(std::int64_t number)
{
    QString text = QString::number(number);
    const int first = number < 0 ? 1 : 0;
    for (int i = static_cast<int>(text.size()) - 3; i > first; i -= 3)
        text.insert(i, QChar(QChar::Nbsp));
    return text;
}

QString unitText(double value, const QString &unit)
{
    struct Prefix {
        double worth;
        const char *sign;
    };
    static constexpr std::array<Prefix, 9> prefixes{{{1e12, "T"},
                                                     {1e9, "G"},
                                                     {1e6, "M"},
                                                     {1e3, "k"},
                                                     {1.0, ""},
                                                     {1e-3, "m"},
                                                     {1e-6, "\u00b5"},
                                                     {1e-9, "n"},
                                                     {1e-12, "p"}}};
    const double size = std::abs(value);
    const Prefix *chosen = &prefixes[4];
    if (size > 0.0) {
        chosen = &prefixes.back();
        for (const Prefix &prefix : prefixes) {
            if (size >= prefix.worth * 0.9995) {
                chosen = &prefix;
                break;
            }
        }
    }
    return threeFigures(value / chosen->worth) + QChar(QChar::Nbsp) + QString::fromUtf8(chosen->sign) + unit;
}

QString timeText(double seconds)
{
    return unitText(seconds, QStringLiteral("s"));
}

QString shareText(double share)
{
    return QString::number(100.0 * share, 'f', 1) + QChar(QChar::Nbsp) + QLatin1Char('%');
}

} // namespace fastcar::ui
