// SPDX-License-Identifier: Apache-2.0
//
// Result<T>: a value, or the reason why there is none. Every function of the engine that the outside world
// can disappoint (files, devices, what a user typed) returns one; the engine throws nothing and prints
// nothing. An Error's text is a whole sentence for a person: it names the thing, what was expected, what was
// found and, where there is something to do, what to do.
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace fastcar {

enum class ErrorKind {
    BadInput,    // what the caller or the user gave cannot be used
    NotFound,    // a file, folder or device is not there
    Corrupt,     // a file contradicts itself: truncated, hostile, damaged
    Unsupported, // well formed, but more than this program can do
    Io,          // the operating system refused: permissions, a full disk
    Device,      // a device failed
    Cancelled,   // the user asked to stop
};

struct Error {
    ErrorKind kind = ErrorKind::BadInput;
    std::string message;
};

template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value)
        : state_(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : state_(std::in_place_index<1>, std::move(error))
    {
    }

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    T &value() &
    {
        assert(ok());
        return std::get<0>(state_);
    }
    const T &value() const &
    {
        assert(ok());
        return std::get<0>(state_);
    }
    T &&value() &&
    {
        assert(ok());
        return std::get<0>(std::move(state_));
    }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }

    const Error &error() const
    {
        assert(!ok());
        return std::get<1>(state_);
    }

private:
    std::variant<T, Error> state_;
};

/// Success without a value: `return {};`
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error)
        : error_(std::move(error))
    {
    }

    bool ok() const { return !error_; }
    explicit operator bool() const { return ok(); }
    const Error &error() const
    {
        assert(error_);
        return *error_;
    }

private:
    std::optional<Error> error_;
};

} // namespace fastcar
