// SPDX-License-Identifier: Apache-2.0
//
// Plots of a run: their numbers, and that they are drawn.
#include "tests/ui/exported_run.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QSvgRenderer>

using namespace fastcar;
using namespace fastcar::ui;
using What = ExportChoice::What;

class TestExportPlots : public QObject, private ExportedRun {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }
    void init() { makeMaterial(); }
    void cleanup() { removeFiles(); }

    void plotsSayWhatTheTraceSays();
    void plotsAreDrawnAndPainted();
    void driftNeedsAnotherRun();
};

void TestExportPlots::plotsSayWhatTheTraceSays()
{
    const ReplayStatistics replay = material_->trace->statistics();
    const auto lines = [&](PlotKind kind) {
        ExportChoice choice;
        choice.what = What::Plot;
        choice.plot = kind;
        choice.plotEnding = QStringLiteral("csv");
        write(choice, path("plot.csv"));
        QFile file(path("plot.csv"));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("It is not there.");
        return QString::fromUtf8(file.readAll()).trimmed().split(QLatin1Char('\n'));
    };
    const QStringList layers = lines(PlotKind::RatioByLayer);
    QCOMPARE(layers.size(), 1 + MadeRun::layers);
    for (int layer = 0; layer < MadeRun::layers; ++layer) {
        const QStringList cells = layers[layer + 1].split(QLatin1Char(','));
        const ReplayCount count = replay.ofLayer(layer);
        QCOMPARE(cells[0].toInt(), layer + 1);
        QCOMPARE(cells[1].toLongLong(), qlonglong(count.replayed));
        QCOMPARE(cells[2].toLongLong(), qlonglong(count.eligible));
        QCOMPARE(cells[4].isEmpty(), count.eligible == 0);
        QVERIFY(std::abs(cells[5].toDouble() - count.ofAll()) < 1e-9);
    }
    QCOMPARE(lines(PlotKind::RatioByFrame).size(), 1 + MadeRun::frames);
    qlonglong replayed = 0, computed = 0;
    for (const QString &line : lines(PlotKind::TasHistogram).mid(1)) {
        replayed += line.split(QLatin1Char(','))[2].toLongLong();
        computed += line.split(QLatin1Char(','))[3].toLongLong();
    }
    QCOMPARE(replayed, qlonglong(replay.all().replayed));
    const int scored = material_->trace->steps() - MadeRun::stride; // from frame 2 on
    QCOMPARE(replayed + computed, qlonglong(scored * MadeRun::layers * MadeRun::rows));
}

void TestExportPlots::plotsAreDrawnAndPainted()
{
    ExportChoice choice;
    choice.what = What::Plot;
    choice.plot = PlotKind::TasHistogram;
    write(choice, path("plot.png"));
    const QImage picture(path("plot.png"));
    QCOMPARE(picture.size(), QSize(1280, 760));
    const QRgb orange = colorsOf(ThemeName::Light).replay.rgb();
    int found = 0;
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            found += picture.pixel(x, y) == orange;
    QVERIFY(found > 500);
    choice.plotEnding = QStringLiteral("svg");
    write(choice, path("plot.svg"));
    QSvgRenderer drawing(path("plot.svg"));
    QVERIFY(drawing.isValid());
    QCOMPARE(drawing.viewBox().size(), QSize(640, 380));
}

void TestExportPlots::driftNeedsAnotherRun()
{
    ExportChoice choice;
    choice.what = What::Plot;
    choice.plot = PlotKind::Drift;
    const auto refused = writeExport({choice, material_, path("drift.png")}, goOn);
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().message.find("compare") != std::string::npos);
    LoadedRun a, b;
    a.videos = {{MadeRun::picture(10, 10, 10), MadeRun::picture(10, 10, 10)}};
    b.videos = {{MadeRun::picture(10, 10, 10), MadeRun::picture(16, 10, 10)}};
    material_->comparison = std::make_shared<const LoadedComparison>(*compareRuns(a, b));
    choice.plotEnding = QStringLiteral("csv");
    write(choice, path("drift.csv"));
    QFile file(path("drift.csv"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto lines = file.readAll().split('\n');
    QVERIFY(lines[1].startsWith("1,0,inf,1,,"));
    QVERIFY(lines[2].startsWith("2,2,"));
}

QTEST_MAIN(TestExportPlots)
#include "test_export_plots.moc"
