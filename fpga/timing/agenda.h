// SPDX-License-Identifier: Apache-2.0
//
// Time in the cycle model. There is no clock: whatever happens is stamped with the cycle from which others
// see it, and an agent is only looked at in cycles in which it has something to decide, in the order of time.
// What is decided in a cycle shows in the next one at the earliest, as behind a register, so the order within
// a cycle does not matter.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <limits>
#include <vector>

namespace fastcar::fpga {

/// Since the cycle in which the run was started, which is 0.
using Cycle = std::int64_t;
/// Not known yet.
inline constexpr Cycle never = std::numeric_limits<Cycle>::max();

class Agenda;

/// Something that decides: a port's turn, a collector, a sequencer.
class Agent {
public:
    Agent() = default;
    Agent(const Agent &) = delete;
    Agent &operator=(const Agent &) = delete;
    virtual ~Agent() = default;
    /// In the cycle that it asked for.
    virtual void step(Cycle now) = 0;
    void wakeAt(Cycle cycle) { *wake_ = std::min(*wake_, cycle); }

protected:
    /// It waits for something of which it is not known when it will be: it is asked again when anything has
    /// happened.
    void wakeWithNews();

private:
    friend class Agenda;
    Cycle before_ = never; // where it has no agenda yet
    Cycle *wake_ = &before_;
    Agenda *agenda_ = nullptr;
};

class Agenda {
public:
    /// All before the first step.
    void add(Agent &agent)
    {
        agents_.push_back(&agent);
        agent.agenda_ = this;
        wakes_.push_back(*agent.wake_);
        for (std::size_t i = 0; i < agents_.size(); ++i)
            agents_[i]->wake_ = &wakes_[i];
    }

    /// Lets the agents of the next cycle step. Nothing where no agent has anything to do.
    bool step()
    {
        Cycle now = never;
        for (const Cycle wake : wakes_)
            now = std::min(now, wake);
        if (now == never)
            return false;
        assert(now >= now_); // nobody decides about what was
        now_ = now;
        for (std::size_t i = 0; i < wakes_.size(); ++i)
            if (wakes_[i] == now) {
                wakes_[i] = never;
                agents_[i]->step(now);
            }
        asked_.swap(waiting_);
        for (Agent *agent : asked_)
            agent->step(now);
        asked_.clear();
        return true;
    }

private:
    friend class Agent;
    std::vector<Agent *> agents_;
    std::vector<Cycle> wakes_;             // of each
    std::vector<Agent *> waiting_, asked_; // for news
    Cycle now_ = 0;
};

inline void Agent::wakeWithNews()
{
    if (std::find(agenda_->waiting_.begin(), agenda_->waiting_.end(), this) == agenda_->waiting_.end())
        agenda_->waiting_.push_back(this);
}

} // namespace fastcar::fpga
