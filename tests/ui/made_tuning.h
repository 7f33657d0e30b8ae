// SPDX-License-Identifier: Apache-2.0
//
// The replay panel by itself in a test, over a MadeRun, whose scores a test can foretell, and three
// calibrations of its layers.
#pragma once

#include "tests/ui/made_run.h"
#include "tests/ui/named_control.h"
#include "ui/replay/layer_sliders.h"
#include "ui/replay/replay_panel.h"

#include <QTest>

#include <memory>

namespace fastcar::ui {

inline ModelDefaults calibration()
{
    ModelDefaults made;
    made.thresholds["official"][20] = {0.45f, 1.45f, 2.45f};
    made.thresholds["official"][50] = {0.25f, 1.25f, 2.25f};
    made.thresholds["official"][80] = {0.05f, 1.05f, 2.05f};
    return made;
}

/// The panel and what it shows. Without tokens: nothing has run.
struct Tuning {
    explicit Tuning(int tokens = 18)
    {
        settings.setFrames(MadeRun::frames);
        settings.replay().setModel(MadeRun::layers, calibration());
        panel = std::make_unique<ReplayPanel>(ReplayPanel::Models{settings, record, selection});
        panel->resize(300, 760);
        if (tokens > 0) {
            record.begin(run.config, run.settings);
            record.take(run.newPolicy({})); // without replay
            record.take(run.upTo(tokens));
        }
        panel->show();
        (void)QTest::qWaitForWindowExposed(panel.get());
        sliders = find<LayerSliders>("layerSliders");
        selection.setLimits(MadeRun::layers, MadeRun::rows, MadeRun::stride);
    }
    template <typename T>
    T *find(const char *name)
    {
        return namedControl<T>(*panel, name);
    }
    ReplayChoice &choice() { return settings.replay(); }
    float threshold(int layer) { return choice().thresholds()[static_cast<std::size_t>(layer)].value(); }

    QPoint at(int layer, float tas) const
    {
        const QRectF scale = sliders->scaleRect(layer);
        const TasRange range = sliders->tuning().scale(layer);
        const auto t = static_cast<double>((tas - range.low) / (range.high - range.low));
        return QPointF(scale.left() + t * scale.width(), scale.center().y()).toPoint();
    }
    QPoint on(int layer, LayerTable::Column column) const
    {
        return sliders->visualRect(sliders->model()->index(layer, column)).center();
    }
    void click(const QPoint &place, Qt::KeyboardModifiers keys = {}) const
    {
        QTest::mouseClick(sliders->viewport(), Qt::LeftButton, keys, place);
    }
    void drag(int layer, float from, float to) const
    {
        QTest::mousePress(sliders->viewport(), Qt::LeftButton, {}, at(layer, from));
        for (int part = 1; part <= 4; ++part) {
            const QPoint place = at(layer, from + (to - from) * static_cast<float>(part) / 4.0f);
            QMouseEvent move(QEvent::MouseMove, place, sliders->viewport()->mapToGlobal(place), Qt::NoButton,
                             Qt::LeftButton, {});
            QCoreApplication::sendEvent(sliders->viewport(), &move);
        }
        QTest::mouseRelease(sliders->viewport(), Qt::LeftButton, {}, at(layer, to));
    }
    /// What a pixel is worth.
    float grain(int layer) const
    {
        const TasRange range = sliders->tuning().scale(layer);
        return 1.5f * (range.high - range.low) / static_cast<float>(sliders->scaleRect(layer).width());
    }

    MadeRun run;
    RunRecord record;
    RunSettingsModel settings;
    Selection selection;
    std::unique_ptr<ReplayPanel> panel;
    LayerSliders *sliders = nullptr;
};

} // namespace fastcar::ui
