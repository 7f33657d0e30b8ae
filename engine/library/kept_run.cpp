// SPDX-License-Identifier: Apache-2.0
#include "engine/library/kept_run.h"

namespace fastcar {

namespace {
/// Frames of a small model come faster than anybody looks at the list of runs.
constexpr std::chrono::milliseconds betweenEntries{1000};
} // namespace

RunAdvance RunAdvance::of(const Trace &trace)
{
    RunAdvance advance{.tokens = trace.tokens(), .replay = trace.statistics().all()};
    if (advance.tokens > 0)
        advance.seconds = static_cast<double>(trace.timeNs(advance.tokens - 1)) * 1e-9;
    return advance;
}

KeptRun::KeptRun(Database &database, RunId id, RunFolder folder, TraceWriter writer, RunAdvance advance)
    : database_(database)
    , id_(id)
    , folder_(std::move(folder))
    , writer_(std::move(writer))
    , advance_(advance)
{
}

void KeptRun::keep(const Result<void> &result)
{
    if (!result && !error_)
        error_ = result.error();
}

void KeptRun::onEvent(const Event &event)
{
    if (error_)
        return;
    if (event.kind == Event::Kind::PolicyChanged)
        if (const auto policy = named_.extract(event.policy); !policy.empty())
            writer_.addPolicy(event.policy, policy.mapped());
    writer_.append(event);
    if (writer_.error())
        error_ = writer_.error();
    if (event.kind == Event::Kind::LayerOutcome)
        countOutcome(event.decision);
    if (event.kind == Event::Kind::TokenDone) {
        advance_.tokens = static_cast<int>(event.token) + 1;
        advance_.seconds = static_cast<double>(event.timeNs) * 1e-9;
        advance_.replay += std::exchange(stepReplay_, {});
    }
    if (event.kind == Event::Kind::FrameDone && event.row == 0 && Clock::now() >= nextEntry_)
        tellEntry();
}

void KeptRun::takeEvents(std::span<const Event> events)
{
    writer_.hold();
    for (const Event &event : events)
        onEvent(event);
    writer_.release();
    if (writer_.error() && !error_)
        error_ = writer_.error();
}

void KeptRun::countOutcome(Decision decision)
{
    stepReplay_.replayed += decision == Decision::Replayed;
    stepReplay_.eligible += decision != Decision::NotEligible;
    ++stepReplay_.total;
}

void KeptRun::onPolicy(std::uint32_t number, const ReplayPolicy &policy)
{
    named_[number] = policy; // its record stands where its event does
}

void KeptRun::onContinued(const Continuation &continuation)
{
    stepReplay_ = {}; // the step whose token never came is run again
    if (error_)
        return;
    writer_.addContinuation(continuation);
    keep(database_.run("UPDATE runs SET device = ? WHERE id = ?", {continuation.device, id_}));
}

void KeptRun::onFrame(int video, int frame, SharedFrame picture)
{
    if (error_)
        return;
    keep(folder_.writeFrame(video, frame, picture));
    if (video == 0 && frame == 0 && !error_)
        keep(folder_.writePoster(picture));
}

/// An entry that could not be brought up to date is no harm: the next one will, or whoever finds the run.
void KeptRun::tellEntry()
{
    nextEntry_ = Clock::now() + betweenEntries;
    (void)updateEntry(database_, id_, advance_, folder_.bytes());
}

/// The first frame often shows less of what the video is about.
void KeptRun::writePosterFromTheMiddle()
{
    const int whole = folder_.wholeFrames(0);
    if (whole < 3)
        return;
    if (const auto picture = folder_.readFrame(0, whole / 2))
        keep(folder_.writePoster(*picture));
}

Result<void> KeptRun::end(RunState state, const std::string &reason,
                          const std::vector<std::vector<SharedFrame>> &frames)
{
    for (std::size_t video = 0; video < frames.size(); ++video)
        for (std::size_t frame = 0; frame < frames[video].size() && !error_; ++frame)
            keep(folder_.writeFrame(static_cast<int>(video), static_cast<int>(frame), frames[video][frame]));
    if (!error_)
        writePosterFromTheMiddle();
    // The entry first: as long as the trace is locked, nobody takes the run for an interrupted one.
    keep(updateEntry(database_, id_, advance_, folder_.bytes()));
    const RunState ended = error_ ? RunState::Interrupted : state;
    keep(database_.run("UPDATE runs SET state = ?, reason = ? WHERE id = ?",
                       {std::string(nameOf(ended)), error_ ? error_->message : reason, id_}));
    keep(writer_.close());
    return error_ ? Result<void>(*error_) : Result<void>();
}

Result<void> updateEntry(Database &database, RunId id, const RunAdvance &advance, std::int64_t bytes)
{
    return database.run(
        "UPDATE runs SET tokens = ?, replayed = ?, eligible = ?, seconds = ?, bytes = ? WHERE id = ?",
        {std::int64_t{advance.tokens}, advance.replay.replayed, advance.replay.eligible, advance.seconds,
         bytes, id});
}

} // namespace fastcar
