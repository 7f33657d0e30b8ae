// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/reference/reference_kernels.h"
#include "engine/model/visual_embedding.h"
#include "tests/model/golden_arrays.h"

using namespace fastcar;
using reference::Values;

class TestVisualEmbedding : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { checkpoint_ = openGoldenCheckpoint(); }
    void theLatentIsTheSumOfTheGivenDepths();
    void theProjectorIsTwoLayersWithGelu();
    void textIsLookedUp();
    void idsOutsideOfTheVocabularyAreRefused();

private:
    std::shared_ptr<const Checkpoint> checkpoint_;
};

void TestVisualEmbedding::theLatentIsTheSumOfTheGivenDepths()
{
    const VisualEmbedding embedding(checkpoint_);
    const std::vector<int> codes{3, 31, 0, 7};
    std::vector<float> z(24);
    for (std::size_t depths = 0; depths <= 4; ++depths) {
        embedding.latent(std::span(codes).first(depths), z);
        Values expected(24);
        for (std::size_t d = 0; d < depths; ++d) {
            const Values book = reference::valuesOf(checkpoint_->weights().codebooks[d]);
            for (std::size_t i = 0; i < 24; ++i)
                expected[i] += book[static_cast<std::size_t>(codes[d]) * 24 + i];
        }
        compareWithin(z, std::vector<float>(expected.begin(), expected.end()), 1e-6f);
    }
}

void TestVisualEmbedding::theProjectorIsTwoLayersWithGelu()
{
    const VisualEmbedding embedding(checkpoint_);
    const ProjectorWeights &weights = checkpoint_->weights().projector;
    std::vector<float> z(24), projected(64);
    for (std::size_t i = 0; i < z.size(); ++i)
        z[i] = 0.3f * static_cast<float>(i % 7) - 0.9f;
    embedding.project(z, projected);
    const Values between = reference::gelu(reference::matmul(reference::valuesOf(z), {.rows = 1, .cols = 24},
                                                             reference::valuesOf(weights.first.weight),
                                                             reference::valuesOf(weights.first.bias)));
    const Values expected =
        reference::matmul(between, {.rows = 1, .cols = 64}, reference::valuesOf(weights.second.weight),
                          reference::valuesOf(weights.second.bias));
    const std::vector<float> rounded(expected.begin(), expected.end());
    compareWithin(projected, rounded, 5e-6f * largestMagnitude(rounded));
}

void TestVisualEmbedding::textIsLookedUp()
{
    const VisualEmbedding embedding(checkpoint_);
    const std::vector<int> ids{1, 515, 0};
    std::vector<float> rows(3 * 64);
    QVERIFY(embedding.embedText(ids, {rows.data(), 3, 64}));
    const Values table = reference::valuesOf(checkpoint_->weights().backbone.tokenEmbeddings);
    for (std::size_t i = 0; i < ids.size(); ++i)
        for (std::size_t d = 0; d < 64; ++d)
            QCOMPARE(static_cast<double>(rows[i * 64 + d]), table[static_cast<std::size_t>(ids[i]) * 64 + d]);
}

void TestVisualEmbedding::idsOutsideOfTheVocabularyAreRefused()
{
    const VisualEmbedding embedding(checkpoint_);
    std::vector<float> rows(2 * 64);
    for (const int bad : {-1, 516}) {
        const Result<void> refused = embedding.embedText(std::vector<int>{1, bad}, {rows.data(), 2, 64});
        QVERIFY(!refused);
        QVERIFY(refused.error().message.find(std::to_string(bad)) != std::string::npos);
        QVERIFY(refused.error().message.find("516") != std::string::npos);
    }
}

QTEST_APPLESS_MAIN(TestVisualEmbedding)
#include "test_visual_embedding.moc"
