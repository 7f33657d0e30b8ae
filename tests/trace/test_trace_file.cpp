// SPDX-License-Identifier: Apache-2.0
//
// Traces on disk: written as a run goes on, cut off anywhere, damaged anywhere, and as numpy arrays.
#include "engine/tensor/npy.h"
#include "engine/trace/trace_file.h"
#include "engine/trace/trace_stream.h"
#include "tests/trace/events.h"
#include "tests/trace/trace_bytes.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

using namespace fastcar;

namespace {

Trace inMemory(int tokens)
{
    Trace trace(events::shape, events::settings());
    for (const Event &event : events::run(tokens))
        trace.append(event);
    trace.addPolicy(1, events::secondPolicy());
    return trace;
}

/// The first tokens of `whole` are those of `part`, bit for bit.
void comparePrefix(const Trace &part, const Trace &whole)
{
    QVERIFY(part.shape() == whole.shape());
    QVERIFY(part.settings() == whole.settings());
    QVERIFY(part.tokens() <= whole.tokens());
    QCOMPARE(part.steps(), std::max(0, part.tokens() - 1));
    for (int token = 0; token < part.tokens(); ++token) {
        QCOMPARE(part.timeNs(token), whole.timeNs(token));
        for (int video = 0; video < part.shape().videos; ++video)
            for (int depth = 0; depth < part.shape().depth; ++depth)
                QCOMPARE(part.code(token, video, depth), whole.code(token, video, depth));
    }
    for (int step = 0; step < part.steps(); ++step) {
        QCOMPARE(part.policyOf(step), whole.policyOf(step));
        QVERIFY(part.card(step) == whole.card(step));
        QVERIFY(std::ranges::equal(part.headScores(step).all(), whole.headScores(step).all()));
        QCOMPARE(part.mlpNs(step), whole.mlpNs(step));
        for (int layer = 0; layer < part.shape().layers; ++layer)
            QVERIFY(part.threshold(step, layer) == whole.threshold(step, layer));
        for (int layer = 0; layer < part.shape().layers; ++layer)
            for (int row = 0; row < part.shape().rows; ++row) {
                const LayerOutcome a = part.outcome(step, layer, row);
                const LayerOutcome b = whole.outcome(step, layer, row);
                QCOMPARE(a.decision, b.decision);
                QCOMPARE(std::bit_cast<std::uint32_t>(a.tas), std::bit_cast<std::uint32_t>(b.tas));
            }
    }
}

} // namespace

class TestTraceFile : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString name(const char *file) const { return folder_.filePath(file); }
    std::filesystem::path path(const char *file) const { return name(file).toStdString(); }

    void writeNative(const char *file, int tokens)
    {
        auto writer = TraceWriter::create(path(file), events::shape, events::settings());
        QVERIFY(writer.ok());
        writeRest(*writer, 0, tokens, false);
    }

    /// What a run tells behind its first `done` tokens.
    void writeRest(TraceWriter &writer, int done, int tokens, bool policyIsThere)
    {
        int seen = 0;
        for (const Event &event : events::run(tokens)) {
            const bool rest = seen >= done;
            seen += event.kind == Event::Kind::TokenDone;
            if (!rest)
                continue;
            if (event.kind == Event::Kind::LayerOutcome && event.policy == 1 && event.layer == 0 &&
                event.row == 0 && event.token == events::policyChange && !policyIsThere)
                writer.addPolicy(1, events::secondPolicy());
            writer.append(event);
        }
        QVERIFY(writer.close().ok());
    }

private slots:
    void aTraceComesBackAsItWas()
    {
        writeNative("whole.fctrace", 24);
        QVERIFY(isTraceFile(path("whole.fctrace")));
        const auto read = readTrace(path("whole.fctrace"));
        QVERIFY2(read.ok(), read.ok() ? "" : read.error().message.c_str());
        QCOMPARE(read->tokens(), 24);
        QCOMPARE(read->heads(), events::heads);
        QCOMPARE(read->mlpNs(events::firstTimed - 1), 0);
        QCOMPARE(read->mlpNs(20), events::mlpNsAt(20));
        QCOMPARE(read->headScores(events::firstHeads - 1).rows, 0);
        const MatrixView<const float> scores = read->headScores(20);
        QCOMPARE(scores.row(1 * events::shape.rows + 1)[2], events::headScoreAt(20, 1, 1, 2));
        comparePrefix(*read, inMemory(24));
        QVERIFY(read->policy(1) == events::secondPolicy());
    }

    void everyTokenIsInTheFileWhenItIsDone()
    {
        auto writer = TraceWriter::create(path("live.fctrace"), events::shape, events::settings());
        QVERIFY(writer.ok());
        QCOMPARE(readTrace(path("live.fctrace"))->tokens(), 0);
        int token = 0;
        for (const Event &event : events::run(8)) {
            writer->append(event);
            if (event.kind == Event::Kind::TokenDone)
                QCOMPARE(readTrace(path("live.fctrace"))->tokens(), ++token);
        }
    }

    void aFileCutOffAnywhereGivesItsWholeTokens()
    {
        writeNative("whole.fctrace", 14);
        const QByteArray bytes = bytesOf(name("whole.fctrace"));
        const Trace expected = inMemory(14);
        int before = 0;
        int refused = 0;
        for (qsizetype size = 0; size <= bytes.size(); ++size) {
            writeBytesTo(name("cut.fctrace"), bytes.left(size));
            const auto read = readTrace(path("cut.fctrace"));
            if (!read) {
                ++refused;
                QCOMPARE(before, 0);
                QCOMPARE(read.error().kind, ErrorKind::Corrupt);
                continue;
            }
            QVERIFY(read->tokens() == before || read->tokens() == before + 1);
            before = read->tokens();
            comparePrefix(*read, expected);
        }
        QCOMPARE(before, 14);
        quint32 header = 0;
        std::memcpy(&header, bytes.constData() + 12, 4);
        QCOMPARE(refused, int(header) + 20); // only a cut within the header leaves nothing to read
    }

    void aFileCutOffAnywhereIsWrittenOnAsIfItHadNotBeen()
    {
        writeNative("whole.fctrace", 14);
        const QByteArray bytes = bytesOf(name("whole.fctrace"));
        const qsizetype policy = bytes.indexOf("PLCY");
        QVERIFY(policy > 0);
        for (qsizetype size = 0; size <= bytes.size(); ++size) {
            if (std::abs(size - policy) > 30 && bytes.size() - size > 30)
                size = std::min(bytes.size(), size + 10); // everywhere would take seconds
            writeBytesTo(name("cut.fctrace"), bytes.left(size));
            const auto there = readTrace(path("cut.fctrace"));
            if (!there)
                continue;
            auto writer = TraceWriter::goOn(path("cut.fctrace"), path("cut.fctrace"), there->tokens());
            QVERIFY2(writer.ok(), writer.ok() ? "" : writer.error().message.c_str());
            writeRest(*writer, there->tokens(), 14, there->policies().contains(1));
            QVERIFY2(bytesOf(name("cut.fctrace")) == bytes, qPrintable(QString::number(size)));
        }
    }

    void aTraceWrittenOnElsewhereBeginsWithAllThatStoodInTheFirst()
    {
        writeNative("whole.fctrace", 8);
        // Of a later version of the program.
        const QByteArray first = bytesOf(name("whole.fctrace")) + record("NEWS", "what nobody knows yet");
        writeBytesTo(name("first.fctrace"), first + record("TOKN", "cut off").chopped(3));
        const QByteArray before = bytesOf(name("first.fctrace"));
        const Continuation continuation{.step = 7, .device = "fpga-modelled", .version = "1.2"};
        {
            auto writer = TraceWriter::goOn(path("first.fctrace"), path("second.fctrace"), 8);
            QVERIFY2(writer.ok(), writer.ok() ? "" : writer.error().message.c_str());
            QCOMPARE(bytesOf(name("second.fctrace")), first); // whole at once
            writer->addContinuation(continuation);
            writeRest(*writer, 8, 14, false);
        }
        QCOMPARE(bytesOf(name("first.fctrace")), before);
        const auto read = readTrace(path("second.fctrace"));
        QVERIFY(read.ok());
        QCOMPARE(read->tokens(), 14);
        QVERIFY(read->settings().continued == std::vector{continuation});
        QCOMPARE(deviceOfStep(read->settings(), 6), std::string("cpu"));
        QCOMPARE(deviceOfStep(read->settings(), 7), std::string("fpga-modelled"));
        QCOMPARE(QDir(folder_.path()).entryList({"*.part"}, QDir::Files | QDir::Hidden), QStringList());
    }

    void aTraceIsWrittenByOneRunAtATime()
    {
        std::filesystem::remove(path("live.fctrace"));
        auto writer = TraceWriter::create(path("live.fctrace"), events::shape, events::settings());
        QVERIFY(writer.ok());
        for (const Event &event : events::run(4))
            writer->append(event);
        const auto says = [](const auto &result) {
            return !result && result.error().message.find("still writing") != std::string::npos;
        };
        QVERIFY(says(TraceWriter::create(path("live.fctrace"), events::shape, events::settings())));
        QVERIFY(says(TraceWriter::goOn(path("live.fctrace"), path("live.fctrace"), 4)));
        QVERIFY(says(TraceWriter::goOn(path("live.fctrace"), path("other.fctrace"), 4)));
        QVERIFY(says(checkNotWritten(path("live.fctrace"))));
        QCOMPARE(readTrace(path("live.fctrace"))->tokens(), 4);
        QVERIFY(writer->close().ok());
        QVERIFY(checkNotWritten(path("live.fctrace")).ok());
        QVERIFY(TraceWriter::goOn(path("live.fctrace"), path("live.fctrace"), 4).ok());
        QVERIFY(!TraceWriter::goOn(path("live.fctrace"), path("live.fctrace"), 3).ok()); // it has grown
    }

    void aDamagedByteGivesWhatStandsBeforeIt()
    {
        writeNative("whole.fctrace", 8);
        const QByteArray bytes = bytesOf(name("whole.fctrace"));
        const Trace expected = inMemory(8);
        for (qsizetype at = 0; at < bytes.size(); ++at) {
            QByteArray damaged = bytes;
            damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
            writeBytesTo(name("damaged.fctrace"), damaged);
            const auto read = readTrace(path("damaged.fctrace"));
            if (!read)
                continue;
            QVERIFY2(read->tokens() < 8, qPrintable(QString::number(at)));
            comparePrefix(*read, expected);
        }
    }

    /// Checksums find accidents, not intentions.
    void recordsWithRightChecksumsMayStillLie()
    {
        writeNative("whole.fctrace", 12);
        const QByteArray bytes = bytesOf(name("whole.fctrace"));
        const Trace expected = inMemory(12);
        quint32 header = 0;
        std::memcpy(&header, bytes.constData() + 12, 4);
        const qsizetype records = 20 + qsizetype{header};
        quint32 random = 2463534242u;
        const auto next = [&random](qsizetype below) {
            random = random * 1664525u + 1013904223u;
            return static_cast<qsizetype>((random >> 8) % static_cast<quint32>(below));
        };
        int shorter = 0;
        for (int round = 0; round < 2000; ++round) {
            QByteArray hostile = bytes.left(records);
            for (qsizetype at = records; at < bytes.size();) {
                quint32 length = 0;
                std::memcpy(&length, bytes.constData() + at + 4, 4);
                QByteArray payload = bytes.mid(at + 8, length);
                if (next(8) == 0)
                    payload[next(payload.size())] = static_cast<char>(next(256));
                if (next(30) == 0)
                    payload.resize(next(payload.size()));
                hostile.append(record(bytes.mid(at, 4), payload));
                at += 12 + qsizetype{length};
            }
            writeBytesTo(name("hostile.fctrace"), hostile);
            const auto read = readTrace(path("hostile.fctrace"));
            QVERIFY(read.ok());
            QVERIFY(read->tokens() <= 12);
            QVERIFY(read->statistics().all().total <= expected.statistics().all().total);
            shorter += read->tokens() < 12;
        }
        QVERIFY(shorter > 100);
    }

    void aStreamTellsHowTheFileEnded()
    {
        writeNative("whole.fctrace", 8);
        const QByteArray bytes = bytesOf(name("whole.fctrace"));
        const auto read = [&](const QByteArray &content, TraceEnding ending, int tokens) {
            writeBytesTo(name("ending.fctrace"), content);
            auto stream = TraceStream::open(path("ending.fctrace"));
            QVERIFY(stream.ok());
            QCOMPARE(stream->size(), static_cast<std::uint64_t>(content.size()));
            std::uint64_t before = stream->position();
            for (auto item = stream->next(); item.ok() && *item; item = stream->next()) {
                QVERIFY(stream->position() > before);
                before = stream->position();
            }
            QVERIFY(stream->ending() == ending);
            QCOMPARE(stream->tokens(), tokens);
            QVERIFY(stream->next().ok() && !*stream->next()); // an end stays one
        };
        read(bytes, TraceEnding::Whole, 8);
        read(bytes + record("NEWS", "later"), TraceEnding::Whole, 8);
        read(bytes.chopped(1), TraceEnding::CutOff, 7);
        read(bytes + "TO", TraceEnding::CutOff, 8);
        QByteArray damaged = bytes;
        damaged[bytes.size() - 9] = static_cast<char>(~damaged[bytes.size() - 9]);
        read(damaged, TraceEnding::Damaged, 7);
        QByteArray endless = "NEWS";
        endless.append("\xff\xff\xff\xff", 4).append("not that much");
        read(bytes + endless, TraceEnding::CutOff, 8);
        read(bytes + record("TOKN", QByteArray(4096, 'x')), TraceEnding::Damaged, 8);
    }

    void aRecordWhoseTimeRunsBackwardsIsDamaged()
    {
        auto writer = TraceWriter::create(path("back.fctrace"), events::shape, events::settings());
        QVERIFY(writer.ok());
        for (Event event : events::run(6)) {
            if (event.kind == Event::Kind::TokenDone && event.token == 4)
                event.timeNs = 1'000'000'000;
            writer->append(event);
        }
        QVERIFY(writer->close().ok());
        QCOMPARE(readTrace(path("back.fctrace"))->tokens(), 4);
    }

    void aHeaderThatPromisesMuchAllocatesNothing_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<bool>("readable");
        QTest::newRow("many frames") << QByteArray("\"frames\":4,") << QByteArray("\"frames\":300000,")
                                     << true;
        QTest::newRow("too many frames")
            << QByteArray("\"frames\":4,") << QByteArray("\"frames\":900000,") << false;
        QTest::newRow("2^40 layers") << QByteArray("\"layers\":3") << QByteArray("\"layers\":1099511627776")
                                     << false;
        QTest::newRow("no layers") << QByteArray("\"layers\":3") << QByteArray("\"layers\":0") << false;
        QTest::newRow("minus one layer")
            << QByteArray("\"layers\":3") << QByteArray("\"layers\":-1") << false;
        QTest::newRow("half a layer") << QByteArray("\"layers\":3") << QByteArray("\"layers\":2.5") << false;
        QTest::newRow("a word") << QByteArray("\"layers\":3") << QByteArray("\"layers\":\"3\"") << false;
        QTest::newRow("no field") << QByteArray("\"layers\":3") << QByteArray("\"lawyers\":3") << false;
        QTest::newRow("another grid")
            << QByteArray("\"grid_width\":3") << QByteArray("\"grid_width\":4") << false;
        QTest::newRow("rows") << QByteArray("\"rows\":4") << QByteArray("\"rows\":3") << false;
        QTest::newRow("no JSON") << QByteArray("{\"") << QByteArray("[\"") << false;
        QTest::newRow("no settings") << QByteArray("\"settings\":") << QByteArray("\"setting\":") << false;
    }

    void aHeaderThatPromisesMuchAllocatesNothing()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(bool, readable);
        writeNative("small.fctrace", 2);
        const QByteArray bytes = bytesOf(name("small.fctrace"));
        QVERIFY(bytes.contains(from));
        writeBytesTo(name("hostile.fctrace"), withHeader(bytes, from, to));
        const auto read = readTrace(path("hostile.fctrace"));
        QCOMPARE(read.ok(), readable);
        if (readable)
            QCOMPARE(read->tokens(), 2);
        else
            QVERIFY(QString::fromStdString(read.error().message).contains("hostile.fctrace"));
    }

    void aNewerVersionIsSaidToBeNewer()
    {
        writeNative("small.fctrace", 2);
        QByteArray bytes = bytesOf(name("small.fctrace"));
        bytes[8] = 2;
        writeBytesTo(name("newer.fctrace"), bytes);
        const auto read = readTrace(path("newer.fctrace"));
        QVERIFY(!read.ok());
        QCOMPARE(read.error().kind, ErrorKind::Unsupported);
        QVERIFY(QString::fromStdString(read.error().message).contains("version 2"));
    }

    void whatIsNoTraceIsRefused()
    {
        writeBytesTo(name("text.fctrace"), "this is no trace");
        QVERIFY(!readTrace(path("text.fctrace")).ok());
        QVERIFY(!isTraceFile(path("text.fctrace")));
        QVERIFY(!isTraceFile(path("missing.fctrace")));
        QCOMPARE(readTrace(path("missing.fctrace")).error().kind, ErrorKind::NotFound);
    }

    void namesAreCheckedBeforeARun()
    {
        QVERIFY(*checkTraceFile(path("a.fctrace")) == TraceFileKind::Native);
        QVERIFY(*checkTraceFile(path("a.npz")) == TraceFileKind::Npz);
        QCOMPARE(checkTraceFile(path("a.json")).error().kind, ErrorKind::BadInput);
        QCOMPARE(checkTraceFile(path("nowhere/a.npz")).error().kind, ErrorKind::NotFound);
        QCOMPARE(checkTraceFile(folder_.path().toStdString()).error().kind, ErrorKind::BadInput);
        QVERIFY(!TraceWriter::create(path("nowhere/a.fctrace"), events::shape, events::settings()).ok());
    }

    void aFullDiskIsToldAtTheEnd()
    {
        if (!QFile::exists("/dev/full"))
            QSKIP("there is no /dev/full here");
        auto writer = TraceWriter::create("/dev/full", events::shape, events::settings());
        QVERIFY(!writer.ok());
        QCOMPARE(writer.error().kind, ErrorKind::Io);
        QVERIFY(QString::fromStdString(writer.error().message).contains("Make room"));
    }

    void recordsOfOtherTagsArePassedOver()
    {
        writeNative("whole.fctrace", 12);
        const QByteArray bytes = bytesOf(name("whole.fctrace"));
        quint32 header = 0;
        std::memcpy(&header, bytes.constData() + 12, 4);
        // As a reader that does not know these records sees them, and as we would see newer ones.
        QByteArray renamed = bytes.left(20 + qsizetype{header});
        int cards = 0, thresholds = 0;
        for (qsizetype at = renamed.size(); at < bytes.size();) {
            quint32 length = 0;
            std::memcpy(&length, bytes.constData() + at + 4, 4);
            const QByteArray tag = bytes.mid(at, 4);
            cards += tag == "CARD";
            thresholds += tag == "TAUS";
            const bool newer = tag == "CARD" || tag == "TAUS";
            renamed.append(record(newer ? QByteArray("NEWS") : tag, bytes.mid(at + 8, length)));
            at += 12 + qsizetype{length};
        }
        QCOMPARE(cards, 11 - events::firstCounted);
        QCOMPARE(thresholds, 11 - events::policyChange);
        writeBytesTo(name("renamed.fctrace"), renamed);
        const auto read = readTrace(path("renamed.fctrace"));
        QVERIFY(read.ok());
        QCOMPARE(read->tokens(), 12);
        QCOMPARE(read->cardTotals().steps, std::int64_t{0});
        QVERIFY(!read->hasMovedThresholds(10));
        QVERIFY(!read->threshold(10, 0)); // a target had moved it, nobody knows where to
    }

    void numpyArraysHoldTheSame()
    {
        const Trace trace = inMemory(20);
        QVERIFY(writeTraceNpz(path("trace.npz"), trace).ok());
        const auto arrays = readNpz(path("trace.npz"));
        QVERIFY2(arrays.ok(), arrays.ok() ? "" : arrays.error().message.c_str());
        const auto shapeOf = [&](const char *array) { return arrays->at(array).shape; };
        QCOMPARE(shapeOf("tas"), (std::vector<std::int64_t>{3, 4, 19}));
        QCOMPARE(shapeOf("replayed"), (std::vector<std::int64_t>{3, 4, 19}));
        QCOMPARE(shapeOf("eligible"), (std::vector<std::int64_t>{3, 4, 19}));
        QCOMPARE(shapeOf("codes"), (std::vector<std::int64_t>{2, 20, 2}));
        QCOMPARE(shapeOf("policy"), std::vector<std::int64_t>{19});
        QCOMPARE(shapeOf("time_ns"), std::vector<std::int64_t>{20});
        const auto tas = *arrays->at("tas").as<float>();
        const auto replayed = *arrays->at("replayed").as<std::uint8_t>();
        const auto eligible = *arrays->at("eligible").as<std::uint8_t>();
        std::size_t at = 0;
        for (int layer = 0; layer < 3; ++layer)
            for (int row = 0; row < 4; ++row)
                for (int step = 0; step < 19; ++step, ++at) {
                    const LayerOutcome expected = events::outcomeAt(step, layer, row);
                    QVERIFY(tas[at] == expected.tas || (std::isnan(tas[at]) && std::isnan(expected.tas)));
                    QCOMPARE(replayed[at] != 0, expected.decision == Decision::Replayed);
                    QCOMPARE(eligible[at] != 0, expected.decision != Decision::NotEligible);
                }
        QCOMPARE(shapeOf("thresholds"), (std::vector<std::int64_t>{3, 19}));
        const auto thresholds = *arrays->at("thresholds").as<float>();
        QCOMPARE(thresholds[0], -1.5f); // the policy's
        QCOMPARE(thresholds[12], events::thresholdAt(12, 0));
        QVERIFY(std::isnan(thresholds[19]) && std::isnan(thresholds[19 + 12]));
        const auto codes = *arrays->at("codes").as<std::int32_t>();
        QCOMPARE(codes[(1 * 20 + 7) * 2 + 1], events::codeAt(7, 1, 1));
        QCOMPARE((*arrays->at("policy").as<std::int32_t>())[events::policyChange], 1);
        QCOMPARE((*arrays->at("time_ns").as<std::int64_t>())[3], std::int64_t{3'000'000'007});
        QCOMPARE(shapeOf("mlp_ns"), std::vector<std::int64_t>{19});
        const auto mlpTimes = *arrays->at("mlp_ns").as<std::int64_t>();
        for (int step = 0; step < 19; ++step)
            QCOMPARE(mlpTimes[static_cast<std::size_t>(step)],
                     step < events::firstTimed ? -1 : events::mlpNsAt(step));
        const auto json = *arrays->at("settings").as<std::uint8_t>();
        const auto settings = runSettingsFromJson({reinterpret_cast<const char *>(json.data()), json.size()});
        QVERIFY(settings.ok());
        QVERIFY(*settings == events::settings());
        QCOMPARE(shapeOf("card_cycles"), std::vector<std::int64_t>{19});
        QCOMPARE(shapeOf("card_core_busy"), (std::vector<std::int64_t>{19, 2}));
        QCOMPARE(shapeOf("card_beats_read"), (std::vector<std::int64_t>{19, 3}));
        const auto cycles = *arrays->at("card_cycles").as<std::int64_t>();
        const auto busy = *arrays->at("card_core_busy").as<std::int64_t>();
        for (int step = 0; step < 19; ++step) {
            const bool counted = step >= events::firstCounted;
            QCOMPARE(cycles[static_cast<std::size_t>(step)], counted ? events::countersAt(step).cycles : -1);
            QCOMPARE(busy[static_cast<std::size_t>(2 * step + 1)],
                     counted ? events::countersAt(step).coreBusy[1] : -1);
        }
        const auto table = *arrays->at("policies").as<std::uint8_t>();
        const std::string policies(table.begin(), table.end());
        QVERIFY(policies.find("\"1\"") != std::string::npos && policies.find("paper") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestTraceFile)
#include "test_trace_file.moc"
