// SPDX-License-Identifier: Apache-2.0
//
// The golden checkpoint, opened: every number of its configs, its tensors, where they point, and its digest.
#include "tests/checkpoint/checkpoint_copy.h"

#include <QCryptographicHash>
#include <QDir>
#include <QTest>

#include <set>
#include <thread>

using namespace fastcar;

class TestCheckpoint : public QObject {
    Q_OBJECT

private:
    std::shared_ptr<const Checkpoint> golden_;

    static std::vector<float> values(const TensorView &view)
    {
        std::vector<float> floats(static_cast<std::size_t>(view.elements()));
        convertToF32(view, floats);
        return floats;
    }

private slots:
    void initTestCase()
    {
        const auto opened = Checkpoint::open(FASTCAR_TEST_DATA "/golden/checkpoint");
        QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().message.c_str());
        golden_ = *opened;
    }

    void theBackboneIsAsItsConfigSays()
    {
        const BackboneConfig &config = golden_->config().backbone;
        QCOMPARE(config.layers, 4);
        QCOMPARE(config.hidden, 64);
        QCOMPARE(config.intermediate, 160);
        QCOMPARE(config.heads, 4);
        QCOMPARE(config.kvHeads, 4);
        QCOMPARE(config.headDim, 16);
        QCOMPARE(config.vocabulary, 516);
        QCOMPARE(config.maxPositions, 512);
        QCOMPARE(config.ropeTheta, 10000.0f);
        QCOMPARE(config.ropeScaling, 1.0f);
        QCOMPARE(config.rmsNormEps, 1e-5f);
    }

    void theDepthTransformerIsAsItsConfigSays()
    {
        const DepthConfig &config = golden_->config().depth;
        QCOMPARE(config.layers, 2);
        QCOMPARE(config.hidden, 48);
        QCOMPARE(config.heads, 4);
        QCOMPARE(config.depth, 4);
        QCOMPARE(config.codes, 32);
        QCOMPARE(config.codeInput, 24);
        QCOMPARE(config.stateInput, 64);
    }

    void thePixelDecoderIsAsItsConfigSays()
    {
        const PixelDecoderConfig &config = golden_->config().pixels;
        QCOMPARE(config.embedding, 24);
        QCOMPARE(config.zChannels, 32);
        QCOMPARE(config.channels, 32);
        QCOMPARE(config.channelMultipliers, (std::vector<int>{1, 2, 2}));
        QCOMPARE(config.residualBlocks, 1);
        QCOMPARE(config.resolution, 16);
        QVERIFY(config.attentionResolutions.empty());
        QCOMPARE(config.outputChannels, 3);
        QVERIFY(!config.latent);
        QCOMPARE(config.frameHeight, 16);
        QCOMPARE(config.frameWidth, 16);
    }

    void theVideoIsAsTheRootConfigSays()
    {
        QCOMPARE(golden_->config().gridHeight, 4);
        QCOMPARE(golden_->config().gridWidth, 4);
        QCOMPARE(golden_->config().stride(), 16);
        QCOMPARE(golden_->config().videoFrames, 4);
        QVERIFY(!golden_->config().sharedCodebook);
    }

    void releasedPagesComeBackWithTheSameBytes()
    {
        for (const Checkpoint::TensorEntry &entry : golden_->tensors()) {
            const QByteArray before(reinterpret_cast<const char *>(entry.view.data),
                                    qsizetype(entry.view.bytes()));
            golden_->releasePages(entry.view);
            QVERIFY2(before == QByteArrayView(reinterpret_cast<const char *>(entry.view.data), before.size()),
                     entry.name.c_str());
        }
    }

    /// Pages of the heap would come back as zeros.
    void onlyTheFilesOwnPagesAreReleased()
    {
        const std::vector<float> own(1 << 20, 1.0f);
        golden_->releasePages({.data = reinterpret_cast<const std::byte *>(own.data()),
                               .type = DType::F32,
                               .shape = {1 << 10, 1 << 10}});
        golden_->releasePages({});
        QVERIFY(std::ranges::all_of(own, [](float value) { return value == 1.0f; }));
    }

    void everyTensorIsListedAndThoseInUseAreMarked()
    {
        std::map<std::string, int> listed, used;
        std::set<std::string> unusedEnds;
        for (const Checkpoint::TensorEntry &entry : golden_->tensors()) {
            ++listed[entry.component];
            used[entry.component] += entry.used;
            QVERIFY(entry.view.data != nullptr);
            QVERIFY(entry.file.starts_with(entry.component + "/"));
        }
        QCOMPARE(listed,
                 (std::map<std::string, int>{{"llm", 39}, {"mm_projector", 4}, {"vision_tower", 215}}));
        // All but lm_head; all; all but SigLIP, its two scalars and the averages beside the codebooks.
        QCOMPARE(used["llm"], 38);
        QCOMPARE(used["mm_projector"], 4);
        for (const Checkpoint::TensorEntry &entry : golden_->tensors())
            if (entry.component == "vision_tower")
                QCOMPARE(entry.used, !entry.name.starts_with("rqvaesiglip.siglip_model.") &&
                                         !entry.name.starts_with("rqvaesiglip.logit_") &&
                                         !entry.name.ends_with("_ema"));
    }

    void theWeightsHaveTheirShapes()
    {
        const ModelWeights &weights = golden_->weights();
        QVERIFY(weights.backbone.tokenEmbeddings.shape == (Shape{516, 64}));
        QCOMPARE(weights.backbone.layers.size(), 4u);
        QVERIFY(weights.backbone.layers[3].down.weight.shape == (Shape{64, 160}));
        QVERIFY(!weights.backbone.layers[0].query.bias);
        QVERIFY(!weights.backbone.finalNorm.bias);
        QVERIFY(weights.projector.first.weight.shape == (Shape{64, 24}));
        QVERIFY(weights.projector.second.bias.shape == (Shape{64}));
        QCOMPARE(weights.depth.layers.size(), 2u);
        QVERIFY(weights.depth.positionEmbeddings.shape == (Shape{1, 4, 48}));
        QVERIFY(weights.depth.classifier.weight.shape == (Shape{32, 48}));
        QCOMPARE(weights.codebooks.size(), 4u);
        QVERIFY(weights.codebooks[3].shape == (Shape{33, 24}));
        QVERIFY(weights.codebooks[0].data != weights.codebooks[1].data);
        QCOMPARE(weights.pixels.levels.size(), 3u);
        QCOMPARE(weights.pixels.levels[0].blocks.size(), 2u);
        QVERIFY(weights.pixels.levels[0].blocks[0].shortcut.weight);
        QVERIFY(!weights.pixels.levels[0].blocks[1].shortcut.weight);
        QVERIFY(!weights.pixels.levels[0].upsample.weight);
        QVERIFY(weights.pixels.levels[2].upsample.weight.shape == (Shape{64, 64, 3, 3}));
        QVERIFY(weights.pixels.levels[2].attention.empty());
        QVERIFY(weights.pixels.output.weight.shape == (Shape{3, 32, 3, 3}));
    }

    void theViewsPointAtTheBytesOfTheFiles()
    {
        const CheckpointCopy copy;
        const ModelWeights &weights = golden_->weights();
        const auto compare = [&](const QString &file, const std::string &name, const TensorView &view) {
            copy.editTensors(file, [&](std::vector<StoredTensor> &tensors) {
                const StoredTensor &stored = named(tensors, name);
                QCOMPARE(QByteArray(reinterpret_cast<const char *>(view.data),
                                    static_cast<qsizetype>(view.bytes())),
                         stored.bytes);
            });
        };
        compare("llm/model-00001-of-00003.safetensors", "model.embed_tokens.weight",
                weights.backbone.tokenEmbeddings);
        compare("llm/model-00002-of-00003.safetensors", "model.layers.1.mlp.up_proj.weight",
                weights.backbone.layers[1].up.weight);
        compare("llm/model-00003-of-00003.safetensors", "model.norm.weight",
                weights.backbone.finalNorm.weight);
        compare("mm_projector/model.safetensors", "layers.2.bias", weights.projector.second.bias);
        const QString vision = "vision_tower/model.safetensors";
        compare(vision, "rqtransformer.head_transformer.blocks.1.mlp.2.bias",
                weights.depth.layers[1].down.bias);
        compare(vision, "rqtransformer.head_transformer.blocks.0.attn.proj.weight",
                weights.depth.layers[0].output.weight);
        compare(vision, "rqvaesiglip.quantizer.codebooks.2.weight", weights.codebooks[2]);
        compare(vision, "rqvaesiglip.decoder.mid.attn_1.proj_out.weight",
                weights.pixels.middleAttention.output.weight);
        compare(vision, "rqvaesiglip.decoder.up.1.block.1.conv2.weight",
                weights.pixels.levels[1].blocks[1].conv2.weight);
        for (float value : values(weights.backbone.finalNorm.weight))
            QVERIFY(std::abs(value) < 10.0f);
    }

    void aFolderNamedModelWithinIsTheRoot()
    {
        const CheckpointCopy copy;
        QVERIFY(QDir().mkpath(copy.file("model")));
        for (const char *name : {"config.json", "llm", "mm_projector", "vision_tower"})
            QVERIFY(QFile::rename(copy.file(name), copy.file(QString("model/") + name)));
        const auto opened = copy.open();
        QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().message.c_str());
        QCOMPARE((*opened)->folder(), copy.root() / "model");
        QCOMPARE((*opened)->tokenizerFolder(), copy.root() / "model" / "llm");
        QCOMPARE(*(*opened)->digest(), *golden_->digest());
    }

    void theDigestIsThatOfNamesSizesAndContents()
    {
        QCryptographicHash hash(QCryptographicHash::Sha256);
        const CheckpointCopy copy;
        const QStringList names{"config.json",
                                "llm/added_tokens.json",
                                "llm/config.json",
                                "llm/model-00001-of-00003.safetensors",
                                "llm/model-00002-of-00003.safetensors",
                                "llm/model-00003-of-00003.safetensors",
                                "llm/model.safetensors.index.json",
                                "llm/special_tokens_map.json",
                                "llm/tokenizer.model",
                                "llm/tokenizer_config.json",
                                "mm_projector/config.json",
                                "mm_projector/model.safetensors",
                                "vision_tower/config.json",
                                "vision_tower/model.safetensors"};
        for (const QString &name : names) {
            const QByteArray content = copy.bytes(name);
            hash.addData(name.toUtf8() + '\0' + QByteArray::number(content.size()) + '\0');
            hash.addData(content);
        }
        QCOMPARE(QByteArray::fromStdString(*golden_->digest()), hash.result().toHex());
    }

    void theDigestChangesWithEveryFileThatMattersAndWithNoOther_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("matters");
        QTest::newRow("weights") << "mm_projector/model.safetensors" << true;
        QTest::newRow("tokenizer") << "llm/tokenizer.model" << true;
        QTest::newRow("added tokens") << "llm/added_tokens.json" << true;
        QTest::newRow("config") << "llm/config.json" << true;
        QTest::newRow("recommendations") << "fastcar.json" << false;
        QTest::newRow("text sampling") << "llm/generation_config.json" << false;
    }
    void theDigestChangesWithEveryFileThatMattersAndWithNoOther()
    {
        QFETCH(QString, file);
        QFETCH(bool, matters);
        const CheckpointCopy copy;
        if (file.endsWith(".safetensors")) {
            QByteArray bytes = copy.bytes(file);
            bytes[bytes.size() - 1] = static_cast<char>(bytes[bytes.size() - 1] ^ 1);
            copy.write(file, bytes);
        } else if (file == "fastcar.json") {
            copy.write(file, R"({"name": "Tiny"})");
        } else {
            copy.write(file, copy.bytes(file) + "\n");
        }
        const auto opened = copy.open();
        QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().message.c_str());
        QCOMPARE(*(*opened)->digest() != *golden_->digest(), matters);
    }

    void theDigestCanBeAskedForFromManyThreads()
    {
        const CheckpointCopy copy;
        const auto opened = copy.open();
        std::vector<std::string> digests(4);
        {
            std::vector<std::jthread> threads;
            for (std::string &digest : digests)
                threads.emplace_back([&digest, &opened] { digest = *(*opened)->digest(); });
        }
        for (const std::string &digest : digests)
            QCOMPARE(digest, *golden_->digest());
    }

    void theViewsOutliveTheFilesNames()
    {
        auto copy = std::make_unique<CheckpointCopy>();
        const auto opened = copy->open();
        QVERIFY(opened.ok());
        copy.reset();
        QCOMPARE(values((*opened)->weights().codebooks[1]), values(golden_->weights().codebooks[1]));
    }
};

QTEST_APPLESS_MAIN(TestCheckpoint)
#include "test_checkpoint.moc"
