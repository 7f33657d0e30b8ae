// SPDX-License-Identifier: Apache-2.0
//
// What levels of instructions owe each other: all that fuse products give the same bits, on one processor and
// on another.
#include "engine/backend/cpu/activation.h"
#include "engine/backend/cpu/attention.h"
#include "engine/backend/cpu/kernel_table.h"
#include "engine/backend/cpu/matmul.h"
#include "engine/backend/cpu/normalization.h"
#include "engine/backend/cpu/simd_level.h"
#include "engine/backend/cpu/weight_store.h"
#include "tests/backend/random_weights.h"

#include <QCryptographicHash>
#include <QTest>

#include <functional>

using namespace fastcar;
using namespace fastcar::cpu;

namespace {

using Floats = std::vector<float>;
using Kernel = std::function<Floats()>;

constexpr std::array rowCounts{1, 2, 3, 4, 5, 6, 7, 13};
constexpr std::array widths{1, 64, 100, 1000, 4200, 11008};

/// With weights in panels, where they may lie so, and as they are stored.
Floats products(const std::string &format, int rows, int in)
{
    constexpr int out = 37;
    RandomWeights random(format == "f32" ? DType::F32 : format == "f16" ? DType::F16 : DType::BF16, 7);
    ThreadPool pool(1);
    WeightStore store;
    const Linear linear =
        store.linear({.weight = random.tensor({out, in}, 1.0f), .bias = random.tensor({out}, 0.5f)},
                     narrowFormatOf(format), pool);
    Linear asStored = linear;
    asStored.panels = nullptr;
    Floats x = random.floats(std::int64_t{rows} * in, 3.0f), all;
    for (const Linear &of : {linear, asStored}) {
        QuantisedRows quantised(rows, in, {.int8 = true, .int4 = true});
        quantised.set({x.data(), rows, in});
        Floats y(static_cast<std::size_t>(rows * out));
        matmul(
            {.linear = of, .x = {x.data(), rows, in}, .y = {y.data(), rows, out}, .quantised = &quantised});
        all.insert(all.end(), y.begin(), y.end());
    }
    return all;
}

Floats allProducts(const std::string &format)
{
    Floats all;
    for (const int rows : rowCounts)
        for (const int in : widths) {
            const Floats some = products(format, rows, in);
            all.insert(all.end(), some.begin(), some.end());
        }
    return all;
}

/// From -20 to 20, and a length that is no multiple of eight.
Floats numbers()
{
    return RandomWeights(DType::F32, 3).floats(1003, 20.0f);
}

Floats changed(void (*kernel)(std::span<float>))
{
    Floats x = numbers();
    kernel(x);
    return x;
}

Floats normalised(bool layer)
{
    const Floats x = numbers(), weight = RandomWeights(DType::F32, 4).floats(1003, 2.0f);
    Floats y(x.size());
    if (layer)
        layerNorm(x, {.weight = weight, .bias = x}, 1e-5f, y);
    else
        rmsNorm(x, weight, 1e-5f, y);
    return y;
}

Floats groupNormalised()
{
    constexpr int pixels = 300, channels = 96;
    RandomWeights random(DType::F32);
    ThreadPool pool(1);
    Floats x = random.floats(std::int64_t{pixels} * channels, 3.0f);
    const Floats weight = random.floats(channels, 2.0f), bias = random.floats(channels, 0.5f);
    Floats y(x.size());
    GroupNormScratch scratch(pixels, channels);
    groupNorm(pool,
              {.x = {x.data(), pixels, channels},
               .y = {y.data(), pixels, channels},
               .affine = {.weight = weight, .bias = bias},
               .silu = true},
              scratch);
    return y;
}

Floats turned()
{
    const Floats x = numbers(), angles = RandomWeights(DType::F32, 5).floats(1002);
    Floats y(1002);
    kernels().rotate(std::span(x).first(1002), angles.data(), angles.data() + 501, y);
    return y;
}

/// Values between f16's, among its subnormals and near its greatest.
Floats attended(DType type)
{
    constexpr int headDim = 20, positions = 200, parts = 3;
    RandomWeights random(DType::F32, 6);
    KvCache cache(
        {.layers = 1, .rows = 1, .kvHeads = 1, .positions = positions, .headDim = headDim, .type = type});
    const KvHead head = cache.head(0, 0, 0);
    const Floats query = random.floats(headDim, 2.0f);
    for (int p = 0; p < positions; ++p) {
        const Floats key = random.floats(headDim, 1.1f),
                     value = random.floats(headDim, p % 2 ? 1e-5f : 60001.0f);
        head.append(p, key, value);
    }
    const Visible visible({}, positions - 1);
    Floats scratch(static_cast<std::size_t>(roundUpToKeys(positions))), sums(parts * widthOfPart(headDim)),
        out(headDim);
    std::array<AttentionPart, parts> part;
    for (int i = 0; i < parts; ++i) {
        part[static_cast<std::size_t>(i)].values = sums.data() + widthOfPart(headDim) * i;
        attend(head, query, visible.part(i, parts), scratch, part[static_cast<std::size_t>(i)]);
    }
    joinParts(part, out);
    Floats kept(headDim);
    head.key(positions / 2, kept);
    out.insert(out.end(), kept.begin(), kept.end());
    return out;
}

} // namespace

class TestSameBits : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { useSimdLevel(simdLevels().back()); }

    /// The digests are those of avx2.
    void ofEveryKernelOnEveryProcessor_data()
    {
        QTest::addColumn<Kernel>("kernel");
        QTest::addColumn<QByteArray>("digest");
        const auto add = [](const char *name, const char *digest, Kernel kernel) {
            QTest::newRow(name) << std::move(kernel) << QByteArray(digest);
        };
        add("f32", "76881605043e3b1d", [] { return allProducts("f32"); });
        add("f16", "76881605043e3b1d", [] { return allProducts("f16"); });
        add("bf16", "76881605043e3b1d", [] { return allProducts("bf16"); });
        add("int8", "473c2f2e507ef9ec", [] { return allProducts("int8"); });
        add("int4", "a79f0c38ad34c523", [] { return allProducts("int4"); });
        add("silu", "b0bde95a37887bab", [] { return changed(silu); });
        add("gelu", "ba7763fba2bd63d4", [] { return changed(gelu); });
        add("softmax", "809ec24a403d5ed2", [] { return changed(softmax); });
        add("rms norm", "bdd03484f7df4628", [] { return normalised(false); });
        add("layer norm", "c777a73f875df768", [] { return normalised(true); });
        add("group norm", "b254e065fb381539", groupNormalised);
        add("rope", "d05dccc41560853f", turned);
        add("attention, f32", "a347dc6575d1344d", [] { return attended(DType::F32); });
        add("attention, f16", "b39fcd1e35fed797", [] { return attended(DType::F16); });
        add("attention, 8 bits", "94c163bad3300c21", [] { return attended(DType::I8); });
    }

    void ofEveryKernelOnEveryProcessor()
    {
        QFETCH(Kernel, kernel);
        QFETCH(QByteArray, digest);
        if (simdLevels().size() == 1)
            QSKIP("this processor has no level that fuses products");
        for (const SimdLevel level : simdLevels().subspan(1)) {
            useSimdLevel(level);
            const Floats out = kernel();
            const QByteArrayView bytes(reinterpret_cast<const char *>(out.data()),
                                       static_cast<qsizetype>(out.size() * sizeof(float)));
            const QByteArray found =
                QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex().first(16);
            QVERIFY2(found == digest, qPrintable(QString("%1: %2").arg(name(level), found)));
        }
    }

    void ofProducts_data()
    {
        if (simdLevels().size() < 3)
            QSKIP("this processor has no two levels that fuse products");
        QTest::addColumn<QString>("format");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("in");
        for (const char *format : {"int8", "int4", "f32", "f16", "bf16"})
            for (const int rows : rowCounts)
                for (const int in : widths)
                    QTest::addRow("%s %d rows of %d", format, rows, in) << QString(format) << rows << in;
    }

    void ofProducts()
    {
        QFETCH(QString, format);
        QFETCH(int, rows);
        QFETCH(int, in);
        useSimdLevel(simdLevels()[1]);
        const Floats expected = products(format.toStdString(), rows, in);
        for (const SimdLevel level : simdLevels().subspan(2)) {
            useSimdLevel(level);
            QVERIFY2(products(format.toStdString(), rows, in) == expected, name(level));
        }
    }
};

QTEST_GUILESS_MAIN(TestSameBits)
#include "test_same_bits.moc"
