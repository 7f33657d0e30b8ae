// SPDX-License-Identifier: Apache-2.0
//
// `fastcar forward --dump` against the published modules' numbers, through the command line.
#include "tests/cli/program.h"
#include "tests/decode/golden.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstdlib>

using namespace fastcar;

namespace {

/// What the golden data's authors ask for, relative to an array's largest magnitude.
constexpr double tolerance = 1e-4;

template <typename T>
std::span<const T> values(const std::map<std::string, NpyArray> &arrays, const char *name)
{
    const auto found = arrays.find(name);
    if (found == arrays.end() || !found->second.as<T>())
        qFatal("array %s is missing or of another type", name);
    return *found->second.as<T>();
}

/// The thresholds of a setting as they are typed.
QString typed(const QJsonObject &setting)
{
    QStringList words;
    for (const auto &tau : setting["tau"].toArray()) {
        if (tau.isNull())
            words << "none";
        else if (std::abs(tau.toDouble()) >= 1e30)
            words << (tau.toDouble() > 0 ? "inf" : "-inf");
        else
            words << QString::number(tau.toDouble());
    }
    return words.join(',');
}

} // namespace

class TestCliForward : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString file(const char *name) const { return folder_.filePath(name); }

    void writeCodes(const NpyArray &codes) const
    {
        const auto written = writeNpy(file("codes.npy").toStdString(), codes);
        QVERIFY2(written.ok(), written.ok() ? "" : written.error().message.c_str());
    }

    program::Outcome forward(const QStringList &options, const QString &text = "a kite") const
    {
        return program::runWithModel(QStringList{"forward", "--prompt", text, "--codes", file("codes.npy"),
                                                 "--dump", file("dump.npz"), "--json"} +
                                     options);
    }

private slots:
    void everyNumberIsThePublishedOne_data()
    {
        QTest::addColumn<QString>("setting");
        for (const char *setting : {"dense", "tau_p25", "tau_p50", "tau_p75", "always", "per_layer",
                                    "measure_only", "tau_p50_prompt2"})
            QTest::newRow(setting) << setting;
    }

    void everyNumberIsThePublishedOne()
    {
        QFETCH(QString, setting);
        const QJsonObject about = golden::manifest()["settings"].toObject()[setting].toObject();
        const auto expected = golden::vectors(about["file"].toString().toStdString());
        writeCodes(expected.at("codes"));
        const auto outcome =
            forward({"--tas-threshold", typed(about)}, QString::fromStdString(golden::promptOf(about)));
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        QCOMPARE(outcome.json()["replayed"].toInt(), about["replayed"].toInt());
        QCOMPARE(outcome.json()["eligible"].toInt(), about["eligible"].toInt());
        QCOMPARE(outcome.json()["mlp_total"].toInt(), about["all_decisions"].toInt());

        const auto dump = readNpz(file("dump.npz").toStdString());
        QVERIFY2(dump.ok(), dump.ok() ? "" : dump.error().message.c_str());
        for (const char *name : {"prompt_ids", "uncond_ids", "hidden", "tas", "replayed", "logits", "frames"})
            QCOMPARE(dump->at(name).shape, expected.at(name).shape);
        for (const char *name : {"prompt_ids", "uncond_ids"})
            QVERIFY(
                std::ranges::equal(values<std::int32_t>(*dump, name), values<std::int32_t>(expected, name)));
        for (const char *name : {"hidden", "logits"}) {
            const double difference =
                golden::relativeDifference(values<float>(*dump, name), values<float>(expected, name));
            QVERIFY2(difference <= tolerance, qPrintable(QString("%1 %2").arg(name).arg(difference)));
        }
        // "tas" of the golden data is NaN where a layer has no threshold; ours measures there, too.
        const double score =
            golden::relativeDifference(values<float>(*dump, "tas"), values<float>(expected, "tas_measured"));
        QVERIFY2(score <= tolerance, qPrintable(QString("tas %1").arg(score)));
        QVERIFY(std::ranges::equal(values<std::uint8_t>(*dump, "replayed"),
                                   values<std::uint8_t>(expected, "replayed")));
        const auto ours = values<std::uint8_t>(*dump, "frames");
        const auto published = values<std::uint8_t>(expected, "frames");
        for (std::size_t i = 0; i < ours.size(); ++i)
            QVERIFY(std::abs(int(ours[i]) - int(published[i])) <= 1);
    }

    void thePapersScoreIsAnother()
    {
        const auto expected = golden::vectors("vectors/dense.npz");
        const QJsonObject about = golden::manifest()["settings"].toObject()["dense"].toObject();
        writeCodes(expected.at("codes"));
        QCOMPARE(forward({"--tas", "paper"}, QString::fromStdString(golden::promptOf(about))).status, 0);
        const auto dump = readNpz(file("dump.npz").toStdString());
        QVERIFY(dump.ok());
        QVERIFY(golden::relativeDifference(values<float>(*dump, "tas"),
                                           values<float>(expected, "tas_paper_measured")) <= tolerance);
    }

    void codesMayBeWideOrSplitIntoFrames()
    {
        const auto expected = golden::vectors("vectors/dense.npz");
        const auto codes = values<std::int32_t>(expected, "codes");
        writeCodes(expected.at("codes"));
        QCOMPARE(forward({}).status, 0);
        const auto flat = readNpz(file("dump.npz").toStdString());
        const std::vector<std::int64_t> wide(codes.begin(), codes.end());
        writeCodes(NpyArray::from<std::int64_t>(wide, {4, 16, 4}));
        QCOMPARE(forward({}).status, 0);
        const auto framed = readNpz(file("dump.npz").toStdString());
        QVERIFY(flat.ok() && framed.ok());
        QVERIFY(flat->at("logits").data == framed->at("logits").data);
    }

    void aDeviceIsHeldAgainstAnother_data()
    {
        QTest::addColumn<QString>("device");
        QTest::newRow("itself") << "cpu";
        QTest::newRow("8 bits") << "cpu:int8";
        QTest::newRow("4 bits") << "cpu:int4";
    }

    /// Its report is what the numbers of both say.
    void aDeviceIsHeldAgainstAnother()
    {
        QFETCH(QString, device);
        const QJsonObject about = golden::manifest()["settings"].toObject()["tau_p50"].toObject();
        const auto given = golden::vectors(about["file"].toString().toStdString());
        writeCodes(given.at("codes"));
        const QString text = QString::fromStdString(golden::promptOf(about));
        QCOMPARE(forward({"--tas-threshold", typed(about)}, text).status, 0);
        const auto reference = readNpz(file("dump.npz").toStdString());
        const auto outcome =
            forward({"--tas-threshold", typed(about), "--device", device, "--against", "cpu"}, text);
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        const auto found = readNpz(file("dump.npz").toStdString());
        QVERIFY(reference.ok() && found.ok());

        const QJsonObject against = outcome.json()["against"].toObject();
        QCOMPARE(against["device"].toString(), QString("cpu"));
        const auto &shape = reference->at("logits").shape; // row, token, depth, code
        const auto codes = static_cast<std::size_t>(shape[1] * shape[2]), width = std::size_t(shape[3]);
        QCOMPARE(against["codes"].toInteger(), qint64(codes));
        const auto expected = values<float>(*reference, "logits"), ours = values<float>(*found, "logits");
        double nats = 0.0, same = 0.0;
        for (std::size_t code = 0; code < codes; ++code) {
            const auto p = expected.subspan(code * width, width), q = ours.subspan(code * width, width);
            double sumP = 0.0, sumQ = 0.0;
            for (std::size_t i = 0; i < width; ++i) {
                sumP += std::exp(double(p[i]));
                sumQ += std::exp(double(q[i]));
            }
            for (std::size_t i = 0; i < width; ++i)
                nats += std::exp(double(p[i])) / sumP *
                        (double(p[i]) - std::log(sumP) - double(q[i]) + std::log(sumQ));
            same += std::ranges::max_element(p) - p.begin() == std::ranges::max_element(q) - q.begin();
        }
        QVERIFY(std::abs(against["nats_per_code"].toDouble() - nats / double(codes)) < 1e-9);
        QCOMPARE(against["same_likeliest"].toDouble(), same / double(codes));
        QCOMPARE(against["nats_per_code"].toDouble() == 0.0, device == "cpu");
        QVERIFY(against["most_nats"].toDouble() >= against["nats_per_code"].toDouble());
        QCOMPARE(against["decisions"].toInt(), about["eligible"].toInt());
        const auto one = values<std::uint8_t>(*reference, "replayed"),
                   other = values<std::uint8_t>(*found, "replayed");
        double different = 0.0;
        for (std::size_t i = 0; i < one.size(); ++i)
            different += one[i] != other[i];
        QCOMPARE(against["same_decisions"].toDouble(), 1.0 - different / about["eligible"].toDouble());
    }

    void withoutDecisionsNothingIsSaidOfThem()
    {
        writeCodes(golden::vectors("vectors/dense.npz").at("codes"));
        const auto outcome = program::runWithModel({"forward", "--prompt", "a kite", "--codes",
                                                    file("codes.npy"), "--against", "cpu:int8", "--json"});
        QVERIFY2(outcome.status == 0, outcome.err.constData()); // no file is written either
        const QJsonObject against = outcome.json()["against"].toObject();
        QCOMPARE(against["decisions"].toInt(-1), 0);
        QVERIFY(against["same_decisions"].isNull());
        QVERIFY(forward({}).json()["against"].isNull());
    }

    void aModelThatWasQuantisedIsHeldAgainstItsSource()
    {
        writeCodes(golden::vectors("vectors/dense.npz").at("codes"));
        const QString narrow = file("narrow");
        const auto made = program::runWithModel({"quantize", "--to", "int8", "-o", narrow});
        QVERIFY2(made.status == 0, made.err.constData());
        const auto ahead = program::run({"forward", "--prompt", "a kite", "--codes", file("codes.npy"),
                                         "--model", narrow, "--against-model", program::model(), "--json"});
        QVERIFY2(ahead.status == 0, ahead.err.constData());
        const auto atLoad = forward({"--device", "cpu:int8", "--against", "cpu"});
        const QJsonObject one = ahead.json()["against"].toObject(),
                          other = atLoad.json()["against"].toObject();
        QVERIFY(one["nats_per_code"].toDouble() > 0.0);
        QCOMPARE(one["nats_per_code"].toDouble(), other["nats_per_code"].toDouble());
        QCOMPARE(one["model"].toString(), program::model());
        const auto text = program::run({"forward", "--prompt", "a kite", "--codes", file("codes.npy"),
                                        "--model", narrow, "--against-model", program::model()});
        QVERIFY2(text.out.contains("nats a code"), text.out.constData());
    }

    void whatCannotBeHeldAgainstIsRefused()
    {
        writeCodes(golden::vectors("vectors/dense.npz").at("codes"));
        const QStringList plain{"forward", "--prompt", "a kite", "--codes", file("codes.npy")};
        const auto nothing = program::runWithModel(plain);
        QCOMPARE(nothing.status, 2);
        QVERIFY2(nothing.err.contains("--dump") && nothing.err.contains("--against"),
                 nothing.err.constData());
        const auto unknown = program::runWithModel(plain + QStringList{"--against", "abacus"});
        QCOMPARE(unknown.status, 2);
        QVERIFY2(unknown.err.contains("abacus"), unknown.err.constData());
        const auto other =
            program::runWithModel(plain + QStringList{"--against-model", FASTCAR_SHIPPED_MODEL});
        QCOMPARE(other.status, 2);
        QVERIFY2(other.err.contains("cannot be held against"), other.err.constData());
    }

    void codesThatDoNotFitAreRefusedWithASentence_data()
    {
        QTest::addColumn<QList<int>>("shape");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("one axis") << QList<int>{64} << 0 << QByteArray("[64]");
        QTest::newRow("another depth") << QList<int>{64, 3} << 0 << QByteArray("[64, 3]");
        QTest::newRow("another stride") << QList<int>{4, 15, 4} << 0 << QByteArray("[4, 15, 4]");
        QTest::newRow("half a frame") << QList<int>{24, 4} << 0 << QByteArray("96");
        QTest::newRow("no token") << QList<int>{0, 4} << 0 << QByteArray("whole frames");
        QTest::newRow("too many frames") << QList<int>{1600, 4} << 0 << QByteArray("frames");
        QTest::newRow("a code too high") << QList<int>{16, 4} << 32 << QByteArray("32");
        QTest::newRow("a code below zero") << QList<int>{16, 4} << -1 << QByteArray("-1");
    }

    void codesThatDoNotFitAreRefusedWithASentence()
    {
        QFETCH(QList<int>, shape);
        QFETCH(int, code);
        QFETCH(QByteArray, says);
        QFile::remove(file("dump.npz"));
        std::vector<std::int64_t> extents(shape.begin(), shape.end());
        std::int64_t elements = 1;
        for (const std::int64_t extent : extents)
            elements *= extent;
        const std::vector<std::int32_t> codes(static_cast<std::size_t>(elements), code);
        writeCodes(NpyArray::from<std::int32_t>(codes, extents));
        const auto outcome = forward({});
        QCOMPARE(outcome.status, 2);
        QVERIFY2(outcome.err.contains(says), outcome.err.constData());
        QVERIFY(outcome.out.isEmpty());
        QVERIFY(!QFile::exists(file("dump.npz")));
    }

    void codesOfAnotherTypeAreRefused()
    {
        const std::vector<float> codes(64);
        writeCodes(NpyArray::from<float>(codes, {16, 4}));
        const auto outcome = forward({});
        QCOMPARE(outcome.status, 2);
        QVERIFY2(outcome.err.contains("f32"), outcome.err.constData());
    }

    void aMissingOrDamagedFileIsAFailure()
    {
        QFile::remove(file("codes.npy"));
        QCOMPARE(forward({}).status, 1);
        QFile damaged(file("codes.npy"));
        QVERIFY(damaged.open(QIODevice::WriteOnly));
        damaged.write("no array");
        damaged.close();
        const auto outcome = forward({});
        QCOMPARE(outcome.status, 1);
        QVERIFY(outcome.err.contains("codes.npy"));
    }
};

QTEST_GUILESS_MAIN(TestCliForward)
#include "test_cli_forward.moc"
