// SPDX-License-Identifier: Apache-2.0
//
// A run for the views of decisions and scores, with no engine behind it, and where such a view stands in a
// test: alone in a window.
#pragma once

#include "tests/ui/named_control.h"
#include "ui/models/run_record.h"
#include "ui/models/selection.h"
#include "ui/models/token_range.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QTest>
#include <QWidget>

#include <cmath>
#include <memory>
#include <optional>

namespace fastcar::ui {

/// A run in which everything differs from place to place: several layers, many frames, chains of all lengths,
/// layers that never replay, and the two rows not alike.
struct MixedRun {
    static constexpr int layers = 5;
    static constexpr int rows = 2;
    static constexpr int gridWidth = 4;
    static constexpr int gridHeight = 3;
    static constexpr int stride = gridWidth * gridHeight;
    static constexpr int frames = 9;
    static constexpr int tokens = frames * stride;

    static LayerOutcome outcome(int step, int layer, int row)
    {
        if (step < stride)
            return {std::nanf(""), Decision::NotEligible};
        const int mixed = (step * 7 + layer * 13 + row * 5 + step / stride * 3) % 23;
        const float tas = 0.25f * static_cast<float>(mixed) - 2.0f;
        if (layer == 4)
            return {tas, Decision::NotEligible};
        return {tas, mixed % (layer + 2) != 0 ? Decision::Replayed : Decision::Computed};
    }

    static float headScore(int step, int layer, int row, int head)
    {
        return outcome(step, layer, row).tas + 0.125f * static_cast<float>(head - 1);
    }

    static int chain(int step, int layer, int row)
    {
        int length = 0;
        for (; step >= 0 && outcome(step, layer, row).decision == Decision::Replayed; step -= stride)
            ++length;
        return length;
    }

    void begin()
    {
        ModelConfig config;
        config.backbone.layers = layers;
        config.depth.depth = 1;
        config.gridHeight = gridHeight;
        config.gridWidth = gridWidth;
        RunSettings settings;
        settings.prompt = "mixed";
        settings.frames = frames;
        settings.replay.thresholds = {0.5f, 0.5f, 0.5f, 0.5f, std::nullopt};
        range.follow(record, selection);
        record.begin(config, settings);
        selection.setLimits(layers, rows, stride, 1);
    }

    /// Goes on up to and with the token of that number; steps are one fewer.
    void drawUpTo(int token)
    {
        EngineThread::Drained drained;
        for (; next <= token; ++next) {
            const auto number = static_cast<std::uint32_t>(next);
            for (int layer = 0; next > 0 && layer < layers; ++layer)
                for (int row = 0; row < rows; ++row) {
                    const LayerOutcome made = outcome(next - 1, layer, row);
                    drained.events.push_back({.kind = Event::Kind::LayerOutcome,
                                              .decision = made.decision,
                                              .layer = static_cast<std::uint16_t>(layer),
                                              .row = static_cast<std::uint16_t>(row),
                                              .token = number - 1,
                                              .tas = made.tas});
                    for (int head = 0; next > stride && head < heads; ++head)
                        drained.events.push_back({.kind = Event::Kind::HeadScored,
                                                  .layer = static_cast<std::uint16_t>(layer),
                                                  .row = static_cast<std::uint16_t>(row),
                                                  .token = number - 1,
                                                  .tas = headScore(next - 1, layer, row, head),
                                                  .code = head,
                                                  .count = heads});
                }
            drained.events.push_back({.kind = Event::Kind::CodeDrawn, .token = number});
            drained.events.push_back(
                {.kind = Event::Kind::TokenDone, .token = number, .timeNs = 1000 * next});
        }
        record.take(drained);
        // As if a preview had come of the frame at hand.
        selection.setVisibleFrames(token / stride + 1);
    }

    void drawAll() { drawUpTo(tokens - 1); }

    RunRecord record;
    Selection selection;
    TokenRange range;
    int next = 0;
    int heads = 0; // whose scores are told
};

/// What a test class of such views derives from, beside QObject.
class ViewsOfMixedRun {
protected:
    void begin()
    {
        run_ = std::make_unique<MixedRun>();
        run_->begin();
    }
    void end()
    {
        host_.reset();
        run_.reset();
    }
    void show(QWidget *panel)
    {
        host_.reset(panel);
        host_->resize(900, 320);
        host_->show();
        QVERIFY(QTest::qWaitForWindowExposed(host_.get()));
        QCoreApplication::processEvents();
    }
    template <typename T>
    T *find(const char *name) const
    {
        return namedControl<T>(*host_, name);
    }
    /// As a person does.
    static void choose(QComboBox &combo, int data)
    {
        combo.setCurrentIndex(combo.findData(data));
        emit combo.activated(combo.currentIndex());
    }

    std::unique_ptr<MixedRun> run_;
    std::unique_ptr<QWidget> host_;
};

} // namespace fastcar::ui
