// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/card_counters.h"

#include <cassert>
#include <numeric>

namespace fastcar {

CardCounters CardCounters::of(int cores, int ports)
{
    CardCounters counters;
    for (const CardCounterListName &name : cardCounterListNames)
        (counters.*name.values).resize(static_cast<std::size_t>(name.ofCores ? cores : ports));
    return counters;
}

CardCounters &CardCounters::operator+=(const CardCounters &other)
{
    if (cores() == 0 && ports() == 0)
        *this = of(other.cores(), other.ports());
    assert(cores() == other.cores() && ports() == other.ports());
    forEachCount(other, [this](int number, int index, std::int64_t count) {
        if (std::int64_t *const mine = countAt(*this, number, index))
            *mine += count;
    });
    return *this;
}

std::int64_t *countAt(CardCounters &counters, int number, int index)
{
    for (const CardCounterName &name : cardCounterNames)
        if (name.number == number && index == 0)
            return &(counters.*name.value);
    for (const CardCounterListName &name : cardCounterListNames) {
        auto &values = counters.*name.values;
        if (name.first == number && index >= 0 && static_cast<std::size_t>(index) < values.size())
            return &values[static_cast<std::size_t>(index)];
    }
    return nullptr;
}

void CardTotals::add(const CardCounters &step)
{
    ++steps;
    sum += step;
}

double CardTotals::cyclesPerStep() const
{
    return steps ? static_cast<double>(sum.cycles) / static_cast<double>(steps) : 0.0;
}

double CardTotals::coresBusyShare() const
{
    const std::int64_t busy = std::accumulate(sum.coreBusy.begin(), sum.coreBusy.end(), std::int64_t{0});
    const double all = static_cast<double>(sum.cycles) * sum.cores();
    return all > 0.0 ? static_cast<double>(busy) / all : 0.0;
}

} // namespace fastcar
