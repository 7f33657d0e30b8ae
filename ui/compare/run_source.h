// SPDX-License-Identifier: Apache-2.0
//
// Which run is meant by one side of a comparison.
#pragma once

#include "engine/quality/loaded_run.h"

#include <QString>

#include <memory>

namespace fastcar::ui {

struct RunSource {
    enum class Kind {
        None,
        Shown,  // the one that the window shows, as far as it is
        Before, // the one that was shown before it
        Held,   // another one of this window's, which is kept for this comparison
        File,   // a trace, or a video with or without its trace: somebody's, or the library's
    };

    Kind kind = Kind::None;
    std::shared_ptr<const LoadedRun> run; // of Held
    QString file;                         // of File
    QString title;                        // of File: what a person calls it; empty: by its file's name

    bool operator==(const RunSource &) const = default;

    static RunSource shown() { return {.kind = Kind::Shown}; }
    static RunSource before() { return {.kind = Kind::Before}; }
    static RunSource held(std::shared_ptr<const LoadedRun> run)
    {
        return {.kind = Kind::Held, .run = std::move(run)};
    }
    static RunSource ofFile(const QString &file, const QString &title = {})
    {
        return {.kind = Kind::File, .file = file, .title = title};
    }
};

/// What B is held against, and B. Usually A is the dense run and B the replayed one.
enum class Side { A, B };

inline Side otherSide(Side side)
{
    return side == Side::A ? Side::B : Side::A;
}

} // namespace fastcar::ui
