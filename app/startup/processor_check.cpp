// SPDX-License-Identifier: Apache-2.0
//
// The programs are compiled for x86-64-v3 as a whole. On an older processor they would die of an illegal
// instruction wherever the compiler first used one, which may be before main(): so this runs before
// everything else, is itself compiled for any x86-64, and says in a sentence what is missing.
#ifdef FASTCAR_NEEDS_X86_64_V3

#include <cstring>
#include <unistd.h>

namespace {

void say(const char *text)
{
    // Nothing can be done where even this fails.
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text, std::strlen(text));
}

/// Priorities up to 100 are the compiler's own; this is the first that is ours.
[[gnu::constructor(101)]] void checkProcessor()
{
    __builtin_cpu_init();
    const bool fits = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                      __builtin_cpu_supports("f16c") && __builtin_cpu_supports("bmi2");
    if (fits)
        return;
    say("fastcar: This processor lacks instructions that this build needs (AVX2, FMA, F16C, BMI2: Intel "
        "Haswell of "
        "2013, AMD Zen of 2017, or later). Build it for this machine with: cmake --preset release "
        "-DFASTCAR_CPU= && "
        "cmake --build --preset release\n");
    ::_exit(1);
}

} // namespace

#endif
