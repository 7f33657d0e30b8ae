// SPDX-License-Identifier: Apache-2.0
//
// A whole generation is the same, bit for bit, on any number of threads: codes, scores, decisions and
// pictures, in every format in which weights are held.
#include "engine/checkpoint/quantise_checkpoint.h"
#include "engine/decode/generation.h"
#include "engine/decode/replay_presets.h"
#include "tests/checkpoint/checkpoint_copy.h"
#include "tests/decode/golden.h"

#include <QtCore/qfloat16.h>
#include <QTest>

#include <bit>
#include <cstring>
#include <memory>

using namespace fastcar;

namespace {

/// What a run says, as numbers that can be compared. When a picture comes is not one of them.
struct Told final : RunSink {
    std::vector<std::uint32_t> numbers, pictures;

    void onEvent(const Event &event) override
    {
        if (event.kind == Event::Kind::CodeDrawn)
            numbers.insert(numbers.end(), {event.token, event.row, std::uint32_t(event.code)});
        if (event.kind == Event::Kind::LayerOutcome)
            numbers.insert(numbers.end(),
                           {event.token, event.layer, event.row, std::bit_cast<std::uint32_t>(event.tas),
                            std::uint32_t(event.decision)});
    }
    void onFrame(int video, int frame, SharedFrame picture) override
    {
        pictures.insert(pictures.end(), {std::uint32_t(video), std::uint32_t(frame)});
        pictures.insert(pictures.end(), picture->rgb.begin(), picture->rgb.end());
    }
};

/// The golden checkpoint, whose numbers are bf16, in another type.
void convert(const CheckpointCopy &copy, const std::string &type)
{
    for (const char *file : {"llm/model-00001-of-00003.safetensors", "llm/model-00002-of-00003.safetensors",
                             "llm/model-00003-of-00003.safetensors", "mm_projector/model.safetensors",
                             "vision_tower/model.safetensors"})
        copy.editTensors(file, [&](std::vector<StoredTensor> &tensors) {
            for (StoredTensor &tensor : tensors) {
                if (tensor.dtype != "BF16")
                    continue;
                QByteArray converted;
                for (qsizetype i = 0; i + 1 < tensor.bytes.size(); i += 2) {
                    std::uint16_t stored = 0;
                    std::memcpy(&stored, tensor.bytes.constData() + i, sizeof stored);
                    const float value = std::bit_cast<float>(std::uint32_t{stored} << 16);
                    const qfloat16 half(value);
                    if (type == "F32")
                        converted.append(reinterpret_cast<const char *>(&value), sizeof value);
                    else
                        converted.append(reinterpret_cast<const char *>(&half), sizeof half);
                }
                tensor.bytes = converted;
                tensor.dtype = type;
            }
        });
}

std::vector<std::optional<float>> halfReplayed()
{
    return golden::thresholdsOf(golden::manifest()["settings"].toObject()["tau_p50"].toObject());
}

} // namespace

class TestAnyThreads : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<CheckpointCopy> copy_;
    QTemporaryDir folder_;

    /// The golden model as `weights` says.
    Result<Model> opened(const QString &weights)
    {
        if (weights == "bf16")
            return golden::model();
        if (weights == "f32" || weights == "f16") {
            copy_ = std::make_unique<CheckpointCopy>();
            convert(*copy_, weights.toUpper().toStdString());
            return Model::open(copy_->root());
        }
        const auto folder = std::filesystem::path(folder_.path().toStdString()) / weights.toStdString();
        QuantiseOptions options;
        options.format = weights == "int8" ? NarrowFormat::Int8 : NarrowFormat::Int4;
        if (auto made = quantiseCheckpoint(*golden::model().checkpoint, folder, options); !made)
            return made.error();
        return Model::open(folder);
    }

    void compareThreads(const Model &model, const RunSettings &settings)
    {
        std::optional<Told> one;
        for (const int threads : {1, 2, 3}) {
            ThreadPool pool(threads);
            RunControl control;
            Told told;
            const auto result = generate(model, settings, pool, told, control);
            QVERIFY2(result.ok(), result.ok() ? "" : result.error().message.c_str());
            QVERIFY(!told.pictures.empty());
            const ReplayCount count = result->replay.all();
            QVERIFY2(count.replayed > 0 && count.replayed < count.eligible,
                     qPrintable(QString("%1 of %2").arg(count.replayed).arg(count.eligible)));
            if (!one)
                one.emplace(std::move(told));
            else
                QVERIFY2(told.numbers == one->numbers && told.pictures == one->pictures,
                         qPrintable(QString("%1 threads").arg(threads)));
        }
    }

private slots:
    void theGoldenModel_data()
    {
        QTest::addColumn<QString>("weights");
        QTest::addColumn<QString>("device");
        for (const char *stored : {"f32", "f16", "bf16", "int8", "int4"})
            QTest::addRow("stored in %s", stored) << QString(stored) << QString("cpu");
        QTest::newRow("quantised at load, 8 bits") << QString("bf16") << QString("cpu:int8");
        QTest::newRow("quantised at load, 4 bits") << QString("bf16") << QString("cpu:int4");
    }

    void theGoldenModel()
    {
        QFETCH(QString, weights);
        QFETCH(QString, device);
        const auto model = opened(weights);
        QVERIFY2(model.ok(), model.ok() ? "" : model.error().message.c_str());
        for (const GateMode gate : {GateMode::Row, GateMode::All})
            compareThreads(*model, {.prompt = "A red kite.",
                                    .frames = 4,
                                    .videos = gate == GateMode::Row ? 2 : 1,
                                    .seed = 7,
                                    .sampler = {.temperature = 1.0f, .topK = 16},
                                    .replay = {.gate = gate, .thresholds = halfReplayed()},
                                    .device = device.toStdString()});
    }

    /// Its matrices are cut into more tiles than there are threads.
    void theShippedModel_data()
    {
        QTest::addColumn<QString>("device");
        for (const char *device : {"cpu", "cpu:f16", "cpu:int8", "cpu:int4"})
            QTest::newRow(device) << QString(device);
    }

    void theShippedModel()
    {
        QFETCH(QString, device);
        static const auto model = Model::open(FASTCAR_SHIPPED_MODEL);
        QVERIFY2(model.ok(), model.ok() ? "" : model.error().message.c_str());
        const ModelDefaults &defaults = model->checkpoint->defaults();
        compareThreads(*model,
                       {.prompt = "a small duck jumps in the desert",
                        .frames = 2,
                        .seed = 3,
                        .sampler = {.temperature = 1.0f, .topK = 100, .cfg = 1.5f},
                        .replay = {.thresholds = calibratedThresholds(defaults, TasDefinition::Official, GateMode::Row, 50)},
                        .device = device.toStdString()});
    }
};

QTEST_APPLESS_MAIN(TestAnyThreads)
#include "test_any_threads.moc"
