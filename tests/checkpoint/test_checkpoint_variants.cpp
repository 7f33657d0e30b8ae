// SPDX-License-Identifier: Apache-2.0
//
// Well-formed checkpoints that differ from the golden one in what the configs may say: each opens, and its
// config and weights say so.
#include "tests/checkpoint/checkpoint_copy.h"

#include <QDir>
#include <QTest>

using namespace fastcar;
using nlohmann::json;

namespace {

const QString llm = "llm/config.json";
const QString vision = "vision_tower/config.json";
const QString visionWeights = "vision_tower/model.safetensors";

std::shared_ptr<const Checkpoint> opened(const CheckpointCopy &copy)
{
    const auto result = copy.open();
    if (!result)
        qWarning("%s", result.error().message.c_str());
    return result.ok() ? *result : nullptr;
}

/// Attention tensors for the two blocks of the decoder's level.
void addAttention(const CheckpointCopy &copy, int level, std::int64_t channels)
{
    copy.editTensors(visionWeights, [&](std::vector<StoredTensor> &tensors) {
        for (int block = 0; block < 2; ++block) {
            const std::string prefix =
                "rqvaesiglip.decoder.up." + std::to_string(level) + ".attn." + std::to_string(block);
            tensors.push_back(madeTensor(prefix + ".norm.weight", {channels}));
            tensors.push_back(madeTensor(prefix + ".norm.bias", {channels}));
            for (const char *part : {".q", ".k", ".v", ".proj_out"}) {
                tensors.push_back(madeTensor(prefix + part + ".weight", {channels, channels, 1, 1}));
                tensors.push_back(madeTensor(prefix + part + ".bias", {channels}));
            }
        }
    });
}

} // namespace

class TestCheckpointVariants : public QObject {
    Q_OBJECT

private slots:
    void groupedQueriesHaveNarrowKeysAndValues()
    {
        const CheckpointCopy copy;
        copy.editJson(llm, [](json &config) { config["num_key_value_heads"] = 2; });
        for (int shard = 1; shard <= 3; ++shard)
            copy.editTensors(QString("llm/model-0000%1-of-00003.safetensors").arg(shard),
                             [](std::vector<StoredTensor> &tensors) {
                                 for (StoredTensor &tensor : tensors)
                                     if (tensor.name.find("k_proj") != std::string::npos ||
                                         tensor.name.find("v_proj") != std::string::npos)
                                         tensor = madeTensor(tensor.name, {32, 64});
                             });
        const auto checkpoint = opened(copy);
        QVERIFY(checkpoint);
        QCOMPARE(checkpoint->config().backbone.heads, 4);
        QCOMPARE(checkpoint->config().backbone.kvHeads, 2);
        QVERIFY(checkpoint->weights().backbone.layers[2].key.weight.shape == (Shape{32, 64}));
        QVERIFY(checkpoint->weights().backbone.layers[2].query.weight.shape == (Shape{64, 64}));
    }

    void withoutKeyValueHeadsThereAreAsManyAsHeads()
    {
        const CheckpointCopy copy;
        copy.editJson(llm, [](json &config) { config.erase("num_key_value_heads"); });
        const auto checkpoint = opened(copy);
        QVERIFY(checkpoint);
        QCOMPARE(checkpoint->config().backbone.kvHeads, 4);
    }

    void aHeadMayHaveAWidthOfItsOwn()
    {
        const CheckpointCopy copy;
        copy.editJson(llm, [](json &config) { config["head_dim"] = 8; });
        for (int shard = 1; shard <= 3; ++shard)
            copy.editTensors(QString("llm/model-0000%1-of-00003.safetensors").arg(shard),
                             [](std::vector<StoredTensor> &tensors) {
                                 for (StoredTensor &tensor : tensors)
                                     if (tensor.name.find("o_proj") != std::string::npos)
                                         tensor = madeTensor(tensor.name, {64, 32});
                                     else if (tensor.name.find("self_attn") != std::string::npos)
                                         tensor = madeTensor(tensor.name, {32, 64});
                             });
        const auto checkpoint = opened(copy);
        QVERIFY(checkpoint);
        QCOMPARE(checkpoint->config().backbone.headDim, 8);
        QVERIFY(checkpoint->weights().backbone.layers[0].output.weight.shape == (Shape{64, 32}));
    }

    void linearScalingStretchesThePositions_data()
    {
        QTest::addColumn<QString>("scaling");
        QTest::addColumn<float>("factor");
        QTest::addColumn<int>("positions");
        QTest::newRow("type") << R"({"type": "linear", "factor": 2.0})" << 2.0f << 1024;
        QTest::newRow("rope_type") << R"({"rope_type": "linear", "factor": 4})" << 4.0f << 2048;
        QTest::newRow("both") << R"({"rope_type": "linear", "type": "linear", "factor": 1.5})" << 1.5f << 768;
        QTest::newRow("default") << R"({"rope_type": "default"})" << 1.0f << 512;
        QTest::newRow("null") << "null" << 1.0f << 512;
    }
    void linearScalingStretchesThePositions()
    {
        QFETCH(QString, scaling);
        QFETCH(float, factor);
        QFETCH(int, positions);
        const CheckpointCopy copy;
        copy.editJson(llm,
                      [&](json &config) { config["rope_scaling"] = json::parse(scaling.toStdString()); });
        const auto checkpoint = opened(copy);
        QVERIFY(checkpoint);
        QCOMPARE(checkpoint->config().backbone.ropeScaling, factor);
        QCOMPARE(checkpoint->config().backbone.maxPositions, positions);
    }

    void constantsAreReadAndNotAssumed()
    {
        const CheckpointCopy copy;
        copy.editJson(llm, [](json &config) {
            config["rms_norm_eps"] = 1e-6;
            config["rope_theta"] = 500000;
        });
        const auto checkpoint = opened(copy);
        QVERIFY(checkpoint);
        QCOMPARE(checkpoint->config().backbone.rmsNormEps, 1e-6f);
        QCOMPARE(checkpoint->config().backbone.ropeTheta, 500000.0f);
    }

    void aSharedCodebookIsOneViewForEveryDepth_data()
    {
        QTest::addColumn<bool>("copiesStored");
        QTest::newRow("with copies in the file") << true;
        QTest::newRow("with one in the file") << false;
    }
    void aSharedCodebookIsOneViewForEveryDepth()
    {
        QFETCH(bool, copiesStored);
        const CheckpointCopy copy;
        copy.editJson(vision, [](json &config) { config["rqvaesiglip"]["shared_codebook"] = true; });
        if (!copiesStored)
            copy.editTensors(visionWeights, [](std::vector<StoredTensor> &tensors) {
                std::erase_if(tensors, [](const StoredTensor &tensor) {
                    return tensor.name.find("quantizer.codebooks.") != std::string::npos &&
                           tensor.name.find("codebooks.0.") == std::string::npos;
                });
            });
        const auto checkpoint = opened(copy);
        QVERIFY(checkpoint);
        QVERIFY(checkpoint->config().sharedCodebook);
        QCOMPARE(checkpoint->weights().codebooks.size(), 4u);
        for (const TensorView &codebook : checkpoint->weights().codebooks)
            QCOMPARE(codebook.data, checkpoint->weights().codebooks[0].data);
    }

    void aDecoderLatentShapeChangesTheFrame_data()
    {
        QTest::addColumn<QString>("shape");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::newRow("two numbers") << "[6, 8]" << 24 << 32;
        QTest::newRow("three numbers") << "[6, 6, 24]" << 24 << 24;
    }
    void aDecoderLatentShapeChangesTheFrame()
    {
        QFETCH(QString, shape);
        QFETCH(int, height);
        QFETCH(int, width);
        const CheckpointCopy copy;
        copy.editJson(vision, [&](json &config) {
            config["rqvaesiglip"]["decoder_latent_shape"] = json::parse(shape.toStdString());
        });
        const auto checkpoint = opened(copy);
        QVERIFY(checkpoint);
        QVERIFY(checkpoint->config().pixels.latent);
        QCOMPARE(checkpoint->config().pixels.latent->height, height / 4);
        QCOMPARE(checkpoint->config().pixels.frameHeight, height);
        QCOMPARE(checkpoint->config().pixels.frameWidth, width);
        QCOMPARE(checkpoint->config().stride(), 16);
    }

    void withoutADecoderLatentShapeTheGridDecides()
    {
        const CheckpointCopy copy;
        copy.editJson(vision, [](json &config) { config["rqvaesiglip"].erase("decoder_latent_shape"); });
        const auto checkpoint = opened(copy);
        QVERIFY(checkpoint);
        QVERIFY(!checkpoint->config().pixels.latent);
        QCOMPARE(checkpoint->config().pixels.frameHeight, 16);
    }

    void theDecoderAttendsWhereItsResolutionSays_data()
    {
        QTest::addColumn<int>("resolution");
        QTest::addColumn<int>("level");
        QTest::newRow("lowest") << 4 << 2;
        QTest::newRow("middle") << 8 << 1;
        QTest::newRow("highest") << 16 << 0;
    }
    void theDecoderAttendsWhereItsResolutionSays()
    {
        QFETCH(int, resolution);
        QFETCH(int, level);
        const CheckpointCopy copy;
        copy.editJson(vision, [&](json &config) {
            config["rqvaesiglip"]["ddconfig"]["attn_resolutions"] = {resolution};
        });
        addAttention(copy, level, level == 0 ? 32 : 64);
        const auto checkpoint = opened(copy);
        QVERIFY(checkpoint);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(checkpoint->weights().pixels.levels[static_cast<std::size_t>(i)].attention.size(),
                     i == level ? 2u : 0u);
    }

    void lmHeadMayBeAbsent()
    {
        const CheckpointCopy copy;
        copy.editTensors("llm/model-00003-of-00003.safetensors", [](std::vector<StoredTensor> &tensors) {
            std::erase_if(tensors,
                          [](const StoredTensor &tensor) { return tensor.name == "lm_head.weight"; });
        });
        copy.editJson("llm/model.safetensors.index.json",
                      [](json &index) { index["weight_map"].erase("lm_head.weight"); });
        QVERIFY(opened(copy));
    }

    void rotaryFrequenciesInTheFileAreIgnored()
    {
        const CheckpointCopy copy;
        copy.editTensors("llm/model-00001-of-00003.safetensors", [](std::vector<StoredTensor> &tensors) {
            tensors.push_back(madeTensor("model.layers.0.self_attn.rotary_emb.inv_freq", {8}));
        });
        QVERIFY(opened(copy));
    }

    void oneFileServesInPlaceOfShards()
    {
        const CheckpointCopy copy;
        std::vector<StoredTensor> all;
        for (int shard = 1; shard <= 3; ++shard) {
            const QString name = QString("llm/model-0000%1-of-00003.safetensors").arg(shard);
            copy.editTensors(name, [&](std::vector<StoredTensor> &tensors) {
                all.insert(all.end(), tensors.begin(), tensors.end());
            });
            if (shard > 1)
                copy.remove(name);
        }
        copy.remove("llm/model.safetensors.index.json");
        QVERIFY(QFile::rename(copy.file("llm/model-00001-of-00003.safetensors"),
                              copy.file("llm/model.safetensors")));
        copy.editTensors("llm/model.safetensors", [&](std::vector<StoredTensor> &tensors) { tensors = all; });
        const auto checkpoint = opened(copy);
        QVERIFY(checkpoint);
        QCOMPARE(checkpoint->weights().backbone.layers.size(), 4u);
    }

    void weightsMayBeOfAnyFloatingType_data()
    {
        QTest::addColumn<QString>("dtype");
        QTest::addColumn<int>("bytes");
        QTest::newRow("f32") << "F32" << 4;
        QTest::newRow("f16") << "F16" << 2;
    }
    void weightsMayBeOfAnyFloatingType()
    {
        QFETCH(QString, dtype);
        QFETCH(int, bytes);
        const CheckpointCopy copy;
        copy.editTensors("mm_projector/model.safetensors", [&](std::vector<StoredTensor> &tensors) {
            for (StoredTensor &tensor : tensors) {
                tensor.dtype = dtype.toStdString();
                tensor.bytes = QByteArray(tensor.bytes.size() / 2 * bytes, '\0');
            }
        });
        const auto checkpoint = opened(copy);
        QVERIFY(checkpoint);
        QCOMPARE(byteSize(checkpoint->weights().projector.first.weight.type),
                 static_cast<std::size_t>(bytes));
    }

    void theRootsConfigServesWhereAFolderHasNone()
    {
        const CheckpointCopy copy;
        for (const char *name : {"llm/config.json", "mm_projector/config.json", "vision_tower/config.json"})
            copy.remove(name);
        const auto checkpoint = opened(copy);
        QVERIFY(checkpoint);
        QCOMPARE(checkpoint->config().backbone.intermediate, 160);
    }

    void theFoldersConfigWinsOverTheRoots()
    {
        const CheckpointCopy copy;
        copy.editJson("config.json", [](json &config) {
            config["llm_cfg"]["rms_norm_eps"] = 0.01;
            config["llm_cfg"]["hidden_size"] = 9999;
        });
        const auto checkpoint = opened(copy);
        QVERIFY(checkpoint);
        QCOMPARE(checkpoint->config().backbone.rmsNormEps, 1e-5f);
    }

    void oneNumberOfCodesPerDepthIsReadIfTheyAreAlike()
    {
        const CheckpointCopy copy;
        copy.editJson(vision, [](json &config) {
            config["rqvaesiglip"]["n_embed"] = {32, 32, 32, 32};
            config["rqtransformer"]["vocab_size"] = {32, 32, 32, 32};
        });
        const auto checkpoint = opened(copy);
        QVERIFY(checkpoint);
        QCOMPARE(checkpoint->config().depth.codes, 32);
    }
};

QTEST_APPLESS_MAIN(TestCheckpointVariants)
#include "test_checkpoint_variants.moc"
