// SPDX-License-Identifier: Apache-2.0
//
// Checkpoints that we write: quantised ones against what quantising the source's rows gives, random ones against their
// own shape; and what is refused or left behind when writing fails.
#include "engine/checkpoint/narrow_names.h"
#include "engine/checkpoint/quantise_checkpoint.h"
#include "engine/checkpoint/random_checkpoint.h"
#include "tests/checkpoint/checkpoint_copy.h"

#include <QDir>
#include <QTest>

#include <csignal>

#include <sys/resource.h>

using namespace fastcar;
using nlohmann::json;

Q_DECLARE_METATYPE(fastcar::NarrowFormat)

namespace {

const std::filesystem::path golden = FASTCAR_TEST_DATA "/golden/checkpoint";

std::shared_ptr<const Checkpoint> opened(const std::filesystem::path &folder)
{
    const auto result = Checkpoint::open(folder);
    if (!result)
        qFatal("%s", result.error().message.c_str());
    return *result;
}

/// Bit for bit what narrowRow() makes of the source's rows?
bool holdsTheRowsOf(const LinearWeights &source, const LinearWeights &quantised, NarrowFormat format)
{
    const NarrowMatrix &narrow = quantised.narrow;
    if (!narrow || narrow.format != format || narrow.out != source.out() || narrow.in != source.in())
        return false;
    std::vector<float> row(static_cast<std::size_t>(source.in()));
    std::vector<std::byte> values(static_cast<std::size_t>(narrow.rowBytes()));
    for (std::int64_t o = 0; o < source.out(); ++o) {
        rowToF32(source, o, row);
        const float scale = narrowRow(row, format, values.data());
        if (!std::equal(values.begin(), values.end(), narrow.row(o)) ||
            (format == NarrowFormat::Int8 && narrow.rowScales[o] != scale))
            return false;
    }
    return true;
}

bool sameBytes(const TensorView &a, const TensorView &b)
{
    return a.type == b.type && a.shape == b.shape && std::equal(a.data, a.data + a.bytes(), b.data);
}

QString messageOf(const auto &result)
{
    return result.ok() ? QString() : QString::fromStdString(result.error().message);
}

} // namespace

class TestCheckpointWriting : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    std::filesystem::path at(const char *name) const { return folder_.filePath(name).toStdString(); }
    QStringList left() const
    {
        return QDir(folder_.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    RandomCheckpoint tiny() const
    {
        return {.shape = *checkpointShape("tiny"), .seed = 7, .format = {}, .tokenizerFolder = golden / "llm", .progress = {}};
    }
    std::uint64_t written(const RandomCheckpoint &checkpoint, const char *name) const
    {
        const auto bytes = writeRandomCheckpoint(checkpoint, at(name));
        if (!bytes)
            qFatal("%s", bytes.error().message.c_str());
        return *bytes;
    }

private slots:
    void cleanup() { QVERIFY(QDir(folder_.path()).removeRecursively() && QDir().mkpath(folder_.path())); }

    void aQuantisedModelHoldsItsSourcesRows_data()
    {
        QTest::addColumn<NarrowFormat>("format");
        QTest::newRow("int8") << NarrowFormat::Int8;
        QTest::newRow("int4") << NarrowFormat::Int4;
    }
    void aQuantisedModelHoldsItsSourcesRows()
    {
        QFETCH(NarrowFormat, format);
        const auto source = opened(golden);
        const auto report = quantiseCheckpoint(*source, at("q"), {.format = format, .rules = {}, .progress = {}});
        QVERIFY2(report.ok(), qPrintable(messageOf(report)));
        QCOMPARE(report->sourceDigest, *source->digest());
        const auto quantised = opened(at("q"));
        QVERIFY(quantised->quantisation().has_value());
        QCOMPARE(quantised->quantisation()->sourceDigest, *source->digest());
        QCOMPARE(int(quantised->quantisation()->format), int(format));
        QVERIFY(*quantised->digest() != *source->digest());

        const auto &from = source->weights(), &to = quantised->weights();
        const auto compare = [&](const auto &a, const auto &b, NarrowFormat expected) {
            QCOMPARE(a.size(), b.size());
            for (std::size_t i = 0; i < a.size(); ++i) {
                QVERIFY2(holdsTheRowsOf(*a[i], *b[i], expected), qPrintable(QString::number(i)));
                QVERIFY(!a[i]->bias || sameBytes(a[i]->bias, b[i]->bias));
            }
        };
        compare(matricesOf(from.backbone), matricesOf(to.backbone), format);
        compare(matricesOf(from.depth), matricesOf(to.depth), depthFormat(format));
        QVERIFY(sameBytes(from.backbone.tokenEmbeddings, to.backbone.tokenEmbeddings));
        QVERIFY(sameBytes(from.backbone.finalNorm.weight, to.backbone.finalNorm.weight));
        QVERIFY(sameBytes(from.projector.second.weight, to.projector.second.weight));
        QVERIFY(sameBytes(from.codebooks[3], to.codebooks[3]));
        QVERIFY(sameBytes(from.pixels.output.weight, to.pixels.output.weight));
        QCOMPARE(left(), QStringList{"q"}); // nothing beside it
        QVERIFY(QFile::exists(folder_.filePath("q/llm/tokenizer.model")));
    }

    void rowsBeginAtCacheLinesWhereTheyAreMapped()
    {
        QVERIFY(quantiseCheckpoint(*opened(golden), at("q"), {.rules = {}, .progress = {}}).ok());
        const auto quantised = opened(at("q"));
        for (const LinearWeights *matrix : matricesOf(quantised->weights().backbone))
            QCOMPARE(reinterpret_cast<std::uintptr_t>(matrix->narrow.values) % 64, std::uintptr_t{0});
    }

    void rulesAndErrorsDecideTheFormatOfEachMatrix()
    {
        const QuantiseOptions options{.format = NarrowFormat::Int4,
                                      .rules = {{"*down_proj*", NarrowFormat::Int8},
                                                {"model.layers.0.*", std::nullopt}},
                                      .int4Error = 0.13,
                                      .progress = {}};
        QVERIFY(quantiseCheckpoint(*opened(golden), at("q"), options).ok());
        const auto mixed = opened(at("q"));
        const auto &layers = mixed->weights().backbone.layers;
        QVERIFY(!layers[0].down.narrow && layers[0].down.weight); // the last rule that fits
        QCOMPARE(int(layers[1].down.narrow.format), int(NarrowFormat::Int8));
        QCOMPARE(int(layers[1].up.narrow.format), int(NarrowFormat::Int4));

        // No format is good enough.
        const auto report =
            quantiseCheckpoint(*opened(golden), at("wide"), {.rules = {}, .int8Error = 0.0, .progress = {}});
        QVERIFY(report.ok());
        QVERIFY(std::ranges::all_of(report->matrices, [](const auto &m) { return m.widened && !m.format; }));
        QVERIFY(sameBytes(opened(at("wide"))->weights().backbone.layers[2].gate.weight,
                          opened(golden)->weights().backbone.layers[2].gate.weight));
    }

    void whatCannotBeQuantisedIsRefusedAndLeavesNothing()
    {
        const auto source = opened(golden);
        const auto misfit =
            quantiseCheckpoint(*source, at("q"), {.rules = {{"*dwon_proj*", std::nullopt}}, .progress = {}});
        QVERIFY2(messageOf(misfit).contains("*dwon_proj*"), qPrintable(messageOf(misfit)));
        const auto cancelled =
            quantiseCheckpoint(*source, at("q"), {.rules = {}, .progress = [](double share) { return share < 0.3; }});
        QVERIFY(!cancelled.ok() && cancelled.error().kind == ErrorKind::Cancelled);
        const auto nowhere = quantiseCheckpoint(*source, at("no/where"), {.rules = {}, .progress = {}});
        QVERIFY2(messageOf(nowhere).contains("no folder"), qPrintable(messageOf(nowhere)));
        QCOMPARE(left(), QStringList());

        QVERIFY(quantiseCheckpoint(*source, at("q"), {.rules = {}, .progress = {}}).ok());
        const auto again = quantiseCheckpoint(*opened(at("q")), at("q2"), {.rules = {}, .progress = {}});
        QVERIFY2(messageOf(again).contains("quantised already"), qPrintable(messageOf(again)));
        const auto occupied = quantiseCheckpoint(*source, at("q"), {.rules = {}, .progress = {}});
        QVERIFY2(messageOf(occupied).contains("not empty"), qPrintable(messageOf(occupied)));
    }

    void aFullDiskIsAnErrorAndLeavesNothing()
    {
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        const rlimit small{.rlim_cur = 100'000, .rlim_max = before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto quantised = quantiseCheckpoint(*opened(golden), at("q"), {.rules = {}, .progress = {}});
        const auto random = writeRandomCheckpoint(tiny(), at("r"));
        ::setrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, handler);
        QVERIFY2(messageOf(quantised).contains("Make room"), qPrintable(messageOf(quantised)));
        QVERIFY2(messageOf(random).contains("Make room"), qPrintable(messageOf(random)));
        QCOMPARE(left(), QStringList());
    }

    void aDamagedQuantisedModelIsRefused_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("cut short") << "llm/model.safetensors" << "cut" << QStringList{"llm/model.safetensors", "cut short"};
        QTest::newRow("another shape") << "llm/model.safetensors" << "narrower" << QStringList{"q_proj.weight.int8", "[64, 64]"};
        QTest::newRow("no scales") << "llm/model.safetensors" << "scales" << QStringList{"q_proj.weight.scales"};
        QTest::newRow("both formats") << "llm/model.safetensors" << "both" << QStringList{"q_proj.weight", "more than one"};
        QTest::newRow("one too many") << "llm/model.safetensors" << "more" << QStringList{"model.layers.9.mlp.up_proj.weight.int8"};
        QTest::newRow("no provenance") << "quantised.json" << "text" << QStringList{"quantised.json", "source_digest"};
        QTest::newRow("a later version") << "quantised.json" << "later" << QStringList{"quantised.json", "quantised"};
    }
    void aDamagedQuantisedModelIsRefused()
    {
        QFETCH(QString, file);
        QFETCH(QString, what);
        QFETCH(QStringList, words);
        const CheckpointCopy copy;
        QVERIFY(quantiseCheckpoint(*opened(copy.root()), at("q"), {.rules = {}, .progress = {}}).ok());
        const QString damaged = folder_.filePath("q/") + file;
        const std::string query = "model.layers.0.self_attn.q_proj.weight.int8";
        if (file.endsWith(".json")) {
            copy.write("q.json", copyOf(damaged));
            copy.editJson("q.json", [&](json &document) {
                document[what == "later" ? "quantised" : "source_digest"] = what == "later" ? json(2) : json("abc");
            });
            replace(damaged, copy.bytes("q.json"));
        } else if (what == "cut") {
            const QByteArray whole = copyOf(damaged);
            replace(damaged, whole.left(whole.size() - 1000));
        } else {
            copy.write("q.safetensors", copyOf(damaged));
            copy.editTensors("q.safetensors", [&](std::vector<StoredTensor> &tensors) {
                if (what == "narrower")
                    named(tensors, query) = {query, "U8", {64, 32}, QByteArray(64 * 32, '\1')};
                else if (what == "scales")
                    std::erase_if(tensors, [](const auto &t) { return t.name.ends_with("q_proj.weight.scales"); });
                else if (what == "both")
                    tensors.push_back(madeTensor("model.layers.0.self_attn.q_proj.weight", {64, 64}));
                else
                    tensors.push_back({"model.layers.9.mlp.up_proj.weight.int8", "U8", {1, 64}, QByteArray(64, '\0')});
            });
            replace(damaged, copy.bytes("q.safetensors"));
        }
        const QString message = messageOf(Checkpoint::open(at("q")));
        for (const QString &word : words)
            QVERIFY2(message.contains(word), qPrintable(message));
    }

    void aRandomModelOpensAndDependsOnItsSeedAlone()
    {
        const RandomCheckpoint checkpoint = tiny();
        const std::uint64_t bytes = written(checkpoint, "a");
        const auto first = opened(at("a"));
        QCOMPARE(first->config().backbone.layers, 2);
        QCOMPARE(first->config().backbone.kvHeads, 2);
        QCOMPARE(first->config().stride(), 16);
        QCOMPARE(first->config().pixels.frameWidth, 16);
        QCOMPARE(first->weights().pixels.levels[2].attention.size(), std::size_t{2});
        std::uint64_t stored = 0;
        for (const auto &tensor : first->tensors())
            stored += tensor.view.bytes();
        QCOMPARE(bytes, stored);

        written(checkpoint, "again");
        QCOMPARE(*opened(at("again"))->digest(), *first->digest());
        RandomCheckpoint other = checkpoint;
        other.seed = 8;
        written(other, "other");
        QVERIFY(*opened(at("other"))->digest() != *first->digest());
    }

    void itsNumbersAreSpreadAsTheirPlaceAsks()
    {
        written(tiny(), "r");
        const auto checkpoint = opened(at("r"));
        const auto rms = [](const TensorView &view) {
            std::vector<float> values(static_cast<std::size_t>(view.elements()));
            convertToF32(view, values);
            double sum = 0.0;
            for (const float v : values)
                sum += double(v) * double(v);
            return std::sqrt(sum / double(values.size()));
        };
        const BackboneLayerWeights &layer = checkpoint->weights().backbone.layers[1];
        // Of n numbers the mean square is off by about 1 / sqrt n.
        QVERIFY(std::abs(rms(layer.gate.weight) * std::sqrt(64.0) - 1.0) < 0.05);
        QVERIFY(std::abs(rms(layer.down.weight) * std::sqrt(160.0) - 1.0) < 0.05);
        QVERIFY(std::abs(rms(layer.inputNorm.weight) - 1.0) < 0.05);
    }

    void aRandomModelInEightBitsIsTheQuantisedRandomModel()
    {
        RandomCheckpoint checkpoint = tiny();
        written(checkpoint, "wide");
        checkpoint.format = NarrowFormat::Int8;
        written(checkpoint, "narrow");
        QVERIFY(quantiseCheckpoint(*opened(at("wide")), at("quantised"), {.rules = {}, .progress = {}}).ok());
        const auto narrow = opened(at("narrow")), quantised = opened(at("quantised"));
        for (const auto &tensor : quantised->tensors()) {
            const auto same = std::ranges::find_if(narrow->tensors(), [&](const auto &other) {
                return other.component == tensor.component && other.name == tensor.name;
            });
            QVERIFY2(same != narrow->tensors().end() && sameBytes(same->view, tensor.view), tensor.name.c_str());
        }
    }

    void everyShapesConfigsAreRead()
    {
        for (const CheckpointShape &shape : checkpointShapes()) {
            const auto configs = configsOf(shape, "bfloat16");
            QCOMPARE(configs.size(), std::size_t{4});
            QCOMPARE(configs.at("llm/config.json")["hidden_size"].get<int>(), shape.hidden);
        }
        // What the published files' sizes say of VILA-U 7B.
        const auto *large = checkpointShape("vila-u-7b");
        QCOMPARE(large->vocabulary, 32004);
        QCOMPARE(large->resolution(), 256);
        QVERIFY(!checkpointShape("vila-u-8b"));
    }

private:
    static QByteArray copyOf(const QString &file)
    {
        QFile source(file);
        return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
    }
    static void replace(const QString &file, const QByteArray &bytes)
    {
        QFile::remove(file);
        QFile target(file);
        if (!target.open(QIODevice::WriteOnly) || target.write(bytes) != bytes.size())
            qFatal("not written");
    }
};

QTEST_GUILESS_MAIN(TestCheckpointWriting)
#include "test_checkpoint_writing.moc"
