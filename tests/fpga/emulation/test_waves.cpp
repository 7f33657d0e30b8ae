// SPDX-License-Identifier: Apache-2.0
//
// Waveforms of a chosen step of the emulated card, read back as a viewer reads them. Their driver takes
// minutes to compile, so this runs by a target of its own: fastcar_check_waves.
#include <gtkwave/fstapi.h>

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <memory>
#include <set>
#include <string>

namespace {

/// What a waveform's file holds of some signals, by their full names.
struct Waves {
    std::map<std::string, std::set<std::string>> values;
    std::map<std::string, int> changes;
    std::uint64_t begin = 0, end = 0;
};

struct Reading {
    std::map<fstHandle, std::string> names;
    Waves *waves = nullptr;
};

Waves wavesOf(const QString &file, const std::set<std::string> &wanted)
{
    Waves waves;
    const std::unique_ptr<void, void (*)(void *)> reader(fstReaderOpen(file.toUtf8().constData()),
                                                         fstReaderClose);
    if (!reader)
        return waves;
    waves.begin = fstReaderGetStartTime(reader.get());
    waves.end = fstReaderGetEndTime(reader.get());
    Reading reading{.names = {}, .waves = &waves};
    fstReaderClrFacProcessMaskAll(reader.get());
    while (const fstHier *entry = fstReaderIterateHier(reader.get())) {
        if (entry->htyp == FST_HT_SCOPE)
            fstReaderPushScope(reader.get(), entry->u.scope.name, nullptr);
        else if (entry->htyp == FST_HT_UPSCOPE)
            fstReaderPopScope(reader.get());
        if (entry->htyp != FST_HT_VAR)
            continue;
        const char *const scope = fstReaderGetCurrentFlatScope(reader.get());
        const std::string signal(entry->u.var.name);
        const std::string name = std::string(scope ? scope : "") + "." + signal.substr(0, signal.find(' '));
        for (const std::string &end : wanted)
            if (name.ends_with(end)) {
                reading.names[entry->u.var.handle] = end;
                fstReaderSetFacProcessMask(reader.get(), entry->u.var.handle);
            }
    }
    fstReaderIterBlocks(
        reader.get(),
        [](void *user, std::uint64_t, fstHandle signal, const unsigned char *value) {
            const Reading &seen = *static_cast<Reading *>(user);
            const std::string &name = seen.names.at(signal);
            ++seen.waves->changes[name];
            seen.waves->values[name].insert(reinterpret_cast<const char *>(value));
        },
        &reading, nullptr);
    return waves;
}

/// A generation on the emulated card; its codes and what it said.
struct Generation {
    QByteArray codes;
    QString said;
    int status = -1;
};

Generation generate(const QTemporaryDir &folder, const QString &waves)
{
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("FASTCAR_EMULATED_WAVES", waves);
    program.setProcessEnvironment(environment);
    const QString codes = folder.filePath("codes.npy");
    program.start(FASTCAR_PROGRAM, {"generate", "a cat", "-o", folder.filePath("clip.gif"), "--codes", codes,
                                    "--device", "fpga-emulated", "--frames", "1", "--seed", "7", "--model",
                                    FASTCAR_TEST_DATA "/golden/checkpoint"});
    if (!program.waitForFinished(120000))
        return {};
    QFile file(codes);
    const bool there = file.open(QIODevice::ReadOnly);
    return {.codes = there ? file.readAll() : QByteArray(),
            .said = QString::fromUtf8(program.readAllStandardError()),
            .status = program.exitCode()};
}

const std::string operation = "u_sequencer.operation_o", clock_ = ".fc_kernel.clk_i",
                  doneSignal = "u_accelerator.done_o";

} // namespace

class TestWaves : public QObject {
    Q_OBJECT

private slots:
    void theChosenStepIsInTheFileFromStartToDone();
    void theFirstStepIsTakenWhereNoneIsNamed();
    void aStepThatNeverCameIsSaid();
    void aFileThatCannotBeWrittenIsSaidAndTheRunGoesOn();
};

void TestWaves::theChosenStepIsInTheFileFromStartToDone()
{
    const QTemporaryDir folder;
    const Generation plain = generate(folder, {});
    QCOMPARE(plain.status, 0);
    const QString file = folder.filePath("step.fst");
    const Generation traced = generate(folder, file + ":6");
    QVERIFY2(traced.status == 0, qPrintable(traced.said));
    QCOMPARE(traced.codes, plain.codes); // the other driver's circuit is the same
    QVERIFY(!QFile::exists(file + ".part"));

    const Waves waves = wavesOf(file, {operation, clock_, doneSignal});
    // From reading the header to the final norm: a program's operations but WAIT pass by.
    QVERIFY2(waves.values.at(operation).size() >= 10,
             qPrintable(QString::number(waves.values.at(operation).size())));
    QCOMPARE(waves.values.at(doneSignal), (std::set<std::string>{"0", "1"}));
    QVERIFY(waves.changes.at(doneSignal) <= 3); // one run, and no other
    // A change of the clock every half cycle, of a step that is not the first.
    QVERIFY(waves.begin > 1000);
    QVERIFY(waves.changes.at(clock_) >= static_cast<int>(waves.end - waves.begin));
}

void TestWaves::theFirstStepIsTakenWhereNoneIsNamed()
{
    const QTemporaryDir folder;
    const QString first = folder.filePath("first.fst"), second = folder.filePath("second:2.fst");
    QCOMPARE(generate(folder, first).status, 0);
    QCOMPARE(generate(folder, second).status, 0); // a colon in a name is not yet a step
    const Waves waves = wavesOf(first, {operation});
    QVERIFY(waves.begin < 1000);
    QCOMPARE(wavesOf(second, {operation}).begin, waves.begin);
}

void TestWaves::aStepThatNeverCameIsSaid()
{
    const QTemporaryDir folder;
    const Generation made = generate(folder, folder.filePath("never.fst:5000"));
    QCOMPARE(made.status, 0);
    QVERIFY2(made.said.contains("asked for of step 5000"), qPrintable(made.said));
    QVERIFY(!QFile::exists(folder.filePath("never.fst")));
}

void TestWaves::aFileThatCannotBeWrittenIsSaidAndTheRunGoesOn()
{
    const QTemporaryDir folder;
    const Generation made = generate(folder, folder.filePath("nowhere/step.fst"));
    QCOMPARE(made.status, 0);
    QVERIFY2(made.said.contains("cannot write waveforms"), qPrintable(made.said));
}

QTEST_GUILESS_MAIN(TestWaves)
#include "test_waves.moc"
