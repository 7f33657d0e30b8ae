// SPDX-License-Identifier: Apache-2.0
//
// SHA-256, by which models and code sequences are named.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace fastcar {

class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256 &&) noexcept;
    Sha256 &operator=(Sha256 &&) noexcept;

    void add(std::span<const std::byte> bytes);
    void add(const std::string &text);
    /// Lower-case hex; ends the computation.
    std::string hex();

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

} // namespace fastcar
