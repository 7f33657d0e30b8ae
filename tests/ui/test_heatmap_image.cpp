// SPDX-License-Identifier: Apache-2.0
//
// What the heatmaps show, and where: against a plain reading of the run.
#include "tests/ui/mixed_run.h"
#include "ui/heatmap/heatmap_image.h"
#include "ui/heatmap/heatmap_legend.h"
#include "ui/theme/colormap.h"
#include "ui/theme/decision_colors.h"
#include "ui/theme/oklab.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QTest>

#include <cmath>

using namespace fastcar;
using namespace fastcar::ui;

namespace {

/// The value of a place, read plainly.
HeatmapCell expectedCell(const HeatmapChoice &choice, const HeatmapPlace &place, int row)
{
    const int step = place.frame * MixedRun::stride + place.position;
    const int first = choice.difference ? 0 : row;
    const LayerOutcome a = MixedRun::outcome(step, place.layer, first);
    const LayerOutcome b = MixedRun::outcome(step, place.layer, 1);
    const auto there = [](double value) { return HeatmapCell{static_cast<float>(value), CellState::There}; };
    const bool eligible = a.decision != Decision::NotEligible;
    switch (choice.value) {
    case HeatmapValue::Tas:
        if (std::isnan(a.tas))
            return {.value = 0.0f, .state = CellState::None};
        return there(choice.difference ? a.tas - b.tas : a.tas);
    case HeatmapValue::Chain:
        if (!eligible)
            return {.value = 0.0f, .state = CellState::NotEligible};
        return there(MixedRun::chain(step, place.layer, first) -
                     (choice.difference ? MixedRun::chain(step, place.layer, 1) : 0));
    case HeatmapValue::Decision: {
        if (!eligible)
            return {.value = 0.0f, .state = CellState::NotEligible};
        const bool ra = a.decision == Decision::Replayed;
        const bool rb = choice.difference ? b.decision == Decision::Replayed : ra;
        const DecisionCell cell = ra && rb ? DecisionCell::Replayed
                                  : ra     ? DecisionCell::OnlyFirst
                                  : rb     ? DecisionCell::OnlySecond
                                           : DecisionCell::Computed;
        return there(static_cast<double>(cell));
    }
    case HeatmapValue::LayersReplayed: {
        if (step < MixedRun::stride)
            return {.value = 0.0f, .state = CellState::NotEligible};
        int replayed = 0;
        for (int layer = 0; layer < MixedRun::layers; ++layer) {
            replayed += MixedRun::outcome(step, layer, first).decision == Decision::Replayed;
            if (choice.difference)
                replayed -= MixedRun::outcome(step, layer, 1).decision == Decision::Replayed;
        }
        return there(replayed / static_cast<double>(MixedRun::layers));
    }
    case HeatmapValue::Drift: // of pictures, which this run has none of
        break;
    }
    return {};
}

} // namespace

class TestHeatmapImage : public QObject, private ViewsOfMixedRun {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }
    void init() { begin(); }
    void cleanup() { end(); }

    void aHeatmapIsWhatTheTraceSays_data();
    void aHeatmapIsWhatTheTraceSays();
    void theTokensToComeHaveNoValue();
    void everyCellIsWhereItIsHit_data();
    void everyCellIsWhereItIsHit();
    void cellsAreDrawnInTheColourOfTheirValue();
    void coloursRunEvenlyInLightness();
};

void TestHeatmapImage::aHeatmapIsWhatTheTraceSays_data()
{
    QTest::addColumn<HeatmapKind>("kind");
    QTest::newRow("layers of a frame") << HeatmapKind::LayersByPositions;
    QTest::newRow("frames of a layer") << HeatmapKind::FrameMaps;
    QTest::newRow("a position over time") << HeatmapKind::LayersByFrames;
}

void TestHeatmapImage::aHeatmapIsWhatTheTraceSays()
{
    QFETCH(HeatmapKind, kind);
    run_->drawAll();
    run_->selection.chooseFrame(5);
    run_->selection.chooseLayer(2);
    run_->selection.choosePosition(7);
    int grids = 0;
    for (const auto value :
         {HeatmapValue::Tas, HeatmapValue::Decision, HeatmapValue::Chain, HeatmapValue::LayersReplayed}) {
        for (const int row : {0, 1, -1}) {
            const HeatmapChoice choice{.kind = kind, .value = value, .difference = row < 0};
            run_->selection.chooseRow(std::max(0, row));
            const HeatmapGrid grid = makeHeatmap(run_->record, run_->selection, choice);
            QCOMPARE(grid.empty(), !isPossible(choice, true));
            if (grid.empty())
                continue;
            ++grids;
            for (int r = 0; r < grid.rows; ++r) {
                for (int c = 0; c < grid.columns; ++c) {
                    const HeatmapPlace place = grid.placeOf(r, c);
                    QCOMPARE(place.frame, kind == HeatmapKind::FrameMaps        ? r
                                          : kind == HeatmapKind::LayersByFrames ? c
                                                                                : 5);
                    QCOMPARE(place.layer, kind == HeatmapKind::FrameMaps ? 2 : r);
                    QCOMPARE(place.position, kind == HeatmapKind::LayersByFrames ? 7 : c);
                    if (place.frame * MixedRun::stride + place.position == MixedRun::tokens - 1)
                        continue; // the last token has no step
                    const HeatmapCell wanted = expectedCell(choice, place, std::max(0, row));
                    QCOMPARE(grid.at(r, c).state, wanted.state);
                    QCOMPARE(grid.at(r, c).value, wanted.value);
                }
            }
            const auto chosen = grid.chosenCell();
            QVERIFY(chosen && grid.placeOf(chosen->first, chosen->second) == grid.chosen);
        }
    }
    QCOMPARE(grids, kind == HeatmapKind::FrameMaps ? 12 : 9);
}

void TestHeatmapImage::theTokensToComeHaveNoValue()
{
    run_->drawUpTo(2 * MixedRun::stride + 4); // step 28 is to come
    run_->selection.chooseFrame(2);
    const HeatmapGrid grid = makeHeatmap(run_->record, run_->selection, {});
    for (int column = 0; column < grid.columns; ++column)
        QCOMPARE(grid.at(1, column).state, column < 4 ? CellState::There : CellState::ToCome);
    const HeatmapGrid frames = makeHeatmap(run_->record, run_->selection,
                                           {.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::Tas});
    QCOMPARE(frames.at(0, 3).state, CellState::None);
    QCOMPARE(frames.at(1, 3).state, CellState::There);
    QCOMPARE(frames.at(3, 0).state, CellState::ToCome);
}

void TestHeatmapImage::everyCellIsWhereItIsHit_data()
{
    QTest::addColumn<HeatmapKind>("kind");
    QTest::addColumn<QSizeF>("size");
    QTest::addColumn<double>("ratio");
    for (const auto &[name, kind] :
         {std::pair("layers", HeatmapKind::LayersByPositions), std::pair("maps", HeatmapKind::FrameMaps),
          std::pair("time", HeatmapKind::LayersByFrames)}) {
        QTest::addRow("%s, roomy", name) << kind << QSizeF(900, 300) << 1.0;
        QTest::addRow("%s, crowded", name) << kind << QSizeF(90, 60) << 1.0;
        QTest::addRow("%s, at twice the pixels", name) << kind << QSizeF(411, 203) << 2.0;
    }
}

void TestHeatmapImage::everyCellIsWhereItIsHit()
{
    QFETCH(HeatmapKind, kind);
    QFETCH(QSizeF, size);
    QFETCH(double, ratio);
    run_->drawAll();
    run_->selection.choosePosition(3);
    const HeatmapGrid grid =
        makeHeatmap(run_->record, run_->selection, {.kind = kind, .value = HeatmapValue::Tas});
    const HeatmapLayout layout(grid, size, ratio);
    QRectF all;
    for (int row = 0; row < grid.rows; ++row) {
        for (int column = 0; column < grid.columns; ++column) {
            const QRectF cell = layout.cellRect(row, column);
            QVERIFY(layout.cellAt(cell.center()) == std::pair(row, column));
            QVERIFY(layout.cellAt(cell.topLeft() + QPointF(0.1, 0.1)) == std::pair(row, column));
            QVERIFY(!all.intersects(cell.adjusted(0.1, 0.1, -0.1, -0.1)) || layout.isMaps() || column > 0 ||
                    row > 0);
            const double left = cell.left() * ratio;
            QVERIFY(std::abs(left - std::round(left)) < 1e-6); // on the pixels of the device
            all = all.united(cell);
        }
    }
    QVERIFY(QRectF(QPointF(0, 0), layout.content()).contains(all));
    QVERIFY(!layout.cellAt({-3.0, -3.0}));
    QVERIFY(!layout.cellAt(all.bottomRight() + QPointF(1.0, 1.0)));
}

void TestHeatmapImage::cellsAreDrawnInTheColourOfTheirValue()
{
    run_->drawUpTo(5 * MixedRun::stride);
    const HeatmapGrid grid = makeHeatmap(run_->record, run_->selection,
                                         {.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::Tas});
    HeatmapRanges ranges;
    const HeatmapColors colors{
        .choice = grid.choice, .range = ranges.of(run_->record, grid), .longestChain = MixedRun::frames - 1};
    QVERIFY(colors.range && colors.range->low < -1.5f && colors.range->high > 3.0f);
    const HeatmapLayout layout(grid, {900, 300}, 2.0);
    const QImage image = paintHeatmap(grid, colors, layout, 2.0, qRgb(1, 2, 3));
    QCOMPARE(image.pixel(0, 0), qRgb(1, 2, 3));
    for (int frame = 0; frame < grid.rows; ++frame) {
        for (int position = 0; position < grid.columns; ++position) {
            const QRectF cell = layout.cellRect(frame, position);
            const QPoint at((cell.center() * 2.0).toPoint());
            const QRgb wanted = grid.at(frame, position).state == CellState::None
                                    ? hatched(at.x(), at.y(), 2.0)
                                    : colors.of(grid.at(frame, position));
            QCOMPARE(image.pixel(at), wanted);
        }
    }
    // Higher is brighter, and the ends are the map's.
    QCOMPARE(colors.of({.value = colors.range->high, .state = CellState::There}), colors.onMap(1.0));
    QCOMPARE(colors.of({.value = 1e9f, .state = CellState::There}), colors.onMap(1.0));
}

void TestHeatmapImage::coloursRunEvenlyInLightness()
{
    for (const ThemeName theme : {ThemeName::Dark, ThemeName::Light}) {
        applyTheme(*qApp, theme);
        const bool dark = theme == ThemeName::Dark;
        const auto lightness = [](QRgb color) { return toOkLch(color).lightness; };
        const auto &chains = decisionColors().chains;
        for (std::size_t i = 8; i < chains.size(); i += 8) {
            const double step = lightness(chains[i]) - lightness(chains[i - 8]);
            QVERIFY(dark ? step > 0.005 : step < -0.005); // away from the ground
        }
        const auto &differences = differenceColormap();
        for (std::size_t i = 0; i < 128; i += 16) // as far to either side
            QVERIFY(std::abs(lightness(differences[i]) - lightness(differences[255 - i])) < 0.03);
        QVERIFY(dark == (lightness(differences[128]) < lightness(differences[255])));
    }
    applyTheme(*qApp, ThemeName::Dark);
    const QRgb color = qRgb(120, 50, 200);
    QCOMPARE(toRgb(toOkLch(color)), color);
}

QTEST_MAIN(TestHeatmapImage)
#include "test_heatmap_image.moc"
