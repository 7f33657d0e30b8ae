// SPDX-License-Identifier: Apache-2.0
#include "engine/trace/replay_chains.h"

#include <algorithm>
#include <cassert>

namespace fastcar {

namespace {

void count(std::vector<std::int64_t> &chains, std::int32_t length)
{
    const auto at = static_cast<std::size_t>(length);
    chains.resize(std::max(chains.size(), at + 1));
    ++chains[at];
}

} // namespace

ReplayChains::ReplayChains(const TraceShape &shape)
    : shape_(shape)
{
}

void ReplayChains::take(MatrixView<const LayerOutcome> outcomes)
{
    const std::span<const LayerOutcome> all = outcomes.all();
    const auto position = static_cast<std::size_t>(steps_ % shape_.stride);
    lengths_.resize(std::max(lengths_.size(), (position + 1) * all.size()));
    std::int32_t *const lengths = lengths_.data() + position * all.size();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].decision == Decision::Replayed) {
            ++lengths[i];
        } else if (lengths[i] > 0) {
            count(ended_, lengths[i]);
            lengths[i] = 0;
        }
    }
    ++steps_;
}

int ReplayChains::length(int layer, int row) const
{
    assert(steps_ > 0 && layer >= 0 && layer < shape_.layers && row >= 0 && row < shape_.rows);
    const auto slot = static_cast<std::size_t>((steps_ - 1) % shape_.stride) *
                      static_cast<std::size_t>(shape_.layers) * static_cast<std::size_t>(shape_.rows);
    return lengths_[slot + static_cast<std::size_t>(layer) * static_cast<std::size_t>(shape_.rows) +
                    static_cast<std::size_t>(row)];
}

std::vector<std::int64_t> ReplayChains::chains() const
{
    std::vector<std::int64_t> chains = ended_;
    for (const std::int32_t length : lengths_)
        if (length > 0)
            count(chains, length);
    return chains;
}

} // namespace fastcar
