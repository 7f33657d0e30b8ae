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
