// SPDX-License-Identifier: Apache-2.0
//
// A native trace as a table, as trace events, as arrays and as a summary, each held against the trace in
// memory; cut off, damaged and hostile ones; and what all of it holds in memory.
#include "engine/trace/trace_conversion.h"
#include "engine/trace/trace_file.h"
#include "engine/trace/trace_summary.h"
#include "tests/backend/counted_allocations.h"
#include "tests/tensor/file_size_limit.h"
#include "tests/trace/events.h"
#include "tests/trace/trace_bytes.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

using namespace fastcar;

namespace {

const Continuation continuation{.step = 15, .device = "fpga:\"0\"\n", .version = "1.2"};
constexpr int resumedAt = 16; // tokens

/// Everything that a trace may have: counters, a change of policy, a run that went on.
void writeTrace(const std::filesystem::path &file, int tokens)
{
    auto writer = TraceWriter::create(file, events::shape, events::settings());
    QVERIFY(writer.ok());
    int done = 0;
    for (const Event &event : events::run(tokens)) {
        if (event.kind == Event::Kind::LayerOutcome && event.token == events::policyChange &&
            event.layer == 0 && event.row == 0)
            writer->addPolicy(1, events::secondPolicy());
        writer->append(event);
        done += event.kind == Event::Kind::TokenDone;
        if (event.kind == Event::Kind::TokenDone && done == resumedAt)
            writer->addContinuation(continuation);
    }
    QVERIFY(writer->close().ok());
}

QString tasField(float tas)
{
    return std::isnan(tas) ? QString() : QString::number(static_cast<double>(tas), 'g', 9);
}

/// As short as it can be and still be the same number.
QString thresholdField(float threshold)
{
    if (std::isnan(threshold))
        return {};
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, threshold).ptr;
    return QString::fromLatin1(text, end - text);
}

std::vector<QJsonObject> eventsOf(const QJsonDocument &document)
{
    std::vector<QJsonObject> list;
    for (const auto &event : document.object()["traceEvents"].toArray())
        list.push_back(event.toObject());
    return list;
}

std::int64_t microseconds(std::int64_t ns)
{
    return ns / 1000;
}

} // namespace

class TestTraceExport : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString name(const char *file) const { return folder_.filePath(file); }
    std::filesystem::path path(const char *file) const { return name(file).toStdString(); }

    Result<TraceExtent> convert(const char *from, const char *to, TraceTable table = TraceTable::Outcomes)
    {
        return convertTrace({.from = path(from), .to = path(to), .table = table});
    }
    QList<QByteArray> linesOf(const char *file)
    {
        QList<QByteArray> lines = bytesOf(name(file)).split('\n');
        return lines.takeLast().isEmpty() ? lines : QList<QByteArray>();
    }

private slots:
    void initTestCase() { writeTrace(path("run.fctrace"), 24); }

    void aTableHasALineForEachOutcome()
    {
        const auto extent = convert("run.fctrace", "run.csv");
        QVERIFY2(extent.ok(), extent.ok() ? "" : extent.error().message.c_str());
        QCOMPARE(extent->tokens, 24);
        QVERIFY(extent->ending == TraceEnding::Whole);
        const auto lines = linesOf("run.csv");
        QCOMPARE(lines.size(), 1 + 23 * 3 * 4);
        QCOMPARE(lines[0], "step,frame,position,layer,row,video,branch,tas,decision,policy,threshold");
        const char *const decisions[] = {"not_eligible", "computed", "replayed"};
        const char *const thresholds[] = {"-1.5", "", "inf"};
        qsizetype at = 1;
        for (int step = 0; step < 23; ++step)
            for (int layer = 0; layer < 3; ++layer)
                for (int row = 0; row < 4; ++row) {
                    const LayerOutcome outcome = events::outcomeAt(step, layer, row);
                    const bool second = step >= events::policyChange;
                    const QString expected =
                        QString("%1,%2,%3,%4,%5,%6,%7,%8,%9")
                            .arg(step)
                            .arg(step / 6)
                            .arg(step % 6)
                            .arg(layer)
                            .arg(row)
                            .arg(row % 2)
                            .arg(row < 2 ? "cond" : "uncond", tasField(outcome.tas),
                                 decisions[static_cast<int>(outcome.decision)]) +
                        QString(",%1,%2")
                            .arg(second ? 1 : 0)
                            .arg(second ? thresholdField(events::thresholdAt(step, layer))
                                        : thresholds[layer]);
                    QCOMPARE(QString::fromUtf8(lines[at++]), expected);
                }
    }

    void aTableHasALineForEachToken()
    {
        QVERIFY(convert("run.fctrace", "tokens.csv", TraceTable::Tokens).ok());
        const auto lines = linesOf("tokens.csv");
        QCOMPARE(lines.size(), 25);
        QCOMPARE(lines[0],
                 "token,frame,position,time_ns,code_0_0,code_0_1,code_1_0,code_1_1,policy,mlps,eligible,"
                 "replayed,mlp_ns");
        for (int token = 0; token < 24; ++token) {
            QString expected = QString("%1,%2,%3,%4")
                                   .arg(token)
                                   .arg(token / 6)
                                   .arg(token % 6)
                                   .arg(1'000'000'000LL * token + 7);
            for (int video = 0; video < 2; ++video)
                for (int depth = 0; depth < 2; ++depth)
                    expected += QString(",%1").arg(events::codeAt(token, video, depth));
            int replayed = 0;
            for (int layer = 0; layer < 3; ++layer)
                for (int row = 0; row < 4; ++row)
                    replayed += events::outcomeAt(token, layer, row).decision == Decision::Replayed;
            expected += token == 23
                            ? QString(",,,,,")
                            : QString(",%1,12,%2,%3,%4")
                                  .arg(token >= events::policyChange ? 1 : 0)
                                  .arg(token < 6 ? 0 : 12)
                                  .arg(replayed)
                                  .arg(token < events::firstTimed ? QString()
                                                                  : QString::number(events::mlpNsAt(token)));
            QCOMPARE(QString::fromUtf8(lines[1 + token]), expected);
        }
    }

    void arraysAreThoseOfATraceInMemory()
    {
        QVERIFY(convert("run.fctrace", "run.npz").ok());
        const auto trace = readTrace(path("run.fctrace"));
        QVERIFY(trace.ok());
        QVERIFY(writeTraceNpz(path("memory.npz"), *trace).ok());
        QVERIFY(!bytesOf(name("run.npz")).isEmpty());
        QCOMPARE(bytesOf(name("run.npz")), bytesOf(name("memory.npz")));
    }

    void aSummaryCountsWhatTheTraceHolds()
    {
        auto stream = TraceStream::open(path("run.fctrace"));
        QVERIFY(stream.ok());
        TraceSummary summary(stream->shape(), stream->settings());
        QVERIFY(passOver(*stream, std::numeric_limits<int>::max(), {}, [&](const TraceItem &item) {
                    summary.take(item);
                    return Result<void>();
                }).ok());
        const auto trace = readTrace(path("run.fctrace"));
        QVERIFY(summary.facts().settings == trace->settings());
        QVERIFY(summary.facts().settings.continued == std::vector{continuation});
        QVERIFY(summary.replay().all() == trace->statistics().all());
        for (int layer = 0; layer < 3; ++layer)
            for (int frame = 0; frame < 4; ++frame)
                QVERIFY(summary.replay().at(layer, frame) == trace->statistics().at(layer, frame));
        QCOMPARE(summary.card().steps, trace->cardTotals().steps);
        QVERIFY(summary.card().sum == trace->cardTotals().sum);
        QCOMPARE(summary.policies().size(), std::size_t{2});
        QCOMPARE(summary.policies()[0].lastStep, events::policyChange - 1);
        QCOMPARE(summary.policies()[1].firstStep, events::policyChange);
        QCOMPARE(summary.policies()[1].lastStep, 22);
        QVERIFY(summary.facts().policy(1) == events::secondPolicy());
        // A token a second; before token 16 the run had stopped.
        QCOMPARE(summary.times().steps, std::int64_t{22});
        QCOMPARE(summary.times().slowestNs, std::int64_t{1'000'000'000});
        QCOMPARE(summary.timesOfFrames()[2].steps, std::int64_t{5});
        QCOMPARE(summary.lastTokenNs(), trace->timeNs(23));
        // Stride and rows of the shape make a position replay in each frame or in none, from the second on.
        const std::vector<std::int64_t> chains = summary.chains().chains();
        std::int64_t replays = 0;
        for (std::size_t length = 1; length < chains.size(); ++length)
            replays += chains[length] * static_cast<std::int64_t>(length);
        QCOMPARE(replays, trace->statistics().all().replayed);
        QCOMPARE(chains.size(), std::size_t{4}); // three frames can replay
    }

    void eachOutcomeIsASliceOnItsLayersTrack()
    {
        QVERIFY(convert("run.fctrace", "run.json").ok());
        QJsonParseError wrong{};
        const auto document = QJsonDocument::fromJson(bytesOf(name("run.json")), &wrong);
        QCOMPARE(wrong.error, QJsonParseError::NoError);
        std::map<int, QString> layerOf; // by thread
        std::map<int, int> rowOf;       // by process
        int outcomes = 0;
        for (const QJsonObject &event : eventsOf(document)) {
            const QString named = event["args"].toObject()["name"].toString();
            if (event["name"] == "thread_name")
                layerOf[event["tid"].toInt()] = named;
            if (event["name"] == "process_name" && named.startsWith("row "))
                rowOf[event["pid"].toInt()] = named.mid(4, named.indexOf(':') - 4).toInt();
            if (event["cat"] != "mlp,apportioned")
                continue;
            ++outcomes;
            const QJsonObject arguments = event["args"].toObject();
            const int step = arguments["step"].toInt();
            const int layer = layerOf.at(event["tid"].toInt()).mid(6).toInt();
            const LayerOutcome outcome = events::outcomeAt(step, layer, rowOf.at(event["pid"].toInt()));
            const char *const names[] = {"compute (not eligible)", "compute", "replay"};
            QCOMPARE(event["name"].toString(), QString(names[static_cast<int>(outcome.decision)]));
            QCOMPARE(arguments.contains("tas"), !std::isnan(outcome.tas));
            if (arguments.contains("tas"))
                QCOMPARE(static_cast<float>(arguments["tas"].toDouble()), outcome.tas);
            // A third of the second between the tokens that the step lies between.
            const std::int64_t begin = 1'000'000'000LL * step + 7 + 1'000'000'000LL * layer / 3;
            QCOMPARE(event["ts"].toInteger(), microseconds(begin));
            QVERIFY(std::abs(event["dur"].toInteger() - 333'333) <= 1);
        }
        QCOMPARE(outcomes, 23 * 3 * 4);
        QCOMPARE(rowOf.size(), std::size_t{4});
    }

    void anArrowLeadsFromTheComputedOutputToEachReplay()
    {
        QVERIFY(convert("run.fctrace", "run.json").ok());
        const auto list = eventsOf(QJsonDocument::fromJson(bytesOf(name("run.json"))));
        // The slice of an MLP that is around a moment of a track.
        const auto around = [&](const QJsonObject &end) {
            for (const QJsonObject &slice : list)
                if (slice["ph"] == "X" && slice["tid"] == end["tid"] && slice["pid"] == end["pid"] &&
                    slice["ts"].toDouble() <= end["ts"].toDouble() &&
                    end["ts"].toDouble() <= slice["ts"].toDouble() + slice["dur"].toDouble())
                    return slice;
            return QJsonObject();
        };
        std::map<int, QJsonObject> starts;
        int arrows = 0;
        for (const QJsonObject &event : list) {
            if (event["ph"] == "s")
                QVERIFY(starts.emplace(event["id"].toInt(), event).second);
            if (event["ph"] != "f")
                continue;
            ++arrows;
            QCOMPARE(event["bp"].toString(), QString("e"));
            const QJsonObject from = around(starts.at(event["id"].toInt()));
            const QJsonObject to = around(event);
            QVERIFY(from["name"].toString().startsWith("compute"));
            QCOMPARE(to["name"].toString(), QString("replay"));
            const QJsonObject arguments = to["args"].toObject();
            QCOMPARE(from["args"].toObject()["step"].toInt(), arguments["computed_in_step"].toInt());
            QCOMPARE(arguments["step"].toInt() - arguments["computed_in_step"].toInt(),
                     6 * arguments["replayed_in_a_row"].toInt());
        }
        QCOMPARE(arrows, static_cast<int>(readTrace(path("run.fctrace"))->statistics().all().replayed));
        QCOMPARE(starts.size(), static_cast<std::size_t>(arrows));
    }

    void framesCountersAndChangesAreThere()
    {
        QVERIFY(convert("run.fctrace", "run.json").ok());
        const auto document = QJsonDocument::fromJson(bytesOf(name("run.json")));
        std::map<QString, QJsonObject> named;
        std::map<QString, int> times;
        for (const QJsonObject &event : eventsOf(document)) {
            QVERIFY(QStringList({"M", "X", "s", "f", "C", "i"}).contains(event["ph"].toString()));
            QVERIFY(event["pid"].toInt() > 0 && event["tid"].toInt() > 0);
            QVERIFY(event["ph"] == "M" || event["ts"].isDouble());
            named[event["name"].toString()] = event;
            ++times[event["name"].toString()];
        }
        QCOMPARE(named["frame 1"]["ts"].toInteger(), qint64{6'000'000});
        QCOMPARE(named["frame 1"]["dur"].toInteger(), qint64{6'000'000});
        QCOMPARE(named["frame 3"]["dur"].toInteger(), qint64{5'000'000}); // the last token has no step
        QCOMPARE(named["step 8"]["args"].toObject()["replayed"].toInt(), 4);
        QCOMPARE(named["step 8"]["args"].toObject()["mlp_ns"].toInteger(), events::mlpNsAt(8));
        QVERIFY(!named["step 4"]["args"].toObject().contains("mlp_ns")); // the device did not tell
        QCOMPARE(times["replayed of eligible"], 23 - 6);
        QCOMPARE(times["cores busy"], 23 - events::firstCounted);
        const CardCounters counters = events::countersAt(22);
        QCOMPARE(named["memory read in the step"]["args"].toObject()["bytes"].toDouble(),
                 64.0 * static_cast<double>(counters.beatsRead[0] + counters.beatsRead[1] +
                                            counters.beatsRead[2]));
        QCOMPARE(named["policy 1"]["ts"].toInteger(), qint64{1'000'000} * events::policyChange);
        QCOMPARE(named["policy 1"]["args"].toObject()["thresholds"].toString(), QString("0.5,none,0.5"));
        QVERIFY(named.contains("continued on fpga:\"0\"\n"));
        const QJsonObject facts = document.object()["otherData"].toObject();
        QVERIFY(facts["layer_times"].toString().startsWith("apportioned"));
        QCOMPARE(facts["settings"].toObject()["prompt"].toString(),
                 QString::fromStdString(events::settings().prompt));
        QCOMPARE(facts["tokens"].toInt(), 24);
    }

    void someFramesAreTakenOutOfAll()
    {
        const auto some = [&](const char *to, TraceTable table, FrameRange frames) {
            return convertTrace(
                       {.from = path("run.fctrace"), .to = path(to), .table = table, .frames = frames})
                .ok();
        };
        QVERIFY(convert("run.fctrace", "run.csv").ok());
        QVERIFY(some("some.csv", TraceTable::Outcomes, {1, 2}));
        QVERIFY(linesOf("some.csv").mid(1) == linesOf("run.csv").mid(1 + 6 * 12, 2 * 6 * 12));
        QVERIFY(convert("run.fctrace", "tokens.csv", TraceTable::Tokens).ok());
        QVERIFY(some("some.csv", TraceTable::Tokens, {3, 9}));
        QVERIFY(linesOf("some.csv").mid(1) == linesOf("tokens.csv").mid(1 + 18));
        QVERIFY(some("some.csv", TraceTable::Tokens, {0, 1}));
        QVERIFY(linesOf("some.csv") == linesOf("tokens.csv").mid(0, 1 + 12));
        QVERIFY(some("some.json", TraceTable::Outcomes, {2, 2}));
        int slices = 0;
        for (const QJsonObject &event : eventsOf(QJsonDocument::fromJson(bytesOf(name("some.json"))))) {
            QVERIFY(event["ph"] != "s"); // within one frame nothing is replayed
            slices += event["cat"] == "mlp,apportioned";
            if (event["cat"] == "mlp,apportioned")
                QCOMPARE(event["args"].toObject()["step"].toInt() / 6, 2);
        }
        QCOMPARE(slices, 6 * 12);
    }

    void whatIsWholeOfACutOffTraceIsConverted()
    {
        const QByteArray bytes = bytesOf(name("run.fctrace"));
        for (const char *to : {"cut.json", "cut.csv", "cut.npz"}) {
            int before = -1;
            for (qsizetype size = 1500; size <= bytes.size(); size += 509) {
                writeBytesTo(name("cut.fctrace"), bytes.left(size));
                const auto extent = convert("cut.fctrace", to);
                QVERIFY2(extent.ok(), extent.ok() ? "" : extent.error().message.c_str());
                QCOMPARE(extent->tokens, readTrace(path("cut.fctrace"))->tokens());
                QVERIFY(extent->tokens >= before);
                QVERIFY(extent->ending == TraceEnding::CutOff || extent->wholeBytes == quint64(size));
                before = extent->tokens;
                if (QByteArray(to) == "cut.json")
                    QVERIFY(QJsonDocument::fromJson(bytesOf(name(to))).isObject());
            }
            QVERIFY(before > 12);
        }
    }

    void aDamagedByteEndsWhatIsConverted()
    {
        QByteArray bytes = bytesOf(name("run.fctrace"));
        bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
        writeBytesTo(name("damaged.fctrace"), bytes);
        const auto extent = convert("damaged.fctrace", "damaged.json");
        QVERIFY(extent.ok());
        QVERIFY(extent->ending == TraceEnding::Damaged);
        QVERIFY(extent->tokens > 3 && extent->tokens < 24);
        const auto document = QJsonDocument::fromJson(bytesOf(name("damaged.json")));
        QCOMPARE(document.object()["otherData"].toObject()["tokens"].toInt(), extent->tokens);
        QCOMPARE(document.object()["otherData"].toObject()["trace_file"].toString(), QString("damaged"));
        const QString sentence = QString::fromStdString(unreadPart("damaged.fctrace", *extent));
        QVERIFY(sentence.contains(
            QString("damaged behind token %1, byte %2").arg(extent->tokens).arg(extent->wholeBytes)));
    }

    void aFullDiskLeavesNothing()
    {
        const QDir folder(folder_.path());
        const auto before = folder.entryList(QDir::AllEntries | QDir::Hidden);
        for (const char *to : {"full.json", "full.csv", "full.npz"}) {
            const FileSizeLimit limit(2000);
            const auto extent = convert("run.fctrace", to);
            QVERIFY(!extent.ok());
            QCOMPARE(extent.error().kind, ErrorKind::Io);
            QVERIFY(QString::fromStdString(extent.error().message).contains("Make room"));
        }
        QCOMPARE(folder.entryList(QDir::AllEntries | QDir::Hidden), before);
    }

    void namesThatSayNoFormatAreRefused()
    {
        QCOMPARE(convert("run.fctrace", "run.txt").error().kind, ErrorKind::BadInput);
        QCOMPARE(convert("run.fctrace", "nowhere/run.json").error().kind, ErrorKind::NotFound);
        QCOMPARE(convert("missing.fctrace", "run.json").error().kind, ErrorKind::NotFound);
        QCOMPARE(convert("run.csv", "other.json").error().kind, ErrorKind::Corrupt);
        for (const char *to : {"none.csv", "none.json"}) {
            const auto behind = convertTrace(
                {.from = path("run.fctrace"), .to = path(to), .frames = {.first = 4, .last = 5}});
            QVERIFY2(!behind.ok() && behind.error().kind == ErrorKind::BadInput, to);
            QVERIFY(!QFile::exists(name(to)));
        }
        QVERIFY(!QFile::exists(name("other.json")));
    }

    void replaysOfNothingAreNoHarm()
    {
        // A file may say that the first frame replayed, and name a policy without thresholds.
        TraceShape shape = events::shape;
        shape.layers = 1;
        auto writer = TraceWriter::create(path("hostile.fctrace"), shape, {});
        for (int token = 0; token < 14; ++token) {
            for (int row = 0; token > 0 && row < shape.rows; ++row)
                writer->append({.kind = Event::Kind::LayerOutcome,
                                .decision = Decision::Replayed,
                                .row = static_cast<std::uint16_t>(row),
                                .token = static_cast<std::uint32_t>(token) - 1,
                                .policy = 77,
                                .tas = -std::numeric_limits<float>::infinity()});
            for (const Event &event : events::tokenEvents(token))
                writer->append(event);
        }
        QVERIFY(writer->close().ok());
        for (const char *to : {"hostile.json", "hostile.csv", "hostile.npz"})
            QCOMPARE(convert("hostile.fctrace", to)->tokens, 14);
        const auto document = QJsonDocument::fromJson(bytesOf(name("hostile.json")));
        QVERIFY(document.isObject());
        for (const QJsonObject &event : eventsOf(document))
            QVERIFY(event["ph"] != "s" && event["ph"] != "f");
    }

    void nothingIsHeldThatGrowsWithTheRun()
    {
        if (!PeakMemory::possible)
            QSKIP("a sanitizer has its own allocator");
        writeLong("short.fctrace", 2'000);
        writeLong("long.fctrace", 20'000);
        for (const char *to : {"long.json", "long.csv", "long.npz"}) {
            const auto peakOf = [&](const char *from) {
                const PeakMemory peak;
                const bool converted = convert(from, to).ok();
                return converted ? peak.bytes() : -1;
            };
            const std::int64_t once = peakOf("short.fctrace");
            const std::int64_t tenTimes = peakOf("long.fctrace");
            QVERIFY(once > 0);
            // Blocks that the short run did not fill: a MiB for an array at the most, and a few arrays are so
            // long.
            const std::int64_t more = QByteArray(to) == "long.npz" ? 2 << 20 : 1 << 10;
            QVERIFY2(tenTimes <= once + more,
                     qPrintable(QString("%1 %2 %3").arg(to).arg(once).arg(tenTimes)));
        }
    }

    /// Two frames' worth of positions over and over, so that the shape is the same for any length.
    void writeLong(const char *file, int tokens)
    {
        constexpr TraceShape shape{.layers = 4,
                                   .rows = 2,
                                   .videos = 1,
                                   .depth = 1,
                                   .stride = 16,
                                   .gridHeight = 4,
                                   .gridWidth = 4,
                                   .frames = 2'000};
        auto writer = TraceWriter::create(path(file), shape, {});
        QVERIFY(writer.ok());
        for (int token = 0; token < tokens; ++token) {
            for (int track = 0; token > 0 && track < 8; ++track)
                writer->append({.kind = Event::Kind::LayerOutcome,
                                .decision = token > 16 ? Decision::Replayed : Decision::NotEligible,
                                .layer = static_cast<std::uint16_t>(track / 2),
                                .row = static_cast<std::uint16_t>(track % 2),
                                .token = static_cast<std::uint32_t>(token) - 1,
                                .tas = 0.25f});
            writer->append({.kind = Event::Kind::CodeDrawn, .token = static_cast<std::uint32_t>(token)});
            writer->append({.kind = Event::Kind::TokenDone,
                            .token = static_cast<std::uint32_t>(token),
                            .timeNs = 1000LL * token});
        }
        QVERIFY(writer->close().ok());
    }

    void whoeverAsksStopsIt()
    {
        writeLong("stopped.fctrace", 20'000);
        const QDir folder(folder_.path());
        const auto before = folder.entryList(QDir::AllEntries | QDir::Hidden);
        for (const char *to : {"stopped.json", "stopped.csv", "stopped.npz"}) {
            double told = 0.0;
            bool forward = true;
            const auto progress = [&](double share) {
                forward = forward && share >= told && share <= 1.0;
                told = share;
                return share < 0.75;
            };
            const auto extent =
                convertTrace({.from = path("stopped.fctrace"), .to = path(to), .progress = progress});
            QVERIFY(forward);
            QVERIFY(!extent.ok());
            QCOMPARE(extent.error().kind, ErrorKind::Cancelled);
            QVERIFY(told >= 0.75 && told < 0.8);
        }
        QCOMPARE(folder.entryList(QDir::AllEntries | QDir::Hidden), before);
    }
};

QTEST_GUILESS_MAIN(TestTraceExport)
#include "test_trace_export.moc"
