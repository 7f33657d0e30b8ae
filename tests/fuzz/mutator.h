// SPDX-License-Identifier: Apache-2.0
//
// Makes damaged files out of whole ones: flips, numbers at the edge of their range, cuts, repetitions, other
// digits. The same seed makes the same damage.
#pragma once

#include <cstdint>
#include <random>
#include <string>

class Mutator {
public:
    explicit Mutator(std::uint64_t seed)
        : random_(seed)
    {
    }

    /// One to several changes. Four of five fall into the first `head` bytes, where formats keep what is
    /// worth damaging.
    std::string mutate(std::string bytes, std::size_t head);
    /// A number from 0 to bound - 1.
    std::size_t below(std::size_t bound);

private:
    void change(std::string &bytes, std::size_t head);
    std::size_t place(const std::string &bytes, std::size_t head);
    void putNumber(std::string &bytes, std::size_t at);
    void putText(std::string &bytes, std::size_t at);

    std::mt19937_64 random_;
};
