// SPDX-License-Identifier: Apache-2.0
//
// Does a text have the letters that somebody typed, in their order, with others between them? How well:
// letters that begin words and letters that follow each other count for more than scattered ones.
#pragma once

#include <QStringView>

#include <optional>
#include <vector>

namespace fastcar::ui {

struct FuzzyMatch {
    int score = 0;           // larger is better; comparable between texts for one pattern
    std::vector<int> places; // of the letters that were found, rising
};

/// Words of the pattern are sought each for itself, in any order. Case does not matter. An empty pattern
/// matches everything, with nothing found.
std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, QStringView text);

} // namespace fastcar::ui
