// SPDX-License-Identifier: Apache-2.0
//
// fastcar_fuzz [--iterations N] [--seed S] [--target NAME]: reads damaged files until something breaks. Each
// iteration has its own seed, S + its number; to see one again, run it alone: --iterations 1 --seed THAT. The
// input of an iteration that crashed is left in the folder that is printed first.
#include "tests/fuzz/fuzz_targets.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <unistd.h>

namespace fs = std::filesystem;

namespace {

constexpr unsigned secondsPerIteration = 60; // a hang ends as SIGALRM

struct Options {
    std::uint64_t iterations = 1000;
    std::uint64_t seed = 1;
    std::string target;
    bool valid = true;
};

Options parse(int count, char **arguments)
{
    Options options;
    for (int i = 1; i < count; i += 2) {
        if (i + 1 == count)
            options.valid = false;
        else if (std::strcmp(arguments[i], "--iterations") == 0)
            options.iterations = std::strtoull(arguments[i + 1], nullptr, 10);
        else if (std::strcmp(arguments[i], "--seed") == 0)
            options.seed = std::strtoull(arguments[i + 1], nullptr, 10);
        else if (std::strcmp(arguments[i], "--target") == 0)
            options.target = arguments[i + 1];
        else
            options.valid = false;
    }
    return options;
}

void fuzz(FuzzTarget &target, const Options &options)
{
    std::uint64_t accepted = 0;
    for (std::uint64_t i = 0; i < options.iterations; ++i) {
        const std::uint64_t seed = options.seed + i;
        if (i % 1000 == 0)
            std::printf("%s: %llu accepted, at seed %llu\n", target.name().c_str(),
                        static_cast<unsigned long long>(accepted), static_cast<unsigned long long>(seed));
        std::fflush(stdout);
        alarm(secondsPerIteration);
        Mutator mutator(seed);
        accepted += target.runOnce(mutator);
    }
    alarm(0);
    std::printf("%s: %llu inputs, %llu accepted\n", target.name().c_str(),
                static_cast<unsigned long long>(options.iterations),
                static_cast<unsigned long long>(accepted));
}

} // namespace

int main(int count, char **arguments)
{
    const Options options = parse(count, arguments);
    if (!options.valid) {
        std::fprintf(stderr, "usage: fastcar_fuzz [--iterations N] [--seed S] [--target NAME]\n");
        return 2;
    }
    const fs::path folder = fs::temp_directory_path() / ("fastcar-fuzz-" + std::to_string(getpid()));
    fs::create_directories(folder);
    std::printf("inputs in %s\n", folder.c_str());
    for (const std::unique_ptr<FuzzTarget> &target : makeFuzzTargets(FASTCAR_TEST_DATA "/golden", folder))
        if (options.target.empty() || options.target == target->name())
            fuzz(*target, options);
    fs::remove_all(folder);
    return 0;
}
