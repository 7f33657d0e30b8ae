// SPDX-License-Identifier: Apache-2.0
//
// Checkpoints whose files are missing, contradict each other or lead elsewhere: each is refused with an error
// that says which file, which tensor, what was expected and what was found.
#include "tests/checkpoint/checkpoint_copy.h"

#include <QDir>
#include <QTest>

using namespace fastcar;
using nlohmann::json;

namespace {

using Change = std::function<void(const CheckpointCopy &)>;

const QString indexFile = "llm/model.safetensors.index.json";
const QString shard2 = "llm/model-00002-of-00003.safetensors";
const QString vision = "vision_tower/model.safetensors";

Change without(const QString &file)
{
    return [file](const CheckpointCopy &copy) { copy.remove(file); };
}

Change withTensors(const QString &file, std::function<void(std::vector<StoredTensor> &)> edit)
{
    return [file, edit = std::move(edit)](const CheckpointCopy &copy) { copy.editTensors(file, edit); };
}

Change withIndex(std::function<void(json &)> edit)
{
    return [edit = std::move(edit)](const CheckpointCopy &copy) { copy.editJson(indexFile, edit); };
}

Change withTensorIn(const json &place)
{
    return withIndex([place](json &document) { document["weight_map"]["model.norm.weight"] = place; });
}

void drop(std::vector<StoredTensor> &tensors, const std::string &name)
{
    std::erase_if(tensors, [&](const StoredTensor &tensor) { return tensor.name == name; });
}

} // namespace

Q_DECLARE_METATYPE(Change)

class TestCheckpointDamage : public QObject {
    Q_OBJECT

private slots:
    void aFolderThatIsNotThereIsNamed()
    {
        const auto opened = Checkpoint::open("/nowhere/at/all");
        QVERIFY(!opened.ok());
        QCOMPARE(opened.error().kind, ErrorKind::NotFound);
        QVERIFY(QString::fromStdString(opened.error().message).contains("/nowhere/at/all"));
    }

    void damageIsRefusedWithTheReason_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QStringList>("reasons");
        const auto row = [](const char *name, const Change &change, const QStringList &reasons) {
            QTest::newRow(name) << change << reasons;
        };
        row("no root config", without("config.json"), {"config.json", "root folder"});
        row("no llm", without("llm"), {"no folder", "/llm"});
        row("no mm_projector", without("mm_projector"), {"no folder", "/mm_projector"});
        row("no vision_tower", without("vision_tower"), {"no folder", "/vision_tower"});
        row("no weights", without(vision),
            {"/vision_tower holds neither model.safetensors", "pytorch_model.bin"});
        row("missing shard", without(shard2),
            {"no file", "model-00002-of-00003.safetensors", "index.json lists it"});
        row("empty shard", [](const CheckpointCopy &copy) { copy.write(shard2, ""); },
            {"model-00002-of-00003.safetensors has 0 bytes"});
        row("shard cut short",
            [](const CheckpointCopy &copy) { copy.write(shard2, copy.bytes(shard2).chopped(1)); },
            {"model-00002-of-00003.safetensors", "model.layers.2.mlp.up_proj.weight", "cut short"});
        row("a shard is a folder",
            [](const CheckpointCopy &copy) {
                copy.remove(shard2);
                QVERIFY(QDir().mkpath(copy.file(shard2)));
            },
            {"model-00002-of-00003.safetensors is not a regular file"});

        row("index is empty", [](const CheckpointCopy &copy) { copy.write(indexFile, ""); },
            {"index.json is not valid JSON"});
        row("index is an array", [](const CheckpointCopy &copy) { copy.write(indexFile, "[1, 2]"); },
            {"index.json is [1,2]", "object expected"});
        row("index without map", withIndex([](json &document) { document.erase("weight_map"); }),
            {"weight_map is missing"});
        row("index with an empty map",
            withIndex([](json &document) { document["weight_map"] = json::object(); }), {"lists 0 files"});
        row("index with another map", withIndex([](json &document) { document["weight_map"] = "here"; }),
            {"weight_map is \"here\"", "an object expected"});
        for (const char *place : {"../model-00001-of-00003.safetensors", "/etc/passwd", "..",
                                  "a/b.safetensors", "..\\x.safetensors", "", "config.json"})
            row(qPrintable(QString("path '%1' in the index").arg(place)), withTensorIn(place),
                {"model.norm.weight is said to be in \"" + QString(place), "plain name"});
        row("NUL in the index", withTensorIn(std::string("a\0.safetensors", 14)), {"plain name"});
        row("number in the index", withTensorIn(7), {"said to be in 7", "plain name"});
        row("index points to the wrong shard", withTensorIn("model-00001-of-00003.safetensors"),
            {"model.norm.weight is said to be in llm/model-00001", "it is in llm/model-00003"});
        row("index lists a tensor that is nowhere", withIndex([](json &document) {
                document["weight_map"]["model.extra"] = "model-00001-of-00003.safetensors";
            }),
            {"model.extra", "in none of the files"});
        row("a tensor in two shards",
            withTensors(shard2,
                        [](std::vector<StoredTensor> &tensors) {
                            tensors.push_back(madeTensor("model.embed_tokens.weight", {516, 64}));
                        }),
            {"model-00002", "model.embed_tokens.weight is also in llm/model-00001"});

        const auto visionTensors = [](std::function<void(std::vector<StoredTensor> &)> edit) {
            return withTensors(vision, std::move(edit));
        };
        row("missing tensor of a layer",
            withTensors(shard2,
                        [](std::vector<StoredTensor> &tensors) {
                            named(tensors, "model.layers.1.mlp.gate_proj.weight").name =
                                "model.layers.1.other";
                        }),
            {"index.json", "model.layers.1.mlp.gate_proj.weight", "none of the files"});
        row("missing tensor", visionTensors([](std::vector<StoredTensor> &tensors) {
                drop(tensors, "rqtransformer.pos_emb_d");
            }),
            {"vision_tower has no tensor rqtransformer.pos_emb_d", "[1, 4, 48]"});
        row("missing bias", visionTensors([](std::vector<StoredTensor> &tensors) {
                drop(tensors, "rqvaesiglip.decoder.up.1.block.0.conv2.bias");
            }),
            {"no tensor rqvaesiglip.decoder.up.1.block.0.conv2.bias", "[64]"});
        row("wrong shape", visionTensors([](std::vector<StoredTensor> &tensors) {
                named(tensors, "rqtransformer.in_mlp_2.weight") =
                    madeTensor("rqtransformer.in_mlp_2.weight", {64, 48});
            }),
            {"rqtransformer.in_mlp_2.weight in vision_tower/model.safetensors", "shape [64, 48]",
             "[48, 64] expected"});
        row("wrong rank", visionTensors([](std::vector<StoredTensor> &tensors) {
                named(tensors, "rqvaesiglip.post_quant_conv.weight").shape = {32, 24};
            }),
            {"post_quant_conv.weight", "[32, 24]", "[32, 24, 1, 1] expected"});
        row("integer weights", visionTensors([](std::vector<StoredTensor> &tensors) {
                named(tensors, "rqtransformer.in_mlp_1.weight").dtype = "I16";
            }),
            {"rqtransformer.in_mlp_1.weight", "type i16", "f32, f16 or bf16 expected"});
        row("an odd address",
            [](const CheckpointCopy &copy) {
                // One blank more in the header moves every tensor by one byte.
                QByteArray bytes = copy.bytes("mm_projector/model.safetensors");
                bytes[0] = static_cast<char>(bytes[0] + 1);
                copy.write("mm_projector/model.safetensors", bytes.insert(8 + 336, ' '));
            },
            {"layers.0.weight", "multiple of its elements' size"});
        row("a codebook without its padding row", visionTensors([](std::vector<StoredTensor> &tensors) {
                StoredTensor &codebook = named(tensors, "rqvaesiglip.quantizer.codebooks.3.weight");
                codebook = madeTensor(codebook.name, {32, 24});
            }),
            {"codebooks.3.weight", "[32, 24]", "[33, 24] expected"});

        row("attention biases",
            withTensors("llm/model-00001-of-00003.safetensors",
                        [](std::vector<StoredTensor> &tensors) {
                            tensors.push_back(madeTensor("model.layers.0.self_attn.q_proj.bias", {64}));
                        }),
            {"model.layers.0.self_attn.q_proj.bias", "has no place", "without biases"});
        row("a layer too many",
            withTensors("llm/model-00001-of-00003.safetensors",
                        [](std::vector<StoredTensor> &tensors) {
                            tensors.push_back(madeTensor("model.layers.4.input_layernorm.weight", {64}));
                        }),
            {"model.layers.4.input_layernorm.weight", "num_hidden_layers"});
        row("a depth layer too many", visionTensors([](std::vector<StoredTensor> &tensors) {
                tensors.push_back(madeTensor("rqtransformer.head_transformer.blocks.2.ln1.weight", {48}));
            }),
            {"blocks.2.ln1.weight", "n_layer"});
        row("attention that the config does not know", visionTensors([](std::vector<StoredTensor> &tensors) {
                tensors.push_back(madeTensor("rqvaesiglip.decoder.up.2.attn.0.q.weight", {64, 64, 1, 1}));
            }),
            {"hold attention tensors", "up.2.attn", "attn_resolutions"});
        row("no attention where the config has it",
            [](const CheckpointCopy &copy) {
                copy.editJson("vision_tower/config.json", [](json &config) {
                    config["rqvaesiglip"]["ddconfig"]["attn_resolutions"] = {4};
                });
            },
            {"hold no attention tensors", "up.2.attn", "level 2 attends"});
    }
    void damageIsRefusedWithTheReason()
    {
        QFETCH(Change, change);
        QFETCH(QStringList, reasons);
        const CheckpointCopy copy;
        change(copy);
        const QString message = copy.errorOfOpen();
        QVERIFY2(!message.isEmpty(), "it opened");
        for (const QString &reason : reasons)
            QVERIFY2(message.contains(reason), qPrintable(message + " lacks: " + reason));
    }

    void aLinkedShardIsRead()
    {
        // Downloads are often kept elsewhere and linked.
        const CheckpointCopy copy;
        QVERIFY(QFile::rename(copy.file(shard2), copy.file("blob")));
        QVERIFY(QFile::link(copy.file("blob"), copy.file(shard2)));
        QCOMPARE(copy.errorOfOpen(), QString());
    }
};

QTEST_APPLESS_MAIN(TestCheckpointDamage)
#include "test_checkpoint_damage.moc"
