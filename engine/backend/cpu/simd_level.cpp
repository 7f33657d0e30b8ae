// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/simd_level.h"

#include "engine/backend/cpu/kernel_table.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <cstdlib>

#if defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

namespace fastcar::cpu {

namespace {

struct Known {
    SimdLevel level;
    const char *name, *forPeople;
    const KernelTable *kernels; // null where the program has none
};

#if defined(__x86_64__)
constexpr const KernelTable *avx2 = &avx2Kernels, *avx512 = &avx512Kernels;
#else
constexpr const KernelTable *avx2 = nullptr, *avx512 = nullptr;
#endif
#if defined(__aarch64__)
constexpr const KernelTable *neon = &neonKernels, *neonDot = &neonDotKernels;
#else
constexpr const KernelTable *neon = nullptr, *neonDot = nullptr;
#endif

constexpr std::array<Known, 5> all{{
    {SimdLevel::Baseline, "baseline", "portable kernels", &baselineKernels},
    {SimdLevel::Avx2, "avx2", "AVX2", avx2},
    {SimdLevel::Avx512, "avx512", "AVX-512 VNNI", avx512},
    {SimdLevel::Neon, "neon", "NEON", neon},
    {SimdLevel::NeonDot, "neon-dot", "NEON with dot products", neonDot},
}};

const Known &knownOf(SimdLevel level)
{
    return all[static_cast<std::size_t>(level)];
}

#if defined(__x86_64__)

/// Of the levels that the program has here.
bool processorHas(SimdLevel level)
{
    const bool hasAvx2 =
        __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c");
    if (level == SimdLevel::Avx512)
        return hasAvx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512vnni");
    return level == SimdLevel::Baseline || hasAvx2;
}

#elif defined(__aarch64__) && defined(__linux__)

bool processorHas(SimdLevel level)
{
    return level != SimdLevel::NeonDot || (getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0;
}

#else

bool processorHas(SimdLevel level)
{
    return level != SimdLevel::NeonDot;
}

#endif

/// Who mistypes a level would take the figures of another one for its own.
void warnOf(const std::string &asked, SimdLevel taken)
{
    const std::shared_ptr<spdlog::logger> logger = spdlog::get("engine");
    if (!logger)
        return;
    std::string names;
    for (const SimdLevel level : simdLevels())
        names += (names.empty() ? "" : ", ") + std::string(name(level));
    logger->warn("FASTCAR_SIMD is '{}', which is no level of this processor's; it has {}. Kernels take {}.",
                 asked, names, name(taken));
}

const Known &first()
{
    const std::span<const SimdLevel> usable = simdLevels();
    const char *const asked = std::getenv("FASTCAR_SIMD");
    if (!asked || !*asked)
        return knownOf(usable.back());
    const std::optional<SimdLevel> level = simdLevelOf(asked);
    if (level && std::ranges::find(usable, *level) != usable.end())
        return knownOf(*level);
    warnOf(asked, usable.back());
    return knownOf(usable.back());
}

struct InUse {
    std::atomic<SimdLevel> level;
    std::atomic<const KernelTable *> kernels;

    explicit InUse(const Known &known)
        : level(known.level)
        , kernels(known.kernels)
    {
    }
};

InUse &inUse()
{
    static InUse one(first());
    return one;
}

} // namespace

const char *name(SimdLevel level)
{
    return knownOf(level).name;
}

const char *nameForPeople(SimdLevel level)
{
    return knownOf(level).forPeople;
}

std::optional<SimdLevel> simdLevelOf(std::string_view name)
{
    const auto found = std::ranges::find(all, name, &Known::name);
    return found != all.end() ? std::optional(found->level) : std::nullopt;
}

std::span<const SimdLevel> simdLevels()
{
    // In place: the first kernel that runs chooses, and kernels allocate nothing.
    struct Usable {
        std::array<SimdLevel, all.size()> levels{};
        std::size_t count = 0;

        Usable()
        {
            for (const Known &known : all)
                if (known.kernels && processorHas(known.level))
                    levels[count++] = known.level;
        }
    };
    static const Usable usable;
    return std::span(usable.levels).first(usable.count);
}

SimdLevel simdLevel()
{
    return inUse().level.load(std::memory_order_relaxed);
}

void useSimdLevel(SimdLevel level)
{
    assert(std::ranges::find(simdLevels(), level) != simdLevels().end());
    inUse().level.store(level, std::memory_order_relaxed);
    inUse().kernels.store(knownOf(level).kernels, std::memory_order_relaxed);
}

const KernelTable &kernels()
{
    return *inUse().kernels.load(std::memory_order_relaxed);
}

void useKernels(const KernelTable &table)
{
    inUse().kernels.store(&table, std::memory_order_relaxed);
}

} // namespace fastcar::cpu
