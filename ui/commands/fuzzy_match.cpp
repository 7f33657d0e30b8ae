// SPDX-License-Identifier: Apache-2.0
#include "ui/commands/fuzzy_match.h"

#include <algorithm>
#include <limits>

namespace fastcar::ui {

namespace {

constexpr int none = std::numeric_limits<int>::min() / 2;
constexpr int found = 4;
constexpr int beginsWord = 12;
constexpr int follows = 8;         // the letter before it
constexpr int farthestGap = 6;     // beyond which a gap costs no more
constexpr int lettersPerPoint = 6; // of those that nobody asked for: of two that fit alike, the shorter one
constexpr int mostOfLength = 6;    // less than a letter at the start of a word is worth

bool startsWord(QStringView text, qsizetype at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber() || (text[at].isUpper() && text[at - 1].isLower());
}

/// scores[i][j]: of the best way in which letters 0 to i of the word are found, the last of them at j.
std::optional<FuzzyMatch> matchWord(QStringView word, QStringView text)
{
    const auto letters = static_cast<std::size_t>(word.size());
    const auto width = static_cast<std::size_t>(text.size());
    std::vector<std::vector<int>> scores(letters, std::vector<int>(width, none));
    std::vector<std::vector<int>> from(letters, std::vector<int>(width, -1));
    for (std::size_t i = 0; i < letters; ++i) {
        for (std::size_t j = i; j < width; ++j) {
            if (word[qsizetype(i)].toCaseFolded() != text[qsizetype(j)].toCaseFolded())
                continue;
            const int own = found + (startsWord(text, qsizetype(j)) ? beginsWord : 0);
            if (i == 0) {
                scores[i][j] = own;
                continue;
            }
            for (std::size_t k = i - 1; k < j; ++k) {
                if (scores[i - 1][k] == none)
                    continue;
                const int gap = static_cast<int>(j - k) - 1;
                const int score = scores[i - 1][k] + own + (gap == 0 ? follows : -std::min(gap, farthestGap));
                if (score > scores[i][j]) {
                    scores[i][j] = score;
                    from[i][j] = static_cast<int>(k);
                }
            }
        }
    }
    const auto &last = scores.back();
    const auto best = std::ranges::max_element(last);
    if (best == last.end() || *best == none)
        return std::nullopt;
    FuzzyMatch match{.score = *best};
    int at = static_cast<int>(best - last.begin());
    for (std::size_t i = letters; i-- > 0;) {
        match.places.push_back(at);
        at = from[i][static_cast<std::size_t>(at)];
    }
    std::ranges::reverse(match.places);
    return match;
}

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, QStringView text)
{
    FuzzyMatch whole;
    for (const QStringView word : pattern.split(u' ', Qt::SkipEmptyParts)) {
        auto match = matchWord(word, text);
        if (!match)
            return std::nullopt;
        whole.score += match->score;
        whole.places.insert(whole.places.end(), match->places.begin(), match->places.end());
    }
    std::ranges::sort(whole.places);
    const auto twice = std::ranges::unique(whole.places);
    whole.places.erase(twice.begin(), twice.end());
    if (!whole.places.empty()) {
        const auto rest = static_cast<int>(text.size()) - static_cast<int>(whole.places.size());
        whole.score -= std::min(rest / lettersPerPoint, mostOfLength);
    }
    return whole;
}

} // namespace fastcar::ui
