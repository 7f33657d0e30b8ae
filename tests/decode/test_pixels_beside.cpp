// SPDX-License-Identifier: Apache-2.0
//
// Pictures that are made while the next tokens come.
#include "engine/decode/frame_builder.h"
#include "engine/decode/generation.h"
#include "tests/decode/failing_device.h"
#include "tests/decode/golden.h"

#include <QTest>

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

using namespace fastcar;

namespace {

constexpr int stride = 16, frames = 3;

/// Events and pictures in the order in which they were told.
struct Listener final : RunSink {
    std::vector<Event> events;
    std::vector<std::pair<int, int>> pictures; // video, frame
    std::atomic<int> tokens{0};
    std::function<void(const Event &)> at;

    void onEvent(const Event &event) override
    {
        events.push_back(event);
        if (event.kind == Event::Kind::TokenDone)
            tokens = static_cast<int>(event.token) + 1;
        if (at)
            at(event);
    }
    void onFrame(int video, int frame, SharedFrame) override { pictures.emplace_back(video, frame); }
};

RunSettings someSettings()
{
    return {
        .prompt = "A red kite.", .frames = frames, .seed = 11, .sampler = {.temperature = 1.0f, .topK = 16}};
}

Result<GenerationResult> run(Listener &listener, const GenerationOptions &options,
                             const RunSettings &settings = someSettings())
{
    ThreadPool pool(1);
    RunControl control;
    return generate(golden::model(), settings, pool, listener, control, options);
}

/// Waits until so many tokens are drawn; false after a minute.
bool waitForTokens(const Listener &listener, int tokens)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (listener.tokens < tokens && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(std::chrono::microseconds(100));
    return listener.tokens >= tokens;
}

/// The model's own pictures, each behind `first`.
DecodePicture modelsPictures(ThreadPool &pool, std::function<Result<void>(int picture)> first)
{
    return [decode = pictureDecoder(golden::model().checkpoint, pool), first = std::move(first),
            count = 0](std::span<const float> latents) mutable -> Result<SharedFrame> {
        if (auto fine = first(count++); !fine)
            return fine.error();
        return decode(latents);
    };
}

int indexOf(const Listener &listener, Event::Kind kind, std::uint32_t token)
{
    for (std::size_t i = 0; i < listener.events.size(); ++i)
        if (listener.events[i].kind == kind && listener.events[i].token == token)
            return static_cast<int>(i);
    return -1;
}

} // namespace

class TestPixelsBeside : public QObject {
    Q_OBJECT

private slots:
    void theSamePicturesAsBetweenTheTokens()
    {
        RunSettings settings = someSettings();
        settings.videos = 2;
        Listener beside, between;
        const auto one = run(beside, {.pixelsBeside = true}, settings);
        const auto other = run(between, {.pixelsBeside = false}, settings);
        QVERIFY(one.ok() && other.ok());
        QVERIFY(one->codes == other->codes);
        for (std::size_t video = 0; video < 2; ++video) {
            QCOMPARE(one->frames[video].size(), std::size_t{frames});
            QCOMPARE(other->frames[video].size(), std::size_t{frames});
            for (std::size_t frame = 0; frame < frames; ++frame)
                QVERIFY(one->frames[video][frame]->rgb == other->frames[video][frame]->rgb);
        }
        QVERIFY(one->seconds.pixelsBeside > 0.0);
        QCOMPARE(other->seconds.pixelsBeside, 0.0);
    }

    void framesAreToldInOrderBehindTheirTokensAndBeforeTheEnd()
    {
        RunSettings settings = someSettings();
        settings.videos = 2;
        Listener listener;
        QVERIFY(run(listener, {.pixelsBeside = true}, settings).ok());
        std::vector<std::pair<int, int>> expected;
        for (int frame = 0; frame < frames; ++frame)
            for (int video = 0; video < 2; ++video)
                expected.emplace_back(video, frame);
        QVERIFY(listener.pictures == expected);
        for (std::uint32_t frame = 0; frame < frames; ++frame)
            QVERIFY(indexOf(listener, Event::Kind::FrameDone, frame) >
                    indexOf(listener, Event::Kind::TokenDone, (frame + 1) * stride - 1));
        QCOMPARE(int(listener.events.back().kind), int(Event::Kind::PhaseChanged));
        QCOMPARE(int(listener.events.back().phase), int(Phase::Done));
    }

    void whereTokensAreSlowAFrameIsToldOfBeforeTheNextOne()
    {
        FailingDevice slow("slow");
        slow.milliseconds = 40;
        ThreadPool pool(1);
        const auto decode = [](std::span<const float>) -> Result<SharedFrame> {
            std::this_thread::sleep_for(std::chrono::milliseconds(1)); // nothing beside a token
            return SharedFrame(std::make_shared<Frame>());
        };
        Listener listener;
        std::vector<int> toldAfter; // tokens
        listener.at = [&](const Event &event) {
            if (event.kind == Event::Kind::FrameDone)
                toldAfter.push_back(listener.tokens);
        };
        RunSettings settings = someSettings();
        settings.device = "slow";
        QVERIFY(run(listener, {.pixelsBeside = true, .decodePicture = decode}, settings).ok());
        QCOMPARE(toldAfter.size(), std::size_t{frames});
        for (std::size_t frame = 1; frame < frames; ++frame) // what the first costs is not known
            QCOMPARE(toldAfter[frame], (static_cast<int>(frame) + 1) * stride);
    }

    void tokensDoNotWaitForAPicture()
    {
        Listener listener;
        ThreadPool pool(1);
        std::atomic<bool> came{true};
        const auto decode = modelsPictures(pool, [&](int picture) -> Result<void> {
            if (picture == 0) // is not ready before the next frame is half drawn
                came = waitForTokens(listener, stride + stride / 2);
            return {};
        });
        const auto result = run(listener, {.pixelsBeside = true, .decodePicture = decode});
        QVERIFY(result.ok());
        QVERIFY(came);
        QVERIFY(indexOf(listener, Event::Kind::FrameDone, 0) >
                indexOf(listener, Event::Kind::TokenDone, stride + stride / 2 - 1));
        QCOMPARE(result->frames[0].size(), std::size_t{frames});
    }

    void theEndWaitsForTheLastPicture()
    {
        Listener listener;
        ThreadPool pool(1);
        const auto decode = modelsPictures(pool, [&](int picture) -> Result<void> {
            if (picture + 1 == frames)
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
            return {};
        });
        const auto result = run(listener, {.pixelsBeside = true, .decodePicture = decode});
        QVERIFY(result.ok());
        QCOMPARE(result->frames[0].size(), std::size_t{frames});
        QCOMPARE(listener.pictures.size(), std::size_t{frames});
    }

    void cancellingInMidFrameKeepsTheWholeFrames()
    {
        ThreadPool pool(1);
        RunControl control;
        Listener listener;
        const auto decode = modelsPictures(pool, [&](int) -> Result<void> {
            waitForTokens(listener, 21); // so it is at hand while the run is cancelled
            return {};
        });
        listener.at = [&](const Event &event) {
            if (event.kind == Event::Kind::TokenDone && event.token == 20)
                control.cancel();
        };
        ThreadPool tokens(1);
        const auto result = generate(golden::model(), someSettings(), tokens, listener, control,
                                     {.pixelsBeside = true, .decodePicture = decode});
        QVERIFY(result.ok());
        QVERIFY(result->cancelled);
        QCOMPARE(result->tokens, 21);
        QCOMPARE(result->frames[0].size(), std::size_t{1});
        QVERIFY(listener.pictures == (std::vector<std::pair<int, int>>{{0, 0}}));
        QCOMPARE(int(listener.events.back().phase), int(Phase::Cancelled));
    }

    void whoPausesSeesAllFramesThatThereAre()
    {
        ThreadPool pool(1);
        RunControl control;
        Listener listener;
        const auto decode = modelsPictures(pool, [&](int) -> Result<void> {
            waitForTokens(listener, 21);
            return {};
        });
        std::size_t seen = 0;
        std::jthread other;
        listener.at = [&](const Event &event) {
            if (event.kind == Event::Kind::TokenDone && event.token == 20)
                control.pause();
            if (event.kind == Event::Kind::PhaseChanged && event.phase == Phase::Paused) {
                seen = listener.pictures.size();
                other = std::jthread([&] { control.resume(); });
            }
        };
        ThreadPool tokens(1);
        const auto result = generate(golden::model(), someSettings(), tokens, listener, control,
                                     {.pixelsBeside = true, .decodePicture = decode});
        QVERIFY(result.ok());
        QCOMPARE(seen, std::size_t{1});
        QCOMPARE(result->frames[0].size(), std::size_t{frames});
    }

    void aPictureThatFailsEndsTheRunWithWhatThereIs_data()
    {
        QTest::addColumn<bool>("beside");
        QTest::newRow("beside the tokens") << true;
        QTest::newRow("between them") << false;
    }

    void aPictureThatFailsEndsTheRunWithWhatThereIs()
    {
        QFETCH(bool, beside);
        Listener listener;
        ThreadPool pool(1);
        const auto decode = modelsPictures(pool, [&](int picture) -> Result<void> {
            if (picture == 1)
                return Error{ErrorKind::Io, "There is not enough memory for a picture."};
            return {};
        });
        const auto result = run(listener, {.pixelsBeside = beside, .decodePicture = decode});
        QVERIFY(result.ok());
        QVERIFY(result->failure.has_value());
        QCOMPARE(result->failure->message, std::string("There is not enough memory for a picture."));
        QVERIFY(!result->cancelled);
        QVERIFY(result->tokens >= 2 * stride); // it was the second frame's
        QCOMPARE(result->frames[0].size(), std::size_t{1});
        QVERIFY(listener.pictures == (std::vector<std::pair<int, int>>{{0, 0}}));
        QCOMPARE(int(listener.events.back().phase), int(Phase::Failed));
    }
};

QTEST_APPLESS_MAIN(TestPixelsBeside)
#include "test_pixels_beside.moc"
