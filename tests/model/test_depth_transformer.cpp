// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/reference/reference_kernels.h"
#include "engine/backend/thread_pool.h"
#include "engine/model/depth_transformer.h"
#include "tests/model/golden_arrays.h"

using namespace fastcar;
using reference::Values;

namespace {

Values plus(Values a, const Values &b)
{
    for (std::size_t i = 0; i < a.size(); ++i)
        a[i] += b[i];
    return a;
}

Values linear(const Values &x, const LinearWeights &weights)
{
    return reference::matmul(x, {.rows = 1, .cols = static_cast<std::int64_t>(x.size())},
                             reference::valuesOf(weights.weight), reference::valuesOf(weights.bias));
}

Values norm(const Values &x, const NormWeights &weights)
{
    return reference::layerNorm(x, reference::valuesOf(weights.weight), reference::valuesOf(weights.bias),
                                1e-5);
}

/// Causal attention of the last of `sequence` within one head after another.
Values attendLast(const std::vector<Values> &queries, const std::vector<Values> &keys,
                  const std::vector<Values> &values, int heads)
{
    const std::ptrdiff_t width = static_cast<std::ptrdiff_t>(queries[0].size()) / heads;
    Values out;
    for (int head = 0; head < heads; ++head) {
        const auto part = [&](const Values &all) {
            return Values(all.begin() + head * width, all.begin() + (head + 1) * width);
        };
        Values k, v;
        for (std::size_t p = 0; p < keys.size(); ++p) {
            const Values keyPart = part(keys[p]), valuePart = part(values[p]);
            k.insert(k.end(), keyPart.begin(), keyPart.end());
            v.insert(v.end(), valuePart.begin(), valuePart.end());
        }
        const Values attended = reference::attention(part(queries.back()), k, v, {});
        out.insert(out.end(), attended.begin(), attended.end());
    }
    return out;
}

/// The logits of depth codes.size(), the whole prefix computed anew.
Values prefixLogits(const Checkpoint &checkpoint, const Values &hidden, const std::vector<int> &codes)
{
    const DepthWeights &weights = checkpoint.weights().depth;
    const DepthConfig &config = checkpoint.config().depth;
    const Values positions = reference::valuesOf(weights.positionEmbeddings);
    std::vector<Values> x{linear(hidden, weights.stateInput)};
    Values z(static_cast<std::size_t>(config.codeInput));
    for (std::size_t d = 0; d < codes.size(); ++d) {
        const Values book = reference::valuesOf(checkpoint.weights().codebooks[d]);
        const auto row = book.begin() + std::ptrdiff_t{codes[d]} * config.codeInput;
        z = plus(z, Values(row, row + config.codeInput));
        x.push_back(linear(z, weights.codeInput));
    }
    for (std::size_t d = 0; d < x.size(); ++d) {
        const auto row = positions.begin() + static_cast<std::ptrdiff_t>(d) * config.hidden;
        x[d] = plus(x[d], Values(row, row + config.hidden));
    }
    for (const DepthLayerWeights &layer : weights.layers) {
        std::vector<Values> queries, keys, values;
        for (std::size_t d = 0; d < x.size(); ++d) {
            const Values normed = norm(x[d], layer.norm1);
            queries.push_back(linear(normed, layer.query));
            keys.push_back(linear(normed, layer.key));
            values.push_back(linear(normed, layer.value));
            x[d] = plus(x[d], linear(attendLast(queries, keys, values, config.heads), layer.output));
            x[d] = plus(x[d], linear(reference::gelu(linear(norm(x[d], layer.norm2), layer.up)), layer.down));
        }
    }
    return linear(norm(x.back(), weights.classifierNorm), weights.classifier);
}

} // namespace

class TestDepthTransformer : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { checkpoint_ = openGoldenCheckpoint(); }
    void cachedDepthsEqualTheRecomputedPrefix();
    void aRowDoesNotDependOnItsNeighbours();
    void threadsDoNotChangeABit();

private:
    std::vector<float> logitsOf(DepthTransformer &depth, const std::vector<float> &hidden,
                                std::vector<int> codes, int rows);
    std::vector<float> states(int rows) const
    {
        std::vector<float> values(static_cast<std::size_t>(rows) * 64);
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<float>(i * 37 % 101) / 50.0f - 1.0f;
        return values;
    }

    std::shared_ptr<const Checkpoint> checkpoint_;
};

/// Logits of all depths, [K][rows][codes]; every row gets the same codes.
std::vector<float> TestDepthTransformer::logitsOf(DepthTransformer &depth, const std::vector<float> &hidden,
                                                  std::vector<int> codes, int rows)
{
    std::vector<float> all;
    for (std::size_t d = 0; d < codes.size() + 1; ++d) {
        std::vector<int> drawn;
        for (int row = 0; row < rows; ++row)
            drawn.insert(drawn.end(), codes.begin(), codes.begin() + static_cast<std::ptrdiff_t>(d));
        const MatrixView<const float> logits =
            d == 0 ? depth.begin({hidden.data(), rows, 64})
                   : depth.next({drawn.data(), rows, static_cast<std::int64_t>(d)});
        all.insert(all.end(), logits.all().begin(), logits.all().end());
    }
    return all;
}

void TestDepthTransformer::cachedDepthsEqualTheRecomputedPrefix()
{
    ThreadPool pool(2);
    DepthTransformer depth(checkpoint_, pool, 4);
    const std::vector<float> hidden = states(2);
    const std::vector<int> codes{5, 30, 11};
    for (int round = 0; round < 2; ++round) { // the second time on a cache that is full of the first
        const std::vector<float> logits = logitsOf(depth, hidden, codes, 2);
        for (std::size_t d = 0; d < 4; ++d) {
            for (std::size_t row = 0; row < 2; ++row) {
                const Values expected = prefixLogits(
                    *checkpoint_, reference::valuesOf(std::span(hidden).subspan(row * 64, 64)),
                    std::vector<int>(codes.begin(), codes.begin() + static_cast<std::ptrdiff_t>(d)));
                const std::vector<float> rounded(expected.begin(), expected.end());
                compareWithin(std::span(logits).subspan((d * 2 + row) * 32, 32), rounded,
                              2e-5f * largestMagnitude(rounded));
            }
        }
    }
}

void TestDepthTransformer::aRowDoesNotDependOnItsNeighbours()
{
    ThreadPool pool(2);
    DepthTransformer depth(checkpoint_, pool, 5);
    const std::vector<float> hidden = states(5);
    const std::vector<float> together = logitsOf(depth, hidden, {1, 2, 3}, 5);
    for (std::size_t row = 0; row < 5; ++row) {
        const auto state = hidden.begin() + static_cast<std::ptrdiff_t>(row * 64);
        const std::vector<float> alone = logitsOf(depth, std::vector<float>(state, state + 64), {1, 2, 3}, 1);
        for (std::size_t d = 0; d < 4; ++d)
            for (std::size_t code = 0; code < 32; ++code)
                QCOMPARE(alone[d * 32 + code], together[(d * 5 + row) * 32 + code]);
    }
}

void TestDepthTransformer::threadsDoNotChangeABit()
{
    ThreadPool one(1), three(3);
    DepthTransformer a(checkpoint_, one, 2), b(checkpoint_, three, 2);
    QCOMPARE(logitsOf(b, states(2), {9, 8, 7}, 2), logitsOf(a, states(2), {9, 8, 7}, 2));
}

QTEST_APPLESS_MAIN(TestDepthTransformer)
#include "test_depth_transformer.moc"
