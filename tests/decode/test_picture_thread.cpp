// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/picture_thread.h"

#include <QTest>

#include <atomic>
#include <memory>
#include <semaphore>

using namespace fastcar;

namespace {

/// A picture of one pixel, which is the first latent.
Result<SharedFrame> firstLatent(std::span<const float> latents)
{
    auto frame = std::make_shared<Frame>();
    frame->rgb = {static_cast<std::uint8_t>(latents[0])};
    return SharedFrame(std::move(frame));
}

int pixelOf(const PictureThread::Done &done)
{
    return (*done.picture)->rgb[0];
}

} // namespace

class TestPictureThread : public QObject {
    Q_OBJECT

private slots:
    void picturesComeInTheOrderInWhichTheyWereAskedFor()
    {
        PictureThread thread(firstLatent);
        for (int frame = 0; frame < 20; ++frame)
            thread.ask({.video = frame % 3, .frame = frame}, std::vector<float>{float(frame)});
        thread.wait();
        QCOMPARE(thread.left(), std::size_t{0});
        const auto done = thread.take();
        QCOMPARE(done.size(), std::size_t{20});
        for (int frame = 0; frame < 20; ++frame) {
            QCOMPARE(done[std::size_t(frame)].ticket.frame, frame);
            QCOMPARE(done[std::size_t(frame)].ticket.video, frame % 3);
            QCOMPARE(pixelOf(done[std::size_t(frame)]), frame);
        }
        QVERIFY(thread.take().empty());
    }

    void latentsAreThoseOfTheMomentOfAsking()
    {
        std::binary_semaphore begin(0);
        PictureThread thread([&](std::span<const float> latents) {
            begin.acquire();
            return firstLatent(latents);
        });
        std::vector<float> latents{7.0f};
        thread.ask({}, latents);
        latents[0] = 9.0f;
        begin.release();
        thread.wait();
        QCOMPARE(pixelOf(thread.take().front()), 7);
    }

    void waitingLeavesAsManyAsAllowed()
    {
        std::counting_semaphore<8> begin(0);
        PictureThread thread([&](std::span<const float> latents) {
            begin.acquire();
            return firstLatent(latents);
        });
        for (int frame = 0; frame < 3; ++frame)
            thread.ask({.frame = frame}, std::vector<float>{0.0f});
        QCOMPARE(thread.left(), std::size_t{3});
        thread.wait(3); // nothing is made yet
        begin.release();
        thread.wait(2);
        QCOMPARE(thread.take().size(), std::size_t{1});
        begin.release(2);
        thread.wait();
        QCOMPARE(thread.take().size(), std::size_t{2});
    }

    void anErrorComesInThePicturesPlace()
    {
        PictureThread thread([](std::span<const float> latents) -> Result<SharedFrame> {
            if (latents[0] < 0.0f)
                return Error{ErrorKind::Io, "No picture."};
            return firstLatent(latents);
        });
        for (const float latent : {1.0f, -1.0f, 2.0f})
            thread.ask({}, std::vector<float>{latent});
        thread.wait();
        const auto done = thread.take();
        QVERIFY(done[0].picture.ok() && !done[1].picture.ok() && done[2].picture.ok());
        QCOMPARE(done[1].picture.error().message, std::string("No picture."));
    }

    void whoGoesAwayWaitsForThePictureAtHandOnly()
    {
        std::binary_semaphore begun(0), goOn(0);
        std::atomic<int> made{0};
        {
            PictureThread thread([&](std::span<const float> latents) {
                begun.release();
                goOn.acquire();
                ++made;
                return firstLatent(latents);
            });
            for (int frame = 0; frame < 3; ++frame)
                thread.ask({.frame = frame}, std::vector<float>{0.0f});
            begun.acquire();
            goOn.release(); // the second one would wait for ever
        }
        QCOMPARE(made.load(), 1);
    }
};

QTEST_APPLESS_MAIN(TestPictureThread)
#include "test_picture_thread.moc"
