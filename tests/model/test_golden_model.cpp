// SPDX-License-Identifier: Apache-2.0
//
// The model's parts, driven with the golden codes (teacher forcing), against numbers of the published
// modules.
#include "engine/backend/devices.h"
#include "engine/backend/thread_pool.h"
#include "engine/model/depth_transformer.h"
#include "engine/model/pixel_decoder.h"
#include "engine/model/visual_embedding.h"
#include "tests/model/golden_arrays.h"

#include <cstdint>
#include <limits>

using namespace fastcar;

namespace {

/// What a teacher-forced run gives, laid out as the golden arrays are; row 0 is conditional.
struct Forced {
    std::vector<float> hidden;          // [2, J, D]
    std::vector<float> logits;          // [2, J, K, V]
    std::vector<float> tas;             // [layers, 2, J]
    std::vector<std::uint8_t> replayed; // [layers, 2, J]
    std::vector<float> prefill[2];      // [P, D]
    std::vector<float> z;               // [J, E]
    std::vector<float> embeddings;      // [J, D]
};

class Driver {
public:
    Driver(std::shared_ptr<const Checkpoint> checkpoint, int threads)
        : config(checkpoint->config())
        , pool(threads)
        , embedding(checkpoint)
        , depth(checkpoint, pool, 2)
        , backbone(std::move(*createBackbone("cpu", checkpoint, pool)))
    {
    }

    Forced run(const GoldenArrays &golden, const ReplayPolicy &policy)
    {
        const std::span<const int> codes = golden.get<std::int32_t>("codes");
        const std::span<const int> ids[2] = {golden.get<std::int32_t>("prompt_ids"),
                                             golden.get<std::int32_t>("uncond_ids")};
        const std::size_t depths = static_cast<std::size_t>(config.depth.depth);
        tokens = static_cast<std::int64_t>(codes.size() / depths);
        const std::int64_t width = config.backbone.hidden;
        Forced out;
        out.hidden.resize(static_cast<std::size_t>(2 * tokens * width));
        out.logits.resize(static_cast<std::size_t>(2 * tokens * config.depth.depth * config.depth.codes));
        out.tas.assign(static_cast<std::size_t>(config.backbone.layers * 2 * tokens),
                       std::numeric_limits<float>::quiet_NaN());
        out.replayed.resize(out.tas.size());

        if (Result<void> begun =
                backbone->begin({}, static_cast<int>(ids[0].size()), static_cast<int>(tokens));
            !begun)
            qFatal("%s", begun.error().message.c_str());
        std::vector<float> state(static_cast<std::size_t>(2 * width));
        for (int row = 0; row < 2; ++row) {
            const std::int64_t length = static_cast<std::int64_t>(ids[row].size());
            std::vector<float> text(static_cast<std::size_t>(length * width));
            out.prefill[row].resize(text.size());
            const bool done = embedding.embedText(ids[row], {text.data(), length, width}).ok() &&
                              backbone
                                  ->prefill(row, {text.data(), length, width},
                                            std::span(state).subspan(static_cast<std::size_t>(row * width),
                                                                     static_cast<std::size_t>(width)),
                                            {out.prefill[row].data(), length, width})
                                  .ok();
            if (!done)
                qFatal("prefill failed");
        }
        for (std::int64_t token = 0; token < tokens; ++token) {
            const std::span<const int> drawn =
                codes.subspan(static_cast<std::size_t>(token) * depths, depths);
            keepState(out, token, state);
            drawCodes(out, token, state, drawn);
            feedBack(out, token, drawn, policy, state);
        }
        return out;
    }

    const ModelConfig config;
    ThreadPool pool;
    VisualEmbedding embedding;
    DepthTransformer depth;
    std::unique_ptr<Backbone> backbone;
    std::int64_t tokens = 0;

private:
    void keepState(Forced &out, std::int64_t token, const std::vector<float> &state) const
    {
        const std::int64_t width = config.backbone.hidden;
        for (std::int64_t row = 0; row < 2; ++row)
            std::copy_n(state.data() + row * width, width,
                        out.hidden.data() + (row * tokens + token) * width);
    }

    void drawCodes(Forced &out, std::int64_t token, const std::vector<float> &state,
                   std::span<const int> codes)
    {
        const std::int64_t depths = config.depth.depth, count = config.depth.codes;
        for (std::int64_t d = 0; d < depths; ++d) {
            std::vector<int> sofar;
            for (int row = 0; row < 2; ++row)
                sofar.insert(sofar.end(), codes.begin(), codes.begin() + d);
            const MatrixView<const float> logits =
                d == 0 ? depth.begin({state.data(), 2, config.backbone.hidden})
                       : depth.next({sofar.data(), 2, d});
            for (std::int64_t row = 0; row < 2; ++row)
                std::copy_n(logits.row(row).data(), count,
                            out.logits.data() + ((row * tokens + token) * depths + d) * count);
        }
    }

    void feedBack(Forced &out, std::int64_t token, std::span<const int> codes, const ReplayPolicy &policy,
                  std::vector<float> &state)
    {
        const std::size_t width = static_cast<std::size_t>(config.backbone.hidden);
        std::vector<float> z(static_cast<std::size_t>(config.pixels.embedding)), rows(2 * width);
        embedding.latent(codes, z);
        embedding.project(z, std::span(rows).first(width));
        std::copy_n(rows.begin(), width, rows.begin() + static_cast<std::ptrdiff_t>(width));
        out.z.insert(out.z.end(), z.begin(), z.end());
        out.embeddings.insert(out.embeddings.end(), rows.begin(),
                              rows.begin() + static_cast<std::ptrdiff_t>(width));
        if (token + 1 == tokens)
            return; // the last token is never an input
        const Result<StepReport> report =
            backbone->step({.embeddings = {rows.data(), 2, config.backbone.hidden},
                            .visualToken = static_cast<int>(token),
                            .policy = &policy,
                            .attention = {}});
        if (!report)
            qFatal("%s", report.error().message.c_str());
        std::copy(report->hidden.all().begin(), report->hidden.all().end(), state.begin());
        for (std::int64_t layer = 0; layer < config.backbone.layers; ++layer) {
            for (std::int64_t row = 0; row < 2; ++row) {
                const LayerOutcome outcome = report->outcome.row(layer)[static_cast<std::size_t>(row)];
                const std::size_t at = static_cast<std::size_t>((layer * 2 + row) * tokens + token);
                out.tas[at] = outcome.tas;
                out.replayed[at] = outcome.decision == Decision::Replayed;
            }
        }
    }
};

ReplayPolicy policyOf(const GoldenArrays &golden, TasDefinition definition)
{
    ReplayPolicy policy{.definition = definition, .gate = GateMode::Row, .thresholds = {}};
    for (const float tau : golden.get<float>("tau"))
        policy.thresholds.push_back(std::isnan(tau) ? std::nullopt : std::optional(tau));
    return policy;
}

} // namespace

class TestGoldenModel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { checkpoint_ = openGoldenCheckpoint(); }
    void teacherForcingGivesTheGoldenNumbers_data();
    void teacherForcingGivesTheGoldenNumbers();
    void thePapersScoreIsMeasuredToo_data();
    void thePapersScoreIsMeasuredToo();
    void componentsMatch();
    void framesMatch_data() { thePapersScoreIsMeasuredToo_data(); }
    void framesMatch();

private:
    std::shared_ptr<const Checkpoint> checkpoint_;
};

void TestGoldenModel::teacherForcingGivesTheGoldenNumbers_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<int>("threads");
    for (const char *file : {"dense", "measure_only", "tau_p25", "tau_p50", "tau_p75", "always", "per_layer",
                             "dense_prompt2", "tau_p50_prompt2"})
        for (const int threads : {1, 2})
            QTest::addRow("%s, %d threads", file, threads) << QByteArray(file) << threads;
}

void TestGoldenModel::teacherForcingGivesTheGoldenNumbers()
{
    QFETCH(QByteArray, file);
    QFETCH(int, threads);
    const GoldenArrays golden(file.toStdString());
    Driver driver(checkpoint_, threads);
    const Forced forced = driver.run(golden, policyOf(golden, TasDefinition::Official));
    compareGolden(forced.hidden, golden.get<float>("hidden"));
    compareGolden(forced.logits, golden.get<float>("logits"));
    compareGolden(forced.tas, golden.get<float>("tas_measured"));
    const auto replayed = golden.get<std::uint8_t>("replayed");
    QCOMPARE(forced.replayed, std::vector<std::uint8_t>(replayed.begin(), replayed.end()));
}

void TestGoldenModel::thePapersScoreIsMeasuredToo_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addRow("prompt 1") << QByteArray("dense");
    QTest::addRow("prompt 2") << QByteArray("dense_prompt2");
}

void TestGoldenModel::thePapersScoreIsMeasuredToo()
{
    QFETCH(QByteArray, file);
    const GoldenArrays golden(file.toStdString());
    Driver driver(checkpoint_, 2);
    const Forced forced =
        driver.run(golden, {.definition = TasDefinition::Paper, .gate = {}, .thresholds = {}});
    compareGolden(forced.tas, golden.get<float>("tas_paper_measured"));
    compareGolden(forced.hidden, golden.get<float>("hidden"));
}

void TestGoldenModel::componentsMatch()
{
    const GoldenArrays golden("dense"), components("components");
    Driver driver(checkpoint_, 2);
    const Forced forced = driver.run(golden, {});
    compareGolden(forced.z, components.get<float>("z"));
    compareGolden(forced.embeddings, components.get<float>("visual_embeds"));
    compareGolden(forced.prefill[0], components.get<float>("prefill_cond"));
    compareGolden(forced.prefill[1], components.get<float>("prefill_uncond"));
}

void TestGoldenModel::framesMatch()
{
    QFETCH(QByteArray, file);
    const GoldenArrays golden(file.toStdString());
    const std::span<const int> codes = golden.get<std::int32_t>("codes");
    const std::span<const float> expected = golden.get<float>("frames_float");
    const std::span<const std::uint8_t> truncated = golden.get<std::uint8_t>("frames");
    const ModelConfig &config = checkpoint_->config();
    const std::size_t depths = static_cast<std::size_t>(config.depth.depth);
    const std::size_t width = static_cast<std::size_t>(config.pixels.embedding);
    const std::size_t stride = static_cast<std::size_t>(config.stride());

    ThreadPool pool(2);
    const VisualEmbedding embedding(checkpoint_);
    PixelDecoder decoder(checkpoint_, pool);
    const std::size_t size = static_cast<std::size_t>(decoder.width() * decoder.height() * 3);
    std::vector<float> z(stride * width), values(size);
    std::vector<std::uint8_t> rgb(size);
    for (std::size_t frame = 0; frame < codes.size() / depths / stride; ++frame) {
        for (std::size_t p = 0; p < stride; ++p)
            embedding.latent(codes.subspan((frame * stride + p) * depths, depths),
                             std::span(z).subspan(p * width, width));
        const MatrixView<const float> latents{z.data(), config.stride(), config.pixels.embedding};
        decoder.decode(latents, std::span(values));
        decoder.decode(latents, std::span(rgb));
        compareWithin(values, expected.subspan(frame * size, size), 0.02f);
        for (std::size_t i = 0; i < size; ++i)
            QVERIFY(std::abs(rgb[i] - truncated[frame * size + i]) <= 1);
    }
}

QTEST_APPLESS_MAIN(TestGoldenModel)
#include "test_golden_model.moc"
