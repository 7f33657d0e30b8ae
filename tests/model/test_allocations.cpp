// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/thread_pool.h"
#include "engine/model/depth_transformer.h"
#include "engine/model/pixel_decoder.h"
#include "engine/model/visual_embedding.h"
#include "tests/backend/counted_allocations.h"
#include "tests/model/golden_arrays.h"

using namespace fastcar;

class TestAllocations : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void theCounterCounts();
    void depthsAllocateNothing();
    void pixelsAllocateNothing();
    void embeddingsAllocateNothing();

private:
    std::shared_ptr<const Checkpoint> checkpoint_;
};

void TestAllocations::initTestCase()
{
    if (!AllocationCount::possible)
        QSKIP("a sanitizer has the allocator");
    checkpoint_ = openGoldenCheckpoint();
}

void TestAllocations::theCounterCounts()
{
    const AllocationCount allocations;
    const std::string path = checkpoint_->folder().string(); // longer than a string holds within itself
    QVERIFY(path.size() > 20);
    QVERIFY(allocations.sofar() > 0);
}

void TestAllocations::depthsAllocateNothing()
{
    ThreadPool pool(2);
    DepthTransformer depth(checkpoint_, pool, 2);
    const std::vector<float> hidden(2 * 64, 0.5f);
    const std::vector<int> codes(2 * 3, 1);
    const AllocationCount allocations;
    depth.begin({hidden.data(), 2, 64});
    for (std::int64_t d = 1; d < 4; ++d)
        depth.next({codes.data(), 2, d});
    QCOMPARE(allocations.sofar(), 0);
}

void TestAllocations::pixelsAllocateNothing()
{
    ThreadPool pool(2);
    PixelDecoder decoder(checkpoint_, pool);
    const std::vector<float> z(16 * 24, 0.5f);
    std::vector<std::uint8_t> rgb(static_cast<std::size_t>(decoder.width() * decoder.height() * 3));
    const AllocationCount allocations;
    decoder.decode({z.data(), 16, 24}, std::span(rgb));
    QCOMPARE(allocations.sofar(), 0);
}

void TestAllocations::embeddingsAllocateNothing()
{
    const VisualEmbedding embedding(checkpoint_);
    const std::vector<int> codes{1, 2, 3, 4};
    std::vector<float> z(24), projected(64);
    const AllocationCount allocations;
    embedding.latent(codes, z);
    embedding.project(z, projected);
    QCOMPARE(allocations.sofar(), 0);
}

QTEST_APPLESS_MAIN(TestAllocations)
#include "test_allocations.moc"
