// SPDX-License-Identifier: Apache-2.0
//
// Runs that stopped anywhere go on as if they had not: the same codes, scores, decisions and pictures, bit
// for bit, on every device whose numbers can be repeated.
#include "engine/decode/generation.h"
#include "engine/trace/trace.h"
#include "fpga/host/fpga_devices.h"
#include "tests/decode/failing_device.h"
#include "tests/decode/golden.h"

#include <QTest>

#include <bit>
#include <functional>
#include <limits>

using namespace fastcar;

Q_DECLARE_METATYPE(fastcar::RunSettings)

namespace {

constexpr int layers = 4, stride = 16, frames = 3, tokens = frames * stride;
constexpr float always = -std::numeric_limits<float>::infinity();

RunSettings someSettings()
{
    RunSettings settings;
    settings.prompt = "A red kite.";
    settings.frames = frames;
    settings.seed = 11;
    settings.sampler = {.temperature = 1.0f, .topK = 16};
    settings.modelDigest = *golden::model().checkpoint->digest();
    return settings;
}

ReplayPolicy replaying(float threshold, GateMode gate = GateMode::Row)
{
    ReplayPolicy policy;
    policy.gate = gate;
    policy.thresholds.assign(layers, threshold);
    return policy;
}

ReplayPolicy meeting(float ratio, bool perLayer)
{
    ReplayPolicy policy;
    policy.target = ReplayTarget{.ratio = ratio, .perLayer = perLayer};
    return policy;
}

/// A window's or a file's view of a run: all events, and the trace that they make.
struct Listener final : RunSink {
    explicit Listener(Trace begun)
        : trace(std::move(begun))
    {
    }

    std::vector<Event> events;
    Trace trace;
    int frames = 0;
    std::function<void(const Event &)> at;

    void onEvent(const Event &event) override
    {
        events.push_back(event);
        trace.append(event);
        if (at)
            at(event);
    }
    void onPolicy(std::uint32_t number, const ReplayPolicy &policy) override
    {
        trace.addPolicy(number, policy);
    }
    void onContinued(const Continuation &continuation) override { trace.addContinuation(continuation); }
    void onFrame(int, int, SharedFrame) override { ++frames; }
};

struct Outcome {
    GenerationResult result;
    Listener listener;
};

/// Policies that are asked for when a token is done.
using Changes = std::map<int, ReplayPolicy>;

/// From the prompt on, or behind what `begun` holds.
Outcome run(const RunSettings &settings, const Changes &changes = {}, std::optional<Trace> begun = {})
{
    ThreadPool pool(2);
    RunControl control;
    std::optional<RunPrefix> prefix;
    if (begun)
        prefix = prefixOf(*begun);
    Listener listener(begun ? std::move(*begun)
                            : Trace(traceShape(golden::model().checkpoint->config(), settings), settings));
    listener.at = [&](const Event &event) {
        if (const auto change = changes.find(static_cast<int>(event.token));
            event.kind == Event::Kind::TokenDone && change != changes.end())
            control.setReplayPolicy(change->second);
    };
    GenerationOptions options;
    options.prefix = prefix ? &*prefix : nullptr;
    auto result = generate(golden::model(), settings, pool, listener, control, options);
    if (!result)
        qFatal("%s", result.error().message.c_str());
    listener.at = nullptr;
    return {std::move(*result), std::move(listener)};
}

/// What was heard of a run that stopped just before its token `token` was done: its step and codes are lost.
Trace stoppedBefore(int token, const Outcome &whole)
{
    Trace trace(whole.listener.trace.shape(), whole.listener.trace.settings());
    for (const Event &event : whole.listener.events) {
        if (event.kind == Event::Kind::TokenDone && static_cast<int>(event.token) == token)
            break;
        if (event.kind == Event::Kind::PolicyChanged)
            trace.addPolicy(event.policy, whole.listener.trace.policy(event.policy));
        trace.append(event);
    }
    return trace;
}

void compare(const Outcome &a, const Outcome &b)
{
    QCOMPARE(a.result.codes, b.result.codes);
    QCOMPARE(a.result.frames.size(), b.result.frames.size());
    for (std::size_t video = 0; video < a.result.frames.size(); ++video) {
        QCOMPARE(a.result.frames[video].size(), b.result.frames[video].size());
        for (std::size_t frame = 0; frame < a.result.frames[video].size(); ++frame)
            QVERIFY(a.result.frames[video][frame]->rgb == b.result.frames[video][frame]->rgb);
    }
    const Trace &x = a.listener.trace, &y = b.listener.trace;
    QCOMPARE(x.tokens(), y.tokens());
    QCOMPARE(x.steps(), y.steps());
    for (int step = 0; step < x.steps(); ++step) {
        QCOMPARE(x.policyOf(step), y.policyOf(step));
        QVERIFY(x.policy(x.policyOf(step)) == y.policy(y.policyOf(step)));
        for (int layer = 0; layer < x.shape().layers; ++layer)
            QVERIFY(x.threshold(step, layer) == y.threshold(step, layer));
        for (int layer = 0; layer < x.shape().layers; ++layer)
            for (int row = 0; row < x.shape().rows; ++row) {
                QCOMPARE(x.outcome(step, layer, row).decision, y.outcome(step, layer, row).decision);
                QCOMPARE(std::bit_cast<std::uint32_t>(x.outcome(step, layer, row).tas),
                         std::bit_cast<std::uint32_t>(y.outcome(step, layer, row).tas));
            }
    }
    QVERIFY(a.result.replay.all() == b.result.replay.all());
}

Result<GenerationResult> tryPrefix(const RunPrefix &prefix, const RunSettings &settings)
{
    ThreadPool pool(1);
    RunControl control;
    Listener listener(Trace{});
    GenerationOptions options;
    options.prefix = &prefix;
    return generate(golden::model(), settings, pool, listener, control, options);
}

} // namespace

class TestGoingOn : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { fpga::registerFpgaDevices(); }

    void aRunThatStoppedAnywhereMakesTheSameBits_data()
    {
        QTest::addColumn<QString>("device");
        QTest::addColumn<RunSettings>("settings");
        QTest::addColumn<int>("changes");
        for (const char *device : {"cpu", "fpga-modelled"}) {
            const auto row = [&](const char *name, const RunSettings &settings, int changes) {
                QTest::addRow("%s, %s", device, name) << QString(device) << settings << changes;
            };
            RunSettings settings = someSettings();
            settings.device = device;
            row("dense", settings, 0);
            settings.replay = replaying(0.5f);
            row("half replayed", settings, 0);
            row("policies change on the way", settings, 1);
            row("targets come on the way", settings, 2);
            settings.replay = meeting(0.6f, true);
            row("a target", settings, 0);
            settings.replay = replaying(0.5f);
            settings.replay.frames = {.first = 2, .last = 2};
            settings.replay.layers = {.first = 2};
            row("some frames and layers", settings, 0);
            settings.replay = replaying(0.5f, GateMode::Mean);
            settings.videos = 2;
            row("two videos, their rows together", settings, 1);
            settings.sampler.cfg = 1.0f;
            settings.attention = {.windowed = true, .sinks = 4, .window = 12};
            row("without guidance, a window of attention", settings, 1);
        }
    }

    void aRunThatStoppedAnywhereMakesTheSameBits()
    {
        QFETCH(QString, device);
        QFETCH(RunSettings, settings);
        QFETCH(int, changes);
        // Their MLPs must come from the cache exactly where those of the run did.
        Changes asked;
        if (changes == 2)
            asked = {{20, meeting(0.4f, false)}, {30, replaying(0.2f)}, {36, meeting(0.9f, true)}};
        if (changes == 1)
            asked = {{20, replaying(always)}, {25, {}}, {33, replaying(0.2f, GateMode::All)}};
        const Outcome whole = run(settings, asked);
        QCOMPARE(whole.result.tokens, tokens);
        const bool replays = !settings.replay.thresholds.empty() || settings.replay.target;
        QVERIFY(!replays || whole.result.replay.all().replayed > 0);
        // 21: a policy was asked for and told of, but no step of its own was.
        for (const int stop : {0, 1, 2, 15, 16, 17, 21, 22, 32, 34, tokens - 1}) {
            const Outcome rest = run(settings, asked, stoppedBefore(stop, whole));
            QCOMPARE(rest.result.given, stop);
            QVERIFY(rest.result.sameNumbers);
            compare(rest, whole);
            QVERIFY2(!QTest::currentTestFailed(), qPrintable(QString("stopped before token %1").arg(stop)));
        }
    }

    void aRunThatStoppedAgainAndAgainMakesTheSameBits()
    {
        RunSettings settings = someSettings();
        settings.replay = replaying(0.5f);
        const Outcome whole = run(settings);
        Outcome part = run(settings, {}, stoppedBefore(18, whole));
        part = run(settings, {}, stoppedBefore(18, part)); // killed before it made a token of its own
        part = run(settings, {}, stoppedBefore(40, whole));
        compare(part, whole);
        QCOMPARE(part.result.settings.continued.size(), std::size_t{1});
        QCOMPARE(part.result.settings.continued[0].step, 39);
    }

    void timesGoOn()
    {
        const Outcome whole = run(someSettings());
        const Outcome rest = run(someSettings(), {}, stoppedBefore(20, whole));
        const Trace &trace = rest.listener.trace;
        for (int token = 1; token < trace.tokens(); ++token)
            QVERIFY(trace.timeNs(token) >= trace.timeNs(token - 1));
        QCOMPARE(trace.timeNs(19), whole.listener.trace.timeNs(19));
    }

    void theSinkHearsOfWhatIsNew()
    {
        const Outcome whole = run(someSettings());
        const Outcome rest = run(someSettings(), {}, stoppedBefore(20, whole));
        int done = 0, repeated = 0;
        std::vector<Phase> phases;
        for (const Event &event : rest.listener.events) {
            done += event.kind == Event::Kind::TokenDone;
            repeated += event.kind == Event::Kind::StepRepeated;
            if (event.kind == Event::Kind::PhaseChanged)
                phases.push_back(event.phase);
        }
        QCOMPARE(done, tokens - 20);
        QCOMPARE(repeated, 19);
        QCOMPARE(rest.listener.frames, 2);
        QVERIFY(phases == (std::vector{Phase::Loading, Phase::Prefill, Phase::Repeating, Phase::Decoding,
                                       Phase::Done}));
    }

    void aDeviceThatFailsLeavesWhatAnotherGoesOnWith()
    {
        FailingDevice device("failing");
        device.failsAt = 25;
        RunSettings settings = someSettings();
        settings.replay = replaying(0.5f);
        const Outcome whole = run(settings);
        settings.device = "failing";
        Outcome part = run(settings);
        QVERIFY(part.result.failure.has_value());
        QCOMPARE(part.result.tokens, 26);
        settings.device = "cpu"; // whose numbers are the same
        const Outcome rest = run(settings, {}, part.listener.trace);
        compare(rest, whole);
        QCOMPARE(rest.result.settings.device, std::string("failing"));
        QCOMPARE(deviceOfStep(rest.result.settings, 24), std::string("failing"));
        QCOMPARE(deviceOfStep(rest.result.settings, 25), std::string("cpu"));
        QVERIFY(rest.result.settings.continued == rest.listener.trace.settings().continued);
    }

    void aDeviceThatFailsWhileItGoesOnLosesNothing_data()
    {
        QTest::addColumn<int>("failsAt");
        QTest::newRow("it cannot be opened") << -1;
        QTest::newRow("in the given steps") << 10;
        QTest::newRow("in the step that nobody has seen") << 19;
        QTest::newRow("behind it") << 21;
    }

    void aDeviceThatFailsWhileItGoesOnLosesNothing()
    {
        QFETCH(int, failsAt);
        FailingDevice device("failing");
        device.failsAt = failsAt;
        RunSettings settings = someSettings();
        settings.replay = replaying(0.5f);
        const Outcome whole = run(settings);
        settings.device = "failing";
        Outcome part = run(settings, {}, stoppedBefore(20, whole));
        QVERIFY(part.result.failure.has_value());
        QCOMPARE(part.result.tokens, std::max(20, failsAt + 1));
        QCOMPARE(part.result.frames[0].size(), std::size_t{1});
        QCOMPARE(part.listener.events.back().phase, Phase::Failed);
        settings.device = "cpu";
        compare(run(settings, {}, part.listener.trace), whole);
    }

    void cancellingWhileStepsAreRepeatedLosesNothing()
    {
        const RunSettings settings = someSettings();
        const Outcome whole = run(settings);
        const RunPrefix prefix = prefixOf(stoppedBefore(20, whole));
        ThreadPool pool(1);
        RunControl control;
        Listener listener(stoppedBefore(20, whole));
        listener.at = [&](const Event &event) {
            if (event.kind == Event::Kind::StepRepeated && event.token == 7)
                control.cancel();
        };
        GenerationOptions options;
        options.prefix = &prefix;
        const auto result = generate(golden::model(), settings, pool, listener, control, options);
        QVERIFY(result.ok());
        QVERIFY(result->cancelled);
        QCOMPARE(result->tokens, 20);
        QVERIFY(result->settings.continued.empty()); // it never came to that
        compare(run(settings, {}, listener.trace), whole);
    }

    void anotherDevicesNumbersAreNoticed()
    {
        RunSettings settings = someSettings();
        settings.replay = replaying(0.5f);
        const Outcome whole = run(settings);
        const Trace begun = stoppedBefore(30, whole);
        settings.device = "fpga-modelled";
        const Outcome rest = run(settings, {}, begun);
        QVERIFY(!rest.result.sameNumbers);
        QCOMPARE(rest.result.tokens, tokens);
        QVERIFY(std::equal(whole.result.codes[0].begin(), whole.result.codes[0].begin() + 30 * 4,
                           rest.result.codes[0].begin()));
        // Going on there once more gives the same again: the state is the device's own.
        compare(run(settings, {}, begun), rest);
    }

    void aWholeRunNeedsItsPicturesOnly()
    {
        FailingDevice device("failing");
        device.failsAt = -1;
        RunSettings settings = someSettings();
        const Outcome whole = run(settings);
        settings.device = "failing";
        compare(run(settings, {}, whole.listener.trace), whole);
    }

    void whatIsNoBeginningOfTheRunIsRefused_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"another model", "prompt", "number of frames", "seed", "sampler",
                                 "replay policy", "attention", "layers", "code 999", "policy 5"})
            QTest::newRow(what) << QString(what);
    }

    void whatIsNoBeginningOfTheRunIsRefused()
    {
        QFETCH(QString, what);
        const RunSettings settings = someSettings();
        static const Outcome whole = run(settings);
        RunPrefix prefix = prefixOf(stoppedBefore(20, whole));
        QVERIFY(tryPrefix(prefix, settings).ok());
        if (what == "another model")
            prefix.settings.modelDigest = "0123";
        else if (what == "prompt")
            prefix.settings.prompt = "A blue kite.";
        else if (what == "number of frames")
            prefix.settings.frames = 4;
        else if (what == "seed")
            prefix.settings.seed = 12;
        else if (what == "sampler")
            prefix.settings.sampler.topK = 17;
        else if (what == "replay policy")
            prefix.settings.replay = replaying(0.5f);
        else if (what == "attention")
            prefix.settings.attention.windowed = true;
        else if (what == "layers")
            prefix.layers = 5;
        else if (what == "code 999")
            prefix.codes[7] = 999;
        else
            prefix.policyOf[3] = 5;
        const auto refused = tryPrefix(prefix, settings);
        QVERIFY(!refused.ok());
        QVERIFY2(QString::fromStdString(refused.error().message).contains(what),
                 refused.error().message.c_str());
    }
};

QTEST_GUILESS_MAIN(TestGoingOn)
#include "test_going_on.moc"
