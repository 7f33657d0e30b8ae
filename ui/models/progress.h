// SPDX-License-Identifier: Apache-2.0
//
// How far a run is and how long it will take, from the times at which tokens were done. Time spent paused
// counts neither as work nor in the estimate.
#pragma once

#include <QString>

#include <cstdint>
#include <optional>

namespace fastcar::ui {

class Progress {
public:
    void reset(int tokensTotal);
    /// Token number `token` (from 0) was done `timeNs` after the run began.
    void tokenDone(int token, std::int64_t timeNs);
    /// The next interval between tokens contains a pause and says nothing of the pace.
    void paused();

    int tokens() const { return tokens_; }
    int total() const { return total_; }
    /// Over the last second or two of work; 0 before there are two tokens.
    double tokensPerSecond() const;
    /// Nothing as long as there is no pace to go by.
    std::optional<double> secondsLeft() const;
    /// Time of work up to the last token.
    double secondsWorked() const { return static_cast<double>(workedNs_) * 1e-9; }

private:
    int total_ = 0;
    int tokens_ = 0;
    std::int64_t lastNs_ = 0;
    std::int64_t workedNs_ = 0;
    bool skipNext_ = true;
    double meanNs_ = 0.0; // of an interval, older ones fading out
    double weight_ = 0.0; // how much of a mean that is
};

/// "0:07", "12:34", "1:02:03"
QString clockText(double seconds);
/// "276 ms", "7.40 s", and from 100 s on as clockText(): a small model's run is over within a second.
QString secondsText(double seconds);
/// Three figures, as many behind the point as that takes: "0.28", "27.6", "276".
QString threeFigures(double value);

} // namespace fastcar::ui
