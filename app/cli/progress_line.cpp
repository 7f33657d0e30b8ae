// SPDX-License-Identifier: Apache-2.0
#include "app/cli/progress_line.h"

#include "app/cli/exit_status.h"

#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>

namespace fastcar::cli {

namespace {

constexpr auto redrawInterval = std::chrono::milliseconds(100);

std::string duration(double seconds)
{
    const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
    if (whole < 3600)
        return fmt::format("{}:{:02}", whole / 60, whole % 60);
    return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

/// A line that wraps could not be taken away again.
std::size_t terminalWidth()
{
    winsize size{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return 80;
    return size.ws_col;
}

} // namespace

ProgressLine::ProgressLine(std::string phase)
    : terminal_(::isatty(STDERR_FILENO) == 1)
    , phase_(std::move(phase))
{
    draw(true);
}

ProgressLine::~ProgressLine()
{
    finish();
}

void ProgressLine::expect(int tokens, int given)
{
    const std::lock_guard lock(mutex_);
    tokens_ = tokens;
    given_ = drawn_ = given;
}

void ProgressLine::append(const Event &event)
{
    if (!terminal_)
        return;
    const std::lock_guard lock(mutex_);
    switch (event.kind) {
    case Event::Kind::PhaseChanged:
        decoding_ = event.phase == Phase::Decoding;
        if (decoding_ && drawn_ == given_)
            decodingSince_ = Clock::now();
        if (event.phase == Phase::Prefill)
            phase_ = "reading the prompt";
        else if (event.phase == Phase::Repeating)
            phase_ = "running the steps that are there again";
        else if (decoding_)
            phase_ = "decoding";
        return draw(true);
    case Event::Kind::TokenDone:
        drawn_ = static_cast<int>(event.token) + 1;
        return draw(false);
    case Event::Kind::LayerOutcome:
        replayed_ += event.decision == Decision::Replayed;
        eligible_ += event.decision != Decision::NotEligible;
        return;
    case Event::Kind::StepRepeated:
        phase_ = fmt::format("running the steps that are there again, {}/{}", event.token + 1, given_);
        return draw(false);
    case Event::Kind::CodeDrawn:
    case Event::Kind::FrameDone:
    case Event::Kind::PolicyChanged:
    case Event::Kind::ThresholdSet:
    case Event::Kind::CardRun:
    case Event::Kind::CardCounted:
    case Event::Kind::HeadScored:
    case Event::Kind::StepTimed:
        return;
    }
}

void ProgressLine::phase(const std::string &words)
{
    const std::lock_guard lock(mutex_);
    decoding_ = false;
    phase_ = words;
    share_ = 0.0;
    phaseSince_ = Clock::now();
    draw(true);
}

void ProgressLine::share(double part)
{
    const std::lock_guard lock(mutex_);
    share_ = part;
    draw(false);
}

void ProgressLine::message(const std::string &sentence)
{
    const std::lock_guard lock(mutex_);
    erase();
    say(sentence);
}

void ProgressLine::finish()
{
    const std::lock_guard lock(mutex_);
    erase();
}

std::string ProgressLine::line(Clock::time_point now) const
{
    if (!decoding_ && share_ > 0.0) {
        const double elapsed = std::chrono::duration<double>(now - phaseSince_).count();
        return fmt::format("{}, {:.0f} %, {} to go", phase_, 100.0 * share_,
                           duration(elapsed / share_ * (1.0 - share_)));
    }
    if (!decoding_ || drawn_ == given_)
        return phase_ + " ...";
    std::string text =
        fmt::format("{} {}/{} tokens, {} %", phase_, drawn_, tokens_, 100LL * drawn_ / tokens_);
    const double elapsed = std::chrono::duration<double>(now - decodingSince_).count();
    if (elapsed > 0.0)
        text += fmt::format(", {:.1f} tokens/s, {} to go", (drawn_ - given_) / elapsed,
                            duration(elapsed / (drawn_ - given_) * (tokens_ - drawn_)));
    if (eligible_ > 0)
        text += fmt::format(", replayed {} % of eligible", 100 * replayed_ / eligible_);
    return text;
}

void ProgressLine::draw(bool now)
{
    const auto time = Clock::now();
    if (!terminal_ || (!now && time - lastDrawn_ < redrawInterval))
        return;
    lastDrawn_ = time;
    visible_ = true;
    const std::string text = "\r" + line(time).substr(0, terminalWidth() - 1) + "\x1b[K";
    std::fputs(text.c_str(), stderr);
    std::fflush(stderr);
}

void ProgressLine::erase()
{
    if (!visible_)
        return;
    visible_ = false;
    std::fputs("\r\x1b[K", stderr);
    std::fflush(stderr);
}

} // namespace fastcar::cli
