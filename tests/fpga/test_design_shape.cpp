// SPDX-License-Identifier: Apache-2.0
//
// The size of a design for a card, read from what its build lays beside it.
#include "fpga/host/design_shape.h"
#include "fpga/timing/card_design.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace fastcar;
using namespace fastcar::fpga;

class TestDesignShape : public QObject {
    Q_OBJECT

private slots:
    void theEmulatedCardsConfigurationIsWhatIsTakenWithoutOne();
    void theCardsConfigurationIsReadWhole();
    void aCardsDescriptionIsOfItsConfiguration_data();
    void aCardsDescriptionIsOfItsConfiguration();
    void aMissingOrWrongParameterIsNamed_data();
    void aMissingOrWrongParameterIsNamed();

private:
    /// A design with this text beside it.
    std::filesystem::path designWith(const QByteArray &text)
    {
        QFile file(folder_.filePath("fastcar.conf"));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no file");
        file.write(text);
        return folder_.filePath("fastcar.xclbin").toStdString();
    }
    static QByteArray configuration(const char *name)
    {
        QFile file(QString(FASTCAR_SOURCE_DIR "/fpga/platform/%1.conf").arg(name));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("no configuration");
        return file.readAll();
    }

    QTemporaryDir folder_;
};

void TestDesignShape::theEmulatedCardsConfigurationIsWhatIsTakenWithoutOne()
{
    const auto none = designShape("/nowhere/fastcar.xclbin");
    const auto read = designShape(designWith(configuration("emulated")));
    QVERIFY(none && read);
    QVERIFY(read->card == none->card);
    QCOMPARE(read->maxColumns, none->maxColumns);
    QCOMPARE(read->maxOutputs, none->maxOutputs);
    QCOMPARE(read->maxHidden, none->maxHidden);
    QCOMPARE(read->maxPositions, none->maxPositions);
    QCOMPARE(read->maxHeads, none->maxHeads);
    QCOMPARE(read->maxHeadDim, none->maxHeadDim);
}

void TestDesignShape::theCardsConfigurationIsReadWhole()
{
    const auto shape =
        designShape(designWith("# a comment with = in it\nplatform = some_shell\nCores = 8\nLanes=512\n"
                               "Ports = 16\r\nRows = 32\nMaxK = 4096\nMaxN = 8192\nMaxD = 1024\n"
                               "MaxPositions = 2048\nMaxHeads = 16\nMaxHead = 128\n"));
    QVERIFY(bool(shape));
    QVERIFY(shape->card == (CardShape{.cores = 8, .lanes = 512, .ports = 16, .rows = 32}));
    QCOMPARE(shape->maxColumns, 4096);
    QCOMPARE(shape->maxOutputs, 8192);
    QCOMPARE(shape->maxHidden, 1024);
    QCOMPARE(shape->maxPositions, 2048);
    QCOMPARE(shape->maxHeads, 16);
    QCOMPARE(shape->maxHeadDim, 128);
    QVERIFY(bool(designShape(designWith(configuration("u280")))));
}

void TestDesignShape::aCardsDescriptionIsOfItsConfiguration_data()
{
    QTest::addColumn<QString>("card");
    QTest::addColumn<QString>("configuration");
    QTest::newRow("u280") << "u280"
                          << "u280";
    QTest::newRow("u55c: the same chip") << "u55c"
                                         << "u280";
    QTest::newRow("emulated") << "emulated"
                              << "emulated";
}

/// What is timed and reckoned for a card (resources/cards) is what is built for it (fpga/platform).
void TestDesignShape::aCardsDescriptionIsOfItsConfiguration()
{
    QFETCH(QString, card);
    QFETCH(QString, configuration);
    const auto described =
        CardDescription::read(QString(FASTCAR_SOURCE_DIR "/resources/cards/%1.json").arg(card).toStdString());
    QVERIFY2(described.ok(), described.ok() ? "" : described.error().message.c_str());
    const QByteArray text = this->configuration(qPrintable(configuration));
    const auto built = designShape(designWith(text));
    const auto shape = shapeOf(*described);
    QVERIFY2(shape.ok(), shape.ok() ? "" : shape.error().message.c_str());
    QVERIFY(shape->card == built->card);
    QCOMPARE(shape->maxColumns, built->maxColumns);
    QCOMPARE(shape->maxOutputs, built->maxOutputs);
    QCOMPARE(shape->maxHidden, built->maxHidden);
    QCOMPARE(shape->maxPositions, built->maxPositions);
    QCOMPARE(shape->maxHeads, built->maxHeads);
    QCOMPARE(shape->maxHeadDim, built->maxHeadDim);
    if (configuration == "emulated")
        return; // its clock and banks are the simulation's
    const QString number = QString::number(described->design.clockHz.value / 1e6);
    QVERIFY(text.contains(QString("clock_mhz = %1\n").arg(number).toUtf8()));
    const double banks = described->memory.banks.value / described->design.ports.value;
    QVERIFY(text.contains(QString("banks_of_port = %1\n").arg(banks).toUtf8()));
}

void TestDesignShape::aMissingOrWrongParameterIsNamed_data()
{
    QTest::addColumn<QByteArray>("instead");
    QTest::newRow("missing") << QByteArray();
    QTest::newRow("text") << QByteArray("MaxK = many");
    QTest::newRow("nothing") << QByteArray("MaxK =");
    QTest::newRow("zero") << QByteArray("MaxK = 0");
    QTest::newRow("with a unit") << QByteArray("MaxK = 1536 columns");
    QTest::newRow("too large") << QByteArray("MaxK = 99999999999");
}

void TestDesignShape::aMissingOrWrongParameterIsNamed()
{
    QFETCH(QByteArray, instead);
    QByteArray text = configuration("emulated");
    QVERIFY(text.contains("MaxK         = 1536"));
    const auto shape = designShape(designWith(text.replace("MaxK         = 1536", instead)));
    QVERIFY(!shape);
    const QString said = QString::fromStdString(shape.error().message);
    QVERIFY2(said.contains("fastcar.conf") && said.contains("MaxK"), qPrintable(said));
}

QTEST_GUILESS_MAIN(TestDesignShape)
#include "test_design_shape.moc"
