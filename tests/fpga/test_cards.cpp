// SPDX-License-Identifier: Apache-2.0
//
// Cards as data: what is read, what is refused, which design fits, and which model.
#include "fpga/timing/card_energy.h"
#include "fpga/timing/card_fit.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace fastcar;
using namespace fastcar::fpga;

namespace {

const std::filesystem::path folder = FASTCAR_SOURCE_DIR "/resources/cards";

CardDescription card(const std::string &name)
{
    Result<CardDescription> read = CardDescription::read(folder / (name + ".json"));
    if (!read)
        qFatal("%s", read.error().message.c_str());
    return *read;
}

QJsonObject json(const char *name)
{
    QFile file(QString::fromStdString((folder / (std::string(name) + ".json")).string()));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

AcceleratorShape shapeOfParameters(const QJsonObject &parameters)
{
    const auto of = [&](const char *name) { return parameters[name].toInt(); };
    return {.card = {.cores = of("Cores"), .lanes = of("Lanes"), .ports = of("Ports"), .rows = of("Rows")},
            .maxColumns = of("MaxK"),
            .maxOutputs = of("MaxN"),
            .maxHidden = of("MaxD"),
            .maxPositions = of("MaxPositions"),
            .maxHeads = of("MaxHeads"),
            .maxHeadDim = of("MaxHead")};
}

/// Whether a module was mapped for these parameters of a configuration.
bool agree(const QJsonObject &module, const QJsonObject &parameters)
{
    for (auto at = module.begin(); at != module.end(); ++at)
        if (parameters.contains(at.key()) && parameters[at.key()] != at.value())
            return false;
    const auto words = [&](const char *key, const char *parameter) {
        return !module.contains(key) || 8 * module[key].toInt() == parameters[parameter].toInt();
    };
    return words("XWords", "MaxD") && words("YWords", "MaxN");
}

/// VILA-U's language model: hidden 4096, MLP 11008, 32 layers of 32 heads, 8 frames of 16 x 16 positions.
ModelConfig sevenBillion()
{
    ModelConfig model;
    model.backbone.layers = 32;
    model.backbone.hidden = 4096;
    model.backbone.intermediate = 11008;
    model.backbone.heads = model.backbone.kvHeads = 32;
    model.backbone.headDim = 128;
    model.backbone.vocabulary = 32000;
    model.backbone.maxPositions = 4096;
    model.gridHeight = model.gridWidth = 16;
    model.videoFrames = 8;
    return model;
}

ModelConfig small()
{
    ModelConfig model = sevenBillion();
    model.backbone.layers = 5;
    model.backbone.hidden = 192;
    model.backbone.intermediate = 1536;
    model.backbone.heads = model.backbone.kvHeads = 3;
    model.backbone.headDim = 64;
    model.backbone.maxPositions = 1024;
    model.gridHeight = model.gridWidth = 8;
    return model;
}

} // namespace

class TestCards : public QObject {
    Q_OBJECT

private slots:
    void everyCardOfTheFolderIsReadAndItsDesignFits()
    {
        const std::vector<CardDescription> cards = describedCards();
        QCOMPARE(cards.size(), std::size_t{5});
        for (const CardDescription &described : cards) {
            const Result<AcceleratorShape> shape = shapeOf(described);
            QVERIFY2(shape.ok(), shape.ok() ? "" : shape.error().message.c_str());
            const DesignNeeds needs = needsOf(*shape);
            QVERIFY(needs.lut <= described.design.filling.value * described.part.lut.value);
            QVERIFY(needs.dsp <= described.design.filling.value * described.part.dsp.value);
            QVERIFY(!described.assumed().empty()); // nothing was placed: each assumes something
            QVERIFY(described.stream().latency > 0);
        }
    }

    void theNameOrAFileFindsACard()
    {
        QCOMPARE(findCard("u280")->title, std::string("AMD Alveo U280"));
        QCOMPARE(findCard((folder / "kv260.json").string())->name, std::string("kv260"));
        const auto none = findCard("u999");
        QCOMPARE(none.error().kind, ErrorKind::NotFound);
        QVERIFY(none.error().message.find("emulated, kv260, u280, u55c, vck190") != std::string::npos);
        QVERIFY(!findCard("/nowhere/card.json").ok());
    }

    void aFileThatCannotBeReadIsTold()
    {
        QTemporaryDir folder;
        const auto file = [&](const char *name) { return folder.filePath(name); };
        QVERIFY(QFile::copy(FASTCAR_SOURCE_DIR "/resources/cards/u280.json", file("u280.json")));
        QFile broken(file("broken.json"));
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("{\"name\": \"broken\"}") > 0);
        broken.close();
        const DescribedCards found = cardsIn(folder.path().toStdString());
        QCOMPARE(found.cards.size(), std::size_t{1});
        QCOMPARE(found.cards[0].name, std::string("u280"));
        QCOMPARE(found.unreadable.size(), std::size_t{1});
        const QString message = QString::fromStdString(found.unreadable[0].message);
        QVERIFY2(message.contains(file("broken.json")) && message.contains("\"title\""), qPrintable(message));
        QVERIFY(cardsIn(cardsFolder()).unreadable.empty());
        QVERIFY(cardsIn("/nowhere").cards.empty());
    }

    void aWrongFieldIsNamed_data()
    {
        QTest::addColumn<QString>("section");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("says");
        const auto figure = [](const QJsonValue &value, const char *evidence) {
            return QJsonValue(QJsonObject{{"value", value}, {"evidence", evidence}});
        };
        QTest::newRow("missing") << "part"
                                 << "dsp" << QJsonValue() << "part.dsp is missing";
        QTest::newRow("a bare number") << "part"
                                       << "dsp" << QJsonValue(9024) << "part.dsp is missing";
        QTest::newRow("a word") << "part"
                                << "dsp" << figure("many", "assumed") << "part.dsp is \"many\"";
        QTest::newRow("half a DSP") << "part"
                                    << "dsp" << figure(0.5, "assumed") << "part.dsp is 0.5";
        QTest::newRow("three ports") << "design"
                                     << "ports" << figure(3, "assumed") << "a power of two from 1.0 to 32.0";
        QTest::newRow("64 ports") << "design"
                                  << "ports" << figure(64, "assumed") << "design.ports is 64";
        QTest::newRow("more than the peak")
            << "memory"
            << "reachable" << figure(1.5, "assumed") << "memory.reachable is 1.5";
        QTest::newRow("no evidence") << "design"
                                     << "clock_hz" << figure(3e8, "surely")
                                     << "design.clock_hz does not say what it rests on";
        QTest::newRow("six cores") << "design"
                                   << "cores" << figure(6, "assumed") << "design.cores is 6";
    }

    void aWrongFieldIsNamed()
    {
        QFETCH(QString, section);
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        QFETCH(QString, says);
        QJsonObject document = json("u280");
        QJsonObject changed = document[section].toObject();
        if (value.isNull())
            changed.remove(field);
        else
            changed[field] = value;
        document[section] = changed;
        const auto read =
            CardDescription::parse(QJsonDocument(document).toJson().toStdString(), "my card.json");
        QVERIFY(!read.ok());
        const QString message = QString::fromStdString(read.error().message);
        QVERIFY2(message.contains(says) && message.contains("my card.json"), qPrintable(message));
    }

    void whatIsNoDescriptionIsRefused()
    {
        for (const char *text : {"", "[]", "{}", "{\"name\": \"a\", \"title\": \"b\"}", "not json"})
            QVERIFY(!CardDescription::parse(text, "a.json").ok());
    }

    void theMappedDesignTakesWhatTheModulesTakeTogether()
    {
        QFile file(FASTCAR_SOURCE_DIR "/fpga/synthesis/resources.json");
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject configurations =
            QJsonDocument::fromJson(file.readAll()).object()["configurations"].toObject();
        const qsizetype all = configurations["emulated"].toObject()["modules"].toObject().size();
        QVERIFY(all > 0);
        for (auto at = configurations.begin(); at != configurations.end(); ++at) {
            const QJsonObject parameters = at->toObject()["parameters"].toObject();
            const QJsonObject modules = at->toObject()["modules"].toObject();
            DesignNeeds sum;
            qsizetype mapped = 0;
            for (const QJsonValue &value : modules) {
                const QJsonObject module = value.toObject();
                if (!agree(module["module_parameters"].toObject(), parameters))
                    continue; // mapped before the configuration changed
                ++mapped;
                const double count = module["instances"].toDouble();
                sum.lut += count * (module["lut"].toDouble() + module["lut_of_memory"].toDouble());
                sum.ff += count * module["ff"].toDouble();
                sum.dsp += count * module["dsp48"].toDouble();
                sum.bram36 += count * module["bram36"].toDouble();
            }
            const DesignNeeds needs = needsOf(shapeOfParameters(parameters));
            // Modules that were not mapped for a configuration come from the other one, scaled.
            if (mapped < all) {
                QVERIFY(needs.lut > sum.lut && needs.ff > sum.ff && needs.dsp >= sum.dsp);
                QVERIFY(needs.bram36 >= sum.bram36);
                continue;
            }
            QCOMPARE(needs.lut, sum.lut);
            QCOMPARE(needs.ff, sum.ff);
            QCOMPARE(needs.dsp, sum.dsp);
            QCOMPARE(needs.bram36, sum.bram36);
        }
    }

    void aModuleThatWasNotMappedIsScaled()
    {
        AcceleratorShape shape;
        const DesignNeeds mapped = needsOf(shape);
        shape.card.cores = 8;
        const DesignNeeds more = needsOf(shape);
        shape.card.lanes = 128;
        const DesignNeeds wider = needsOf(shape);
        const double cores = more.dsp - mapped.dsp; // of four cores of 64 multiply-adds
        QCOMPARE(cores, 4.0 * 64);
        QCOMPARE(wider.dsp - more.dsp, 2 * cores);
        QCOMPARE(wider.bram36, more.bram36);
        shape.maxColumns *= 2;
        QVERIFY(needsOf(shape).bram36 > wider.bram36);
        QCOMPARE(needsOf(shape).dsp, wider.dsp);
    }

    void coresAreAsManyAsFit()
    {
        CardDescription described = card("vck190");
        const AcceleratorShape shape = *shapeOf(described);
        AcceleratorShape more = shape;
        more.card.cores *= 2;
        const auto within = [&](const AcceleratorShape &candidate) {
            const DesignNeeds needs = needsOf(candidate);
            const double share = described.design.filling.value;
            return needs.lut <= share * described.part.lut.value &&
                   needs.ff <= share * described.part.ff.value &&
                   needs.dsp <= share * described.part.dsp.value &&
                   needs.bram36 <= share * (described.part.bram36.value + 8 * described.part.uram.value);
        };
        QVERIFY(within(shape));
        QVERIFY(more.card.cores > 32 || !within(more));
        described.part.dsp.value = 1e6; // another part: then something else decides, or the circuit's limit
        QVERIFY(shapeOf(described)->card.cores >= shape.card.cores);
        described.part.dsp.value = 200;
        const auto none = shapeOf(described);
        QVERIFY(!none.ok());
        QVERIFY2(none.error().message.find("DSPs, and 140 may be taken") != std::string::npos,
                 none.error().message.c_str());
    }

    void memoryIsAsFastAsItsSlowestPart()
    {
        CardDescription described = card("u280");
        QCOMPARE(described.portBytes(), std::uint64_t{512} << 20);
        QCOMPARE(described.portBytesPerSecond(), 460e9 / 32 * 0.9);
        QCOMPARE(described.stream().cyclesPerBeat, 1);
        QCOMPARE(described.stream().latency, 40);
        described.design.clockHz.value = 3e8; // faster than a bank
        QCOMPARE(described.stream().cyclesPerBeat, 2);
        QCOMPARE(card("emulated").stream().latency, 40); // as it is simulated
        QCOMPARE(card("emulated").stream().cyclesPerBeat, 1);
        const AcceleratorShape emulated = *shapeOf(card("emulated"));
        QVERIFY(emulated.card == AcceleratorShape{}.card);
    }

    void aModelOfSevenBillionFitsWhereItsMemoryIs()
    {
        const CardDescription large = card("u55c"), small8 = card("u280"), narrow = card("kv260");
        const GenerationSize size = GenerationSize::of(sevenBillion());
        QCOMPARE(size.positions, 8 * 256 + 77);
        const auto fits = programFor(large, *shapeOf(large), sevenBillion(), size);
        QVERIFY2(fits.ok(), fits.ok() ? "" : fits.error().message.c_str());
        std::uint64_t bytes = 0;
        for (const std::uint64_t port : fits->bytes)
            bytes += port;
        QVERIFY(bytes > std::uint64_t{6} << 30); // weights alone are 6.0 GiB
        for (const auto &image : fits->images)
            QVERIFY(image.empty());
        const auto eight = programFor(small8, *shapeOf(small8), sevenBillion(), size);
        QVERIFY(!eight.ok());
        QVERIFY2(eight.error().message.find("port 0 needs") != std::string::npos &&
                     eight.error().message.find("and has 512.0 MiB") != std::string::npos,
                 eight.error().message.c_str());
        const auto little = programFor(narrow, *shapeOf(narrow), sevenBillion(), size);
        QVERIFY(!little.ok());
        QVERIFY2(little.error().message.find("it needs 22016 outputs of a matrix, and there are 3072") !=
                     std::string::npos,
                 little.error().message.c_str());
    }

    void aProgramOfSizesIsTheOneOfTheModel()
    {
        for (const char *name : {"u280", "u55c", "kv260", "vck190", "emulated"}) {
            const CardDescription described = card(name);
            const auto program =
                programFor(described, *shapeOf(described), small(), GenerationSize::of(small()));
            QVERIFY2(program.ok(), program.ok() ? "" : program.error().message.c_str());
            QVERIFY(program->places.programBeats > 5 * 10);
        }
    }

    void energyIsActivityTimesCoefficients()
    {
        CardDescription described = card("u280");
        described.energy.joulePerMac.value = 1e-12;
        described.energy.joulePerBit.value = 1e-11;
        described.energy.idleWatt.value = 10;
        CardCounters counters = CardCounters::of(2, 2);
        counters.cycles = 200'000'000; // a second at 200 MHz
        counters.coreBusy = {100, 50};
        counters.attention = {0, 10};
        counters.beatsRead = {3, 4};
        counters.beatsWritten = {1, 0};
        const EnergyEstimate energy = energyOf(described, counters);
        QCOMPARE(energy.computeJ, (150 * 512 + 10 * 64) * 1e-12);
        QCOMPARE(energy.memoryJ, 8 * 512 * 1e-11);
        QCOMPARE(energy.idleJ, 10.0);
        QCOMPARE(energy.totalJ(), energy.computeJ + energy.memoryJ + energy.idleJ);
    }
};

QTEST_APPLESS_MAIN(TestCards)
#include "test_cards.moc"
