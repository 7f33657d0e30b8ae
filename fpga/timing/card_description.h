// SPDX-License-Identifier: Apache-2.0
//
// Cards as data (resources/cards/*.json): what part and memory they have, which design is meant to lie on
// them, and what energy costs. Each figure says what it rests on; what nobody measured or published is
// "assumed".
#pragma once

#include "engine/base/result.h"
#include "fpga/program/step_program.h"
#include "fpga/timing/stream_timing.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fastcar::fpga {

struct Figure {
    double value = 0.0;
    std::string evidence; // "data sheet DS963", "synthesised (yosys)", "published: ...", "assumed"
    bool assumed() const { return evidence == "assumed"; }
};

struct CardDescription {
    std::string name;  // what --card takes
    std::string title; // for people
    struct Part {
        Figure lut, ff, dsp, bram36, uram;
    } part;
    struct Memory {
        std::string kind;
        Figure bytes, banks, peakBytesPerSecond;
        Figure reachable; // share of the peak
        Figure latencySeconds;
    } memory;
    struct Design {
        Figure clockHz, filling, lanes, ports, rows;
        Figure maxHidden, maxColumns, maxOutputs, maxHeads, maxHeadDim, maxPositions;
        std::optional<Figure> cores; // otherwise as many as fit (card_design.h)
    } design;
    struct Energy {
        Figure joulePerMac, joulePerBit, idleWatt;
    } energy;

    /// Errors: `text` is no description; which field, and what is wrong with it. `file` is for the error.
    static Result<CardDescription> parse(std::string_view text, const std::string &file);
    static Result<CardDescription> read(const std::filesystem::path &file);

    /// Of the design without its cores, which are 1.
    AcceleratorShape shapeOfOneCore() const;
    std::uint64_t portBytes() const;
    /// At one port: one bank at a time, or its share where there are fewer banks than ports.
    double portBytesPerSecond() const;
    /// At the design's clock.
    StreamTiming stream() const;
    /// Names of the figures that are assumed: "design.clock_hz".
    std::vector<std::string> assumed() const;
};

/// resources/cards in the executable's folder or any folder above it (a source tree), or share/fastcar/cards
/// beside it (an installation); empty if there is none.
std::filesystem::path cardsFolder();
/// What is in a folder, by name.
struct DescribedCards {
    std::vector<CardDescription> cards;
    std::vector<Error> unreadable; // files .json that are no description
};
DescribedCards cardsIn(const std::filesystem::path &folder);
/// All in cardsFolder(); files that cannot be read are warned of through the spdlog
/// logger "cards", if the program has made one.
std::vector<CardDescription> describedCards();
/// A card of the folder by its name, or a file (a name with a slash or of the ending .json). Errors: there is
/// none (those that there are, and what is wrong with files that cannot be read), or it is wrong.
Result<CardDescription> findCard(std::string_view nameOrFile);

} // namespace fastcar::fpga
