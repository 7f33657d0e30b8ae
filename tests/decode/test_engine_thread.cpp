// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/engine_thread.h"
#include "tests/decode/golden.h"

#include <QTest>

#include <atomic>
#include <chrono>
#include <limits>

using namespace fastcar;

namespace {

/// A window's side of the hand-over: drains when it is woken, as an event loop would, and again until nothing
/// is left.
class Window {
public:
    explicit Window(EngineThread::Options options = {.threads = 1, .previewIntervalMs = 1})
        : engine(options, [this](EngineThread::Wake wake) {
            ++(wake == EngineThread::Wake::Now ? wakesNow : wakesSoon);
            woken_.store(true);
        })
    {
    }

    /// Drains until `done` says so, or for a minute.
    template <typename Done>
    bool waitFor(Done done)
    {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        while (std::chrono::steady_clock::now() < deadline) {
            if (woken_.exchange(false) || comesAgain_) {
                EngineThread::Drained drained = engine.drain();
                comesAgain_ = !drained.empty();
                take(std::move(drained));
                if (done())
                    return true;
            }
            std::this_thread::sleep_for(std::chrono::microseconds(200));
        }
        return false;
    }

    std::vector<Event> events;
    std::vector<EngineThread::FrameMessage> frames;
    std::vector<std::pair<std::uint32_t, ReplayPolicy>> policies;
    std::optional<RunSettings> begun;
    std::size_t eventsAtBegin = 0; // that had come before
    std::optional<Result<GenerationResult>> ended;
    int opened = 0;
    std::atomic<int> wakesSoon{0};
    std::atomic<int> wakesNow{0};

private:
    std::atomic<bool> woken_{false};
    bool comesAgain_ = false;

public:
    EngineThread engine;

private:
    void take(EngineThread::Drained drained)
    {
        if (drained.begun) {
            begun = drained.begun;
            eventsAtBegin = events.size();
        }
        events.insert(events.end(), drained.events.begin(), drained.events.end());
        frames.insert(frames.end(), drained.frames.begin(), drained.frames.end());
        policies.insert(policies.end(), drained.policies.begin(), drained.policies.end());
        for (const Event &event : drained.events)
            if (event.kind == Event::Kind::PolicyChanged)
                QVERIFY(std::ranges::any_of(policies,
                                            [&](const auto &entry) { return entry.first == event.policy; }));
        opened += drained.opened ? 1 : 0;
        if (drained.ended)
            ended = std::move(drained.ended);
    }
};

RunSettings someSettings(int frames = 3)
{
    return {
        .prompt = "A red kite.", .modelFolder = golden::folder + "checkpoint", .frames = frames, .seed = 5};
}

} // namespace

class TestEngineThread : public QObject {
    Q_OBJECT

private slots:
    void aRunArrivesWholeAndInOrder()
    {
        Window window;
        QVERIFY(window.engine.start(someSettings()).ok());
        QVERIFY(window.waitFor([&] { return window.ended.has_value(); }));
        QVERIFY((*window.ended).ok());
        int finished = 0;
        for (const auto &message : window.frames)
            finished += message.finished ? 1 : 0;
        QCOMPARE(finished, 3);
        int tokens = 0;
        for (const Event &event : window.events)
            if (event.kind == Event::Kind::TokenDone)
                QCOMPARE(int(event.token), tokens++);
        QCOMPARE(tokens, 48);
        QCOMPARE(window.opened, 1);
        QVERIFY(!window.engine.running());
    }

    /// A wake-up for each token would stop the cores that compute.
    void whoHasNotComeYetIsWokenOnce()
    {
        std::atomic<int> soon{0};
        std::atomic<int> now{0};
        std::optional<EngineThread> engine;
        engine.emplace(EngineThread::Options{.threads = 1}, [&](EngineThread::Wake wake) {
            ++(wake == EngineThread::Wake::Now ? now : soon);
        });
        QVERIFY(engine->start(someSettings()).ok());
        while (engine->running())
            std::this_thread::sleep_for(std::chrono::microseconds(200));
        engine.reset(); // and all has been said
        QCOMPARE(soon.load(), 0);
        QCOMPARE(now.load(), 1);
    }

    void whoHasFoundNothingIsWokenByWhatComesNext()
    {
        Window window;
        QVERIFY(window.engine.start(someSettings()).ok());
        QVERIFY(window.waitFor([&] { return window.ended.has_value(); }));
        while (!window.engine.drain().empty()) {
        }
        window.ended.reset();
        const int before = window.wakesNow;
        QVERIFY(window.engine.start(someSettings()).ok());
        QVERIFY(window.waitFor([&] { return window.ended.has_value(); }));
        QVERIFY(window.wakesNow > before);
    }

    void aSecondRunUsesTheOpenModelAndGivesTheSameCodes()
    {
        Window window;
        QVERIFY(window.engine.start(someSettings()).ok());
        QVERIFY(window.waitFor([&] { return window.ended.has_value(); }));
        const auto first = (**window.ended).codes;
        window.ended.reset();
        QVERIFY(window.engine.start(someSettings()).ok());
        QVERIFY(window.waitFor([&] { return window.ended.has_value(); }));
        QVERIFY((**window.ended).codes == first);
        QCOMPARE(window.opened, 1);
    }

    void theSettingsThatRuleAreToldBeforeTheFirstToken()
    {
        Window window;
        QVERIFY(window.engine.start(someSettings()).ok());
        QVERIFY(window.waitFor([&] { return window.ended.has_value(); }));
        QVERIFY(window.begun.has_value());
        QVERIFY(*window.begun == (**window.ended).settings); // with digest and version
        QVERIFY(!window.begun->modelDigest.empty());
        const auto before = std::span(window.events).first(window.eventsAtBegin);
        QVERIFY(std::ranges::none_of(
            before, [](const Event &event) { return event.kind == Event::Kind::TokenDone; }));
    }

    void aSecondRunIsRefusedWhileOneRuns()
    {
        Window window;
        QVERIFY(window.engine.start(someSettings(20)).ok());
        const auto second = window.engine.start(someSettings());
        QVERIFY(!second.ok());
        QVERIFY(second.error().message.find("running") != std::string::npos);
        window.engine.cancel();
        QVERIFY(window.waitFor([&] { return window.ended.has_value(); }));
        QVERIFY((*window.ended)->cancelled);
    }

    void pauseHoldsAndANewPolicyIsStamped()
    {
        Window window;
        window.engine.pause(); // nothing runs: nothing to pause
        QVERIFY(window.engine.start(someSettings(6)).ok());
        window.engine.pause();
        const auto paused = [&] {
            return std::ranges::any_of(window.events, [](const Event &event) {
                return event.kind == Event::Kind::PhaseChanged && event.phase == Phase::Paused;
            });
        };
        QVERIFY(window.waitFor(paused));
        const std::vector<std::optional<float>> always(4, -std::numeric_limits<float>::infinity());
        window.engine.setReplayPolicy({});
        window.engine.setReplayPolicy({.thresholds = always}); // newer replaces older
        window.engine.resume();
        QVERIFY(window.waitFor([&] { return window.ended.has_value(); }));
        QCOMPARE(window.policies.size(), std::size_t{1});
        QVERIFY(window.policies[0].second.thresholds == always);
        QVERIFY((**window.ended).replay.all().replayed > 0);
    }

    void aPolicyThatComesWithTheStartRulesFromTheFirstToken()
    {
        Window window;
        const ReplayPolicy always{
            .thresholds = std::vector<std::optional<float>>(4, -std::numeric_limits<float>::infinity())};
        QVERIFY(window.engine.start(someSettings(), {}, always).ok());
        QVERIFY(window.waitFor([&] { return window.ended.has_value(); }));
        QCOMPARE(window.policies.size(), std::size_t{1});
        QVERIFY(window.policies[0].second == always);
        for (const Event &event : window.events)
            if (event.kind == Event::Kind::TokenDone)
                QCOMPARE(event.policy, 1U);
    }

    void aMissingModelIsAnErrorInWords()
    {
        Window window;
        RunSettings settings = someSettings();
        settings.modelFolder = "/nowhere/at/all";
        QVERIFY(window.engine.start(settings).ok());
        QVERIFY(window.waitFor([&] { return window.ended.has_value(); }));
        QVERIFY(!window.ended->ok());
        QVERIFY(window.ended->error().message.find("/nowhere/at/all") != std::string::npos);
        // And the next run is fine.
        window.ended.reset();
        QVERIFY(window.engine.start(someSettings()).ok());
        QVERIFY(window.waitFor([&] { return window.ended.has_value(); }));
        QVERIFY(window.ended->ok());
    }

    void closingTheWindowEndsTheRun()
    {
        Window window;
        QVERIFY(window.engine.start(someSettings(25)).ok());
        QVERIFY(window.waitFor([&] { return !window.events.empty(); }));
        // The destructor cancels; the test would time out otherwise.
    }
};

QTEST_APPLESS_MAIN(TestEngineThread)
#include "test_engine_thread.moc"
