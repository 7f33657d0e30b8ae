// SPDX-License-Identifier: Apache-2.0
//
// What can be wrong with a card, through XRT in this process: no such card, a design that is none or another,
// no memory, buffers that are left, a kernel that hangs or meets what it does not know, and that the card
// works again after each.
#include "engine/checkpoint/checkpoint.h"
#include "fpga/host/emulation.h"
#include "fpga/host/xrt_link.h"

#include <xrt/xrt_bo.h>
#include <xrt/xrt_device.h>
#include <xrt/xrt_kernel.h>

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <exception>

using namespace fastcar;
using namespace fastcar::fpga;

namespace {

std::string designFile()
{
    return (emulationFolder() / "fastcar.xclbin").string();
}

XrtPlace emulated()
{
    return {.device = "fpga-emulated", .index = 0, .xclbin = designFile(), .shape = {}};
}

/// What is said where the card cannot be opened; empty where it can.
QString refusal(const XrtPlace &place)
{
    const auto link = openXrt(place);
    return link ? QString() : QString::fromStdString(link.error().message);
}

const StepProgram &program()
{
    static const StepProgram compiled = [] {
        const auto checkpoint = Checkpoint::open(FASTCAR_TEST_DATA "/golden/checkpoint");
        if (!checkpoint)
            qFatal("%s", checkpoint.error().message.c_str());
        const ModelConfig &config = (*checkpoint)->config();
        const auto model =
            QuantisedModel::of(config.backbone, config.stride(), (*checkpoint)->weights().backbone);
        const auto done = StepProgram::of(model, {}, 1, 16);
        if (!done)
            qFatal("%s", done.error().message.c_str());
        return *done;
    }();
    return compiled;
}

template <typename T>
void put(CardLink &link, std::uint32_t beat, const T &words)
{
    const auto done = link.write(0, std::uint64_t{beat} * 64, std::as_bytes(std::span(words)));
    if (!done)
        qFatal("%s", done.error().message.c_str());
}

/// All that one step of one row needs, and `instructions`.
void fill(CardLink &link, const std::vector<Beat> &instructions)
{
    const StepProgram &step = program();
    if (const auto done = link.allocate(step.bytes); !done)
        qFatal("%s", done.error().message.c_str());
    for (std::size_t p = 0; p < step.images.size(); ++p)
        if (const auto done = link.write(static_cast<int>(p), 0, step.images[p]); !done)
            qFatal("%s", done.error().message.c_str());
    const std::vector<RowDescriptor> rows{{.sequence = 0, .position = 1, .partner = 0, .wanted = true}};
    const std::vector<std::int32_t> input(64, 1000);
    put(link, step.places.program, instructions);
    put(link, step.places.rows, descriptor(rows[0]));
    put(link, step.places.input, input);
    put(link, step.header, header({.rows = rows, .input = input}, step.places));
}

QString runWith(CardLink &link, const std::vector<Beat> &instructions)
{
    fill(link, instructions);
    const auto done = link.run(program().header);
    return done ? QString() : QString::fromStdString(done.error().message);
}

} // namespace

class TestCardFailures : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void waveformsAreRefusedWhereTheirDriverIsNotThere();
    void aCardThatIsNotThereIsRefused();
    void filesThatAreNoDesignAreRefused_data();
    void filesThatAreNoDesignAreRefused();
    void aDesignOfAnotherSizeIsRefused();
    void moreThanABankHoldsIsRefusedAndTheRestStaysUsable();
    void accessesBehindABufferFail();
    void anUnknownInstructionEndsTheRunAndTheNextOneWorks();
    void aKernelThatHangsIsStoppedByTheWatchdog();
    void aResultThatCannotBeReadIsAnError();
    void theEmulatedCardHasNoSensors();
};

void TestCardFailures::initTestCase()
{
    QVERIFY(!emulationFolder().empty());
    QVERIFY(bool(enterEmulation(emulationFolder())));
}

void TestCardFailures::init()
{
    qunsetenv("FASTCAR_EMULATED_FAULT");
}

void TestCardFailures::waveformsAreRefusedWhereTheirDriverIsNotThere()
{
    const QTemporaryDir withoutDriver;
    qputenv("FASTCAR_EMULATED_WAVES", "step.fst:3");
    const auto entered = enterEmulation(withoutDriver.path().toStdString());
    qunsetenv("FASTCAR_EMULATED_WAVES");
    QVERIFY(!entered);
    const QString said = QString::fromStdString(entered.error().message);
    QVERIFY2(said.contains("build the target fastcar_emulation_waves"), qPrintable(said));
}

void TestCardFailures::aCardThatIsNotThereIsRefused()
{
    XrtPlace place = emulated();
    place.index = 7;
    const QString said = refusal(place);
    QVERIFY2(said.contains("is not there"), qPrintable(said));
    QCOMPARE(refusal(emulated()), QString());
}

void TestCardFailures::theEmulatedCardHasNoSensors()
{
    QVERIFY(!readXrtSensors(0).any());
    QVERIFY(!readXrtSensors(7).any()); // no such card
}

void TestCardFailures::filesThatAreNoDesignAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QFile file(QString::fromStdString(designFile()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray good = file.readAll();
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray(5000, 'x');
    QTest::newRow("cut off in its header") << good.left(300);
    QTest::newRow("cut off in its table") << good.left(500);
    QTest::newRow("cut off at its end") << good.left(good.size() - 1);
    QTest::newRow("another kernel") << QByteArray(good).replace("fastcar", "slowcar");
}

void TestCardFailures::filesThatAreNoDesignAreRefused()
{
    QFETCH(QByteArray, bytes);
    const QTemporaryDir folder;
    QFile file(folder.filePath("wrong.xclbin"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    XrtPlace place = emulated();
    place.xclbin = file.fileName().toStdString();
    const QString said = refusal(place);
    QVERIFY2(said.contains("cannot be used") && said.contains("wrong.xclbin"), qPrintable(said));
    place.xclbin = folder.filePath("nowhere.xclbin").toStdString();
    QVERIFY(refusal(place).contains("cannot be used"));
    QCOMPARE(refusal(emulated()), QString());
}

void TestCardFailures::aDesignOfAnotherSizeIsRefused()
{
    XrtPlace place = emulated();
    place.shape.card.cores *= 2;
    const QString said = refusal(place);
    QVERIFY2(said.contains("of another size"), qPrintable(said));
}

void TestCardFailures::moreThanABankHoldsIsRefusedAndTheRestStaysUsable()
{
    const auto link = openXrt(emulated());
    QVERIFY(bool(link));
    const auto done = (*link)->allocate({std::uint64_t{3} << 30, 4096, 4096, 4096});
    QVERIFY(!done);
    QVERIFY(QString::fromStdString(done.error().message).contains("has no memory for this generation"));
    QCOMPARE(runWith(**link, program().instructions), QString());
}

void TestCardFailures::accessesBehindABufferFail()
{
    xrt::device device(0);
    const xrt::uuid id = device.load_xclbin(designFile());
    const xrt::kernel kernel(device, id, "fastcar", xrt::kernel::cu_access_mode::exclusive);
    xrt::bo buffer(device, 8192, static_cast<xrt::memory_group>(kernel.group_id(1)));
    buffer.sync(XCL_BO_SYNC_BO_TO_DEVICE, 4096, 4096);
    QVERIFY_THROWS_EXCEPTION(std::exception, buffer.sync(XCL_BO_SYNC_BO_TO_DEVICE, 4096, 4097));
    QVERIFY_THROWS_EXCEPTION(std::exception, buffer.sync(XCL_BO_SYNC_BO_FROM_DEVICE, 8193, 0));
    // The sum of size and offset is 4096 again.
    QVERIFY_THROWS_EXCEPTION(std::exception,
                             buffer.sync(XCL_BO_SYNC_BO_FROM_DEVICE, 8192, std::size_t{0} - 4096));
}

void TestCardFailures::anUnknownInstructionEndsTheRunAndTheNextOneWorks()
{
    const auto link = openXrt(emulated());
    QVERIFY(bool(link));
    std::vector<Beat> wrong = program().instructions;
    wrong[1].fill(~0u);
    const QString said = runWith(**link, wrong);
    QVERIFY2(said.contains("does not know the program"), qPrintable(said));
    QCOMPARE(runWith(**link, program().instructions), QString());
}

void TestCardFailures::aKernelThatHangsIsStoppedByTheWatchdog()
{
    qputenv("FASTCAR_EMULATED_FAULT", "hang");
    {
        const auto link = openXrt(emulated());
        QVERIFY(bool(link));
        QElapsedTimer timer;
        timer.start();
        const QString said = runWith(**link, program().instructions);
        QVERIFY2(said.contains("hangs"), qPrintable(said));
        // By the watchdog, in cycles; the host's own patience is 20 s.
        QVERIFY2(timer.elapsed() < 15000, qPrintable(QString::number(timer.elapsed())));
    }
    qunsetenv("FASTCAR_EMULATED_FAULT");
    const auto again = openXrt(emulated());
    QVERIFY(bool(again));
    QCOMPARE(runWith(**again, program().instructions), QString());
}

void TestCardFailures::aResultThatCannotBeReadIsAnError()
{
    qputenv("FASTCAR_EMULATED_FAULT", "read");
    const auto link = openXrt(emulated());
    QVERIFY(bool(link));
    QCOMPARE(runWith(**link, program().instructions), QString());
    std::vector<std::byte> bytes(64);
    const auto done = (*link)->read(0, 0, bytes);
    QVERIFY(!done);
    QVERIFY(QString::fromStdString(done.error().message).contains("did not give its results back"));
}

QTEST_GUILESS_MAIN(TestCardFailures)
#include "test_card_failures.moc"
