// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/matmul.h"

#include "engine/backend/cpu/kernel_table.h"

#include <array>

namespace fastcar::cpu {

namespace {

void checkShapes([[maybe_unused]] const MatmulJob &job)
{
    assert(job.x.cols == job.linear.in() && job.y.cols == job.linear.out() && job.x.rows == job.y.rows);
    assert(!job.linear.narrow || (job.quantised && job.quantised->columns() == job.x.cols));
}

} // namespace

void matmul(const MatmulJob &job)
{
    checkShapes(job);
    const Tiling tiling(job.linear, farStreams);
    for (std::int64_t tile = 0; tile < tiling.tiles; ++tile)
        kernels().matmulTile(job, tiling, tile);
}

void matmul(ThreadPool &pool, std::span<const MatmulJob> jobs, std::span<const FetchAhead> ahead)
{
    assert(jobs.size() <= mostProducts);
    std::array<Tiling, mostProducts> tilings;
    std::int64_t tiles = 0;
    for (std::size_t j = 0; j < jobs.size(); ++j) {
        checkShapes(jobs[j]);
        tilings[j] = Tiling(jobs[j].linear, farStreams);
        tiles += tilings[j].tiles;
    }
    pool.forEachTile(
        tiles,
        [&](std::int64_t tile) {
            std::size_t j = 0;
            for (; tile >= tilings[j].tiles; ++j)
                tile -= tilings[j].tiles;
            kernels().matmulTile(jobs[j], tilings[j], tile);
        },
        ahead);
}

void gatedMatmul(ThreadPool &pool, const GatedJob &job, std::span<const FetchAhead> ahead)
{
    assert(job.up.out() == job.gate.out() && job.x.cols == job.gate.in());
    assert((!job.gate.narrow && !job.up.narrow) || job.quantised);
    assert((job.gate.panels != nullptr) == (job.up.panels != nullptr));
    const Tiling tiling(job.gate, farStreams / 2);
    pool.forEachTile(
        tiling.tiles, [&](std::int64_t tile) { kernels().gatedTile(job, tiling, tile); }, ahead);
}

} // namespace fastcar::cpu
