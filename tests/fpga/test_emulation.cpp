// SPDX-License-Identifier: Apache-2.0
//
// The emulated card as its users meet it: a device of the engine through XRT, XRT's own calls, and the ways
// in which a card fails.
#include "engine/backend/thread_pool.h"
#include "engine/decode/forward.h"
#include "engine/trace/trace_file.h"
#include "fpga/host/emulation.h"
#include "fpga/host/fpga_devices.h"
#include "fpga/program/step_program.h"

#include <xrt/xrt_bo.h>
#include <xrt/xrt_device.h>
#include <xrt/xrt_kernel.h>

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <cstring>

using namespace fastcar;
using namespace fastcar::fpga;

namespace {

Model golden()
{
    Result<Model> model = Model::open(FASTCAR_TEST_DATA "/golden/checkpoint");
    if (!model)
        qFatal("%s", model.error().message.c_str());
    return *model;
}

ForwardResult run(const Model &model, const std::string &device, GateMode gate)
{
    const ModelConfig &config = model.checkpoint->config();
    std::vector<std::int32_t> codes(static_cast<std::size_t>(3 * config.stride() * config.depth.depth));
    for (std::size_t i = 0; i < codes.size(); ++i)
        codes[i] = static_cast<std::int32_t>(i * 7 % static_cast<std::size_t>(config.depth.codes));
    ReplayPolicy policy{.gate = gate, .thresholds = {}};
    policy.thresholds.assign(static_cast<std::size_t>(config.backbone.layers), 0.0f);
    ThreadPool pool(1);
    Result<ForwardResult> result =
        forward(model, {.prompt = "a cat", .replay = policy, .attention = {}, .device = device}, codes, pool);
    if (!result)
        qFatal("%s", result.error().message.c_str());
    return *result;
}

/// A run on the emulated card, as a trace. With guidance: two rows on four cores.
struct TracedRun final : RunSink {
    Trace trace;
    RunControl control;
    int changeAt = -1; // behind this token `change` rules
    ReplayPolicy change;

    void onEvent(const Event &event) override
    {
        trace.append(event);
        if (event.kind == Event::Kind::TokenDone && static_cast<int>(event.token) == changeAt)
            control.setReplayPolicy(change);
    }

    GenerationResult run(const Model &model, const RunSettings &settings)
    {
        trace = Trace(traceShape(model.checkpoint->config(), settings), settings);
        ThreadPool pool(1);
        Result<GenerationResult> result = generate(model, settings, pool, *this, control, {.pixels = false});
        if (!result)
            qFatal("%s", result.error().message.c_str());
        return *result;
    }
};

RunSettings emulatedRun()
{
    RunSettings settings;
    settings.prompt = "a cat";
    settings.frames = 2;
    settings.seed = 5;
    settings.device = "fpga-emulated";
    settings.replay.thresholds.assign(4, 0.0f);
    return settings;
}

RunSettings modelledRun()
{
    RunSettings settings = emulatedRun();
    settings.device = "fpga-modelled";
    return settings;
}

/// Which cores multiplied in a step.
std::vector<bool> workingCores(const CardCounters &counters)
{
    std::vector<bool> working;
    for (const std::int64_t busy : counters.coreBusy)
        working.push_back(busy > 0);
    return working;
}

const std::vector<bool> allCores{true, true, true, true};
const std::vector<bool> coresOfTwoRows{true, true, false, false}; // row r is bound to core r

/// A run of 32 rows, put onto the card by plain XRT.
struct PlainRun {
    xrt::device device{0};
    xrt::kernel kernel;
    std::vector<xrt::bo> buffers;
    StepProgram program;
    int width = 0;

    PlainRun()
    {
        const Model model = golden();
        const ModelConfig &config = model.checkpoint->config();
        const QuantisedModel quantised =
            QuantisedModel::of(config.backbone, config.stride(), model.checkpoint->weights().backbone);
        Result<StepProgram> compiled = StepProgram::of(quantised, {}, 32, 64);
        if (!compiled)
            qFatal("%s", compiled.error().message.c_str());
        program = *compiled;
        width = config.backbone.hidden;
        const xrt::uuid id = device.load_xclbin((emulationFolder() / "fastcar.xclbin").string());
        kernel = xrt::kernel(device, id, "fastcar", xrt::kernel::cu_access_mode::exclusive);
        for (std::size_t p = 0; p < program.bytes.size(); ++p) {
            buffers.emplace_back(device, program.bytes[p], kernel.group_id(static_cast<int>(1 + p)));
            std::memcpy(buffers[p].map<char *>(), program.images[p].data(), program.images[p].size());
        }
        put(program.places.program, std::as_bytes(std::span(program.instructions)));
        std::vector<RowDescriptor> rows;
        for (int r = 0; r < 32; ++r)
            rows.push_back({.sequence = r, .position = 1, .partner = r, .wanted = true});
        std::vector<std::uint32_t> words;
        for (const RowDescriptor &row : rows)
            for (const std::uint32_t word : descriptor(row))
                words.push_back(word);
        put(program.places.rows, std::as_bytes(std::span(words)));
        const std::vector<std::int32_t> input(static_cast<std::size_t>(32 * width), 1000);
        put(program.places.input, std::as_bytes(std::span(input)));
        const Beat head = header({.rows = rows, .input = input}, program.places);
        put(program.header, std::as_bytes(std::span(head)));
        for (xrt::bo &buffer : buffers)
            buffer.sync(XCL_BO_SYNC_BO_TO_DEVICE);
    }
    void put(std::uint32_t beat, std::span<const std::byte> bytes)
    {
        std::memcpy(buffers[0].map<char *>() + std::size_t{beat} * 64, bytes.data(), bytes.size());
    }
    xrt::run start()
    {
        xrt::run run(kernel);
        run.set_arg(0, program.header);
        for (std::size_t p = 0; p < buffers.size(); ++p)
            run.set_arg(static_cast<int>(1 + p), buffers[p]);
        run.start();
        return run;
    }
};

} // namespace

class TestEmulation : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void itsNumbersAreTheModelledCards_data();
    void itsNumbersAreTheModelledCards();
    void registersAreReadWhileAKernelRuns();
    void everyStepTellsItsCounters();
    void theSchedulingChangesWhileARunGoesOn();
    void theSchedulingOfTheCommandLineReachesTheCard();
    void severalRunsWaitInALine();
    void faultsAreToldInBoundedTime_data();
    void faultsAreToldInBoundedTime();
    void whatWasMadeBeforeAFaultIsKept();
    void whenItFailsTheRunGoesOnWithTheSameCodes_data();
    void whenItFailsTheRunGoesOnWithTheSameCodes();
};

void TestEmulation::initTestCase()
{
    registerFpgaDevices();
    QVERIFY(!emulationFolder().empty());
}

void TestEmulation::itsNumbersAreTheModelledCards_data()
{
    QTest::addColumn<GateMode>("gate");
    QTest::newRow("each row for itself") << GateMode::Row;
    QTest::newRow("all rows or none") << GateMode::All;
}

void TestEmulation::itsNumbersAreTheModelledCards()
{
    QFETCH(GateMode, gate);
    const Model model = golden();
    const ForwardResult expected = run(model, "fpga-modelled", gate);
    const ForwardResult actual = run(model, "fpga-emulated", gate);
    QVERIFY(expected.replay.all().replayed > 0);
    QVERIFY(actual.logits == expected.logits);
    QVERIFY(actual.replayed == expected.replayed);
    QCOMPARE(actual.tas.size(), expected.tas.size());
    for (std::size_t i = 0; i < expected.tas.size(); ++i)
        QVERIFY(actual.tas[i] == expected.tas[i] ||
                (std::isnan(actual.tas[i]) && std::isnan(expected.tas[i])));
}

void TestEmulation::registersAreReadWhileAKernelRuns()
{
    PlainRun plain;
    xrt::run run = plain.start();
    int moved = 0;
    std::uint32_t cycles = 0;
    while (run.state() != ERT_CMD_STATE_COMPLETED && run.state() != ERT_CMD_STATE_ERROR) {
        const std::uint32_t now = plain.kernel.read_register(0x400);
        moved += now > cycles && cycles > 0;
        cycles = now;
    }
    QCOMPARE(run.wait(), ERT_CMD_STATE_COMPLETED);
    QVERIFY2(moved > 3, qPrintable(QString::number(moved)));
    const std::uint32_t whole = plain.kernel.read_register(0x400);
    QVERIFY(whole >= cycles);
    QCOMPARE(plain.kernel.read_register(0x400), whole); // it stands still when the run has ended
    // 32 rows in each layer, none of which may replay.
    QCOMPARE(plain.kernel.read_register(0x400 + 8 * 13) % 32, 0u);
    QCOMPARE(plain.kernel.read_register(0x400 + 8 * 14), 0u);
}

void TestEmulation::everyStepTellsItsCounters()
{
    const Model model = golden();
    TracedRun traced;
    const GenerationResult result = traced.run(model, emulatedRun());
    const Trace &trace = traced.trace;
    QCOMPARE(trace.steps(), 31);
    QVERIFY(result.card.has_value());
    QCOMPARE(result.card->steps, std::int64_t{31});
    QVERIFY(result.card->sum == trace.cardTotals().sum);
    const std::int64_t layerRows = 2 * model.checkpoint->config().backbone.layers;
    std::int64_t replayed = 0;
    for (int step = 0; step < trace.steps(); ++step) {
        const std::optional<CardCounters> counters = trace.card(step);
        QVERIFY(counters.has_value());
        QCOMPARE(counters->rowsComputed + counters->rowsReplayed, layerRows);
        std::int64_t decided = 0;
        for (const LayerOutcome &outcome : trace.outcomes(step).all())
            decided += outcome.decision == Decision::Replayed;
        QCOMPARE(counters->rowsReplayed, decided);
        replayed += decided;
        QVERIFY(counters->cycles > counters->matrixRunning);
        for (const std::int64_t busy : counters->coreBusy)
            QVERIFY(busy > 0 && busy <= counters->anyCoreBusy);
        for (const std::int64_t beats : counters->beatsRead)
            QVERIFY(beats >= counters->streamBeats);
    }
    QVERIFY(replayed > 0);
}

void TestEmulation::theSchedulingChangesWhileARunGoesOn()
{
    const Model model = golden();
    TracedRun modelled, traced;
    modelled.changeAt = 20;
    modelled.change = modelledRun().replay;
    modelled.change.drs = DrsPolicy::Static;
    const GenerationResult expected = modelled.run(model, modelledRun());
    traced.changeAt = 20;
    traced.change = emulatedRun().replay;
    traced.change.drs = DrsPolicy::Static;
    const GenerationResult result = traced.run(model, emulatedRun());
    for (int step = 0; step < traced.trace.steps(); ++step)
        QCOMPARE(workingCores(*traced.trace.card(step)), step <= 20 ? allCores : coresOfTwoRows);
    // The cycle model's counters are the circuit's.
    for (int step = 0; step < traced.trace.steps(); ++step)
        QVERIFY2(*traced.trace.card(step) == *modelled.trace.card(step), qPrintable(QString::number(step)));
    QVERIFY(result.codes == expected.codes); // how long a step takes, never what it computes
}

void TestEmulation::theSchedulingOfTheCommandLineReachesTheCard()
{
    const QTemporaryDir folder;
    QProcess program;
    program.start(FASTCAR_PROGRAM, {"generate", "a cat", "-o", folder.filePath("clip.gif"), "--device",
                                    "fpga-emulated", "--frames", "1", "--drs", "static", "--json", "--model",
                                    FASTCAR_TEST_DATA "/golden/checkpoint"});
    QVERIFY(program.waitForFinished(60000));
    QCOMPARE(program.exitCode(), 0);
    const QJsonObject card =
        QJsonDocument::fromJson(program.readAllStandardOutput()).object()["card"].toObject();
    QCOMPARE(card["steps"].toInt(), 15);
    QCOMPARE(card["cores"].toInt(), 4);
    QVERIFY(card["cycles_per_step"].toDouble() > 1000.0);
    const QJsonArray busy = card["sum"].toObject()["core_busy"].toArray();
    QCOMPARE(busy.size(), 4);
    for (int core = 0; core < 4; ++core)
        QCOMPARE(busy[core].toInt() > 0, coresOfTwoRows[static_cast<std::size_t>(core)]);
}

void TestEmulation::severalRunsWaitInALine()
{
    PlainRun plain;
    std::vector<xrt::run> runs;
    for (int i = 0; i < 3; ++i)
        runs.push_back(plain.start());
    for (xrt::run &run : runs)
        QCOMPARE(run.wait(), ERT_CMD_STATE_COMPLETED);
}

void TestEmulation::faultsAreToldInBoundedTime_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("says");
    QTest::newRow("hang") << "hang"
                          << "hangs";
    QTest::newRow("version") << "version"
                             << "another version of the design";
    QTest::newRow("allocation") << "allocation"
                                << "has no memory for this generation";
    QTest::newRow("read") << "read"
                          << "did not give its results back";
}

/// In a process of its own, for XRT reads the environment once.
void TestEmulation::faultsAreToldInBoundedTime()
{
    QFETCH(QString, fault);
    QFETCH(QString, says);
    const QTemporaryDir folder;
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("FASTCAR_EMULATED_FAULT", fault);
    program.setProcessEnvironment(environment);
    QElapsedTimer timer;
    timer.start();
    program.start(FASTCAR_PROGRAM, {"generate", "a cat", "-o", folder.filePath("clip.gif"), "--device",
                                    "fpga-emulated", "--frames", "1"});
    QVERIFY(program.waitForFinished(60000));
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 1);
    const QString message = QString::fromUtf8(program.readAllStandardError());
    QVERIFY2(message.contains("fastcar: The device fpga-emulated ") && message.contains(says),
             qPrintable(message));
    QVERIFY(!QFile::exists(folder.filePath("clip.gif")));
}

void TestEmulation::whatWasMadeBeforeAFaultIsKept()
{
    const QTemporaryDir folder;
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("FASTCAR_EMULATED_FAULT", "hang:40"); // four for the two prompts, then one a token
    program.setProcessEnvironment(environment);
    const QString clip = folder.filePath("clip.gif");
    program.start(FASTCAR_PROGRAM, {"generate", "a cat", "-o", clip, "--device", "fpga-emulated", "--frames",
                                    "3", "--model", FASTCAR_TEST_DATA "/golden/checkpoint"});
    QVERIFY(program.waitForFinished(60000));
    QCOMPARE(program.exitCode(), 1);
    const QString message = QString::fromUtf8(program.readAllStandardError());
    QVERIFY2(message.contains("The device failed after 37 tokens; 2 of 3 frames were whole"),
             qPrintable(message));
    QVERIFY(QFile::exists(clip));
}

void TestEmulation::whenItFailsTheRunGoesOnWithTheSameCodes_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("tokens");
    QTest::newRow("at once") << "allocation" << 0;
    QTest::newRow("in the midst of a frame") << "hang:27" << 24;
}

void TestEmulation::whenItFailsTheRunGoesOnWithTheSameCodes()
{
    QFETCH(QString, fault);
    QFETCH(int, tokens);
    const QTemporaryDir folder;
    const QStringList run{"generate",
                          "a cat",
                          "-o",
                          folder.filePath("clip.gif"),
                          "--frames",
                          "2",
                          "--json",
                          "--seed",
                          "3",
                          "--tas-threshold",
                          "0.5",
                          "--model",
                          FASTCAR_TEST_DATA "/golden/checkpoint"};
    const auto outcome = [&](const QStringList &options, const QString &asked) {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("FASTCAR_EMULATED_FAULT", asked);
        program.setProcessEnvironment(environment);
        program.start(FASTCAR_PROGRAM, run + options);
        if (!program.waitForFinished(60000) || program.exitCode() != 0)
            qFatal("%s", program.readAllStandardError().constData());
        return std::pair(QJsonDocument::fromJson(program.readAllStandardOutput()).object(),
                         program.readAllStandardError());
    };
    const auto [alone, silent] = outcome({"--device", "fpga-modelled"}, {});
    const auto [both, said] = outcome({"--device", "fpga-emulated", "--on-failure", "fpga-modelled",
                                       "--trace", folder.filePath("run.fctrace")},
                                      fault);
    QVERIFY(!both["codes_sha256"].toArray().isEmpty());
    QCOMPARE(both["codes_sha256"], alone["codes_sha256"]);
    QCOMPARE(both["replayed"], alone["replayed"]);
    QVERIFY2(said.contains("The device fpga-emulated ") && said.contains("goes on on fpga-modelled"),
             said.constData());
    const QJsonObject wentOn = both["went_on"].toArray()[0].toObject();
    QCOMPARE(wentOn["tokens"].toInt(), tokens);
    QCOMPARE(wentOn["failed_device"].toString(), QString("fpga-emulated"));
    QCOMPARE(wentOn["device"].toString(), QString("fpga-modelled"));
    QVERIFY(wentOn["same_numbers"].toBool());
    const auto trace = readTrace(folder.filePath("run.fctrace").toStdString());
    QVERIFY(trace.ok());
    QCOMPARE(trace->tokens(), 32);
    QCOMPARE(trace->settings().device, std::string("fpga-emulated"));
    const int first = std::max(0, tokens - 1);
    QCOMPARE(deviceOfStep(trace->settings(), first), std::string("fpga-modelled"));
    QCOMPARE(deviceOfStep(trace->settings(), first - 1), std::string("fpga-emulated"));
}

QTEST_GUILESS_MAIN(TestEmulation)
#include "test_emulation.moc"
