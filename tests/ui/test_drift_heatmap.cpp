// SPDX-License-Identifier: Apache-2.0
//
// Drift from the run without replay as a heatmap, and as the table behind the overlay of the video.
#include "tests/ui/made_run.h"
#include "ui/heatmap/heatmap_panel.h"
#include "ui/heatmap/heatmap_view.h"
#include "ui/heatmap/heatmap_words.h"
#include "ui/tables/csv_table_view.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QPushButton>
#include <QTest>

using namespace fastcar;
using namespace fastcar::ui;

class TestDriftHeatmap : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }
    void init();
    void cleanup();

    void withoutADenseRunItSaysHowToGetOne();
    void itsNumbersAreTheOverlaysAndTheTables();
    void framesAppearAsTheyBecomeWhole();
    void itIsOfferedOfTheFramesOfALayerAndOfNoRow();
    void whereNoneCanBeToldItIsNotOffered();

private:
    static constexpr HeatmapChoice drift{.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::Drift};
    template <typename T>
    T *find(const char *name)
    {
        return panel_->findChild<T *>(QLatin1String(name));
    }
    void open(const DenseReference *reference);
    /// As if the same run had been made without replay: darker by 30 levels of red at its second position.
    void takeDense();

    MadeRun run_;
    std::unique_ptr<RunRecord> record_;
    std::unique_ptr<Selection> selection_;
    std::unique_ptr<DenseReference> reference_;
    std::unique_ptr<HeatmapPanel> panel_;
};

void TestDriftHeatmap::init()
{
    run_ = {};
    record_ = std::make_unique<RunRecord>();
    selection_ = std::make_unique<Selection>();
    reference_ = std::make_unique<DenseReference>(*record_);
    record_->begin(run_.config, run_.settings);
    selection_->setLimits(MadeRun::layers, MadeRun::rows, MadeRun::stride, 1);
}

void TestDriftHeatmap::cleanup()
{
    panel_.reset();
    reference_.reset();
    selection_.reset();
    record_.reset();
}

void TestDriftHeatmap::open(const DenseReference *reference)
{
    panel_ = std::make_unique<HeatmapPanel>(HeatmapPanel::Models{*record_, *selection_, reference});
    panel_->resize(900, 320);
    panel_->choose(drift);
    panel_->show();
    QVERIFY(QTest::qWaitForWindowExposed(panel_.get()));
    QTest::qWait(0);
}

void TestDriftHeatmap::takeDense()
{
    Frame picture = *MadeRun::picture(255, 0, 0);
    for (int y = 0; y < 4; ++y)
        for (int x = 4; x < 8; ++x)
            picture.rgb[static_cast<std::size_t>(3 * (y * picture.width + x))] -= 30;
    const auto frame = std::make_shared<const Frame>(std::move(picture));
    reference_->take(run_.settings, {{frame, frame, frame}});
}

void TestDriftHeatmap::withoutADenseRunItSaysHowToGetOne()
{
    record_->take(run_.upTo(MadeRun::frames * MadeRun::stride));
    open(reference_.get());
    QVERIFY(panel_->view().grid().empty());
    QVERIFY2(panel_->view().told().contains(reference_->whyNot()), qPrintable(panel_->view().told()));
    takeDense();
    QTRY_VERIFY(!panel_->view().grid().empty()); // by itself
}

void TestDriftHeatmap::itsNumbersAreTheOverlaysAndTheTables()
{
    record_->take(run_.upTo(MadeRun::frames * MadeRun::stride));
    takeDense();
    open(reference_.get());
    find<QPushButton>("heatmapTableButton")->click();
    const auto *table = find<CsvTableView>("heatmapTable");
    QTRY_VERIFY(table->isVisible());
    QCOMPARE(table->model()->rowCount(), MadeRun::frames);
    QCOMPARE(table->model()->columnCount(), MadeRun::stride);
    for (int frame = 0; frame < MadeRun::frames; ++frame) {
        const auto overlay = *reference_->drift(0, frame);
        for (int position = 0; position < MadeRun::stride; ++position) {
            QCOMPARE(overlay[static_cast<std::size_t>(position)], position == 1 ? 10.0f : 0.0f);
            QCOMPARE(table->model()->index(frame, position).data().toString(),
                     position == 1 ? QStringLiteral("10.00") : QStringLiteral("0.00"));
        }
    }
    QVERIFY2(table->csv().endsWith(QStringLiteral("frame 3,0,10,0,0,0,0\n")), qPrintable(table->csv()));
    selection_->setVisibleFrames(3);
    selection_->chooseToken(1, 1);
    QTRY_VERIFY2(panel_->view().told().contains(QStringLiteral("10.00 of 255")),
                 qPrintable(panel_->view().told()));
}

void TestDriftHeatmap::framesAppearAsTheyBecomeWhole()
{
    record_->take(run_.upTo(MadeRun::stride + 2));
    takeDense();
    open(reference_.get());
    const auto stateOf = [this](int frame) { return panel_->view().grid().at(frame, 1).state; };
    QVERIFY(stateOf(0) == CellState::There);
    QVERIFY(stateOf(1) == CellState::ToCome);
    record_->take(run_.upTo(2 * MadeRun::stride));
    QTRY_VERIFY(stateOf(1) == CellState::There);
    QVERIFY(stateOf(2) == CellState::ToCome);
}

void TestDriftHeatmap::itIsOfferedOfTheFramesOfALayerAndOfNoRow()
{
    record_->take(run_.upTo(MadeRun::frames * MadeRun::stride));
    open(reference_.get());
    QVERIFY(!find<QComboBox>("heatmapRowCombo")->isEnabled());
    panel_->choose({.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::Tas, .difference = true});
    QVERIFY(find<QComboBox>("heatmapRowCombo")->isEnabled());
    panel_->choose({.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::Drift, .difference = true});
    QVERIFY(panel_->choice() == drift);
    panel_->choose({.kind = HeatmapKind::LayersByPositions, .value = HeatmapValue::Drift});
    QVERIFY(panel_->choice().value != HeatmapValue::Drift);
}

void TestDriftHeatmap::whereNoneCanBeToldItIsNotOffered()
{
    open(nullptr);
    QCOMPARE(find<QComboBox>("heatmapValueCombo")->findData(static_cast<int>(HeatmapValue::Drift)), -1);
}

QTEST_MAIN(TestDriftHeatmap)
#include "test_drift_heatmap.moc"
