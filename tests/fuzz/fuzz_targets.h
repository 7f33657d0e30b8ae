// SPDX-License-Identifier: Apache-2.0
//
// What is fuzzed: everything that reads a file of strangers. A target makes a damaged input and reads it;
// what was read is touched to its last byte. Any answer is right but a crash, a hang, or an allocation out of
// proportion.
#pragma once

#include "tests/fuzz/mutator.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

class FuzzTarget {
public:
    virtual ~FuzzTarget() = default;
    virtual std::string name() const = 0;
    /// True if the input was accepted.
    virtual bool runOnce(Mutator &mutator) = 0;
};

/// `golden` is tests/data/golden; inputs are written to `folder` and left there.
std::vector<std::unique_ptr<FuzzTarget>> makeFuzzTargets(const std::filesystem::path &golden,
                                                         const std::filesystem::path &folder);
