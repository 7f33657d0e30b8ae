// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/replay_presets.h"

#include <QTest>

#include <limits>

using namespace fastcar;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

ModelDefaults calibrated()
{
    ModelDefaults defaults;
    defaults.thresholds["official"] = {{20, {2.0f, infinity}}, {60, {1.0f, infinity}}, {80, {-1.0f, -3.0f}}};
    return defaults;
}

} // namespace

class TestReplayPresets : public QObject {
    Q_OBJECT

private slots:
    void wordsRoundTrip()
    {
        for (const ReplayPreset preset : replayPresets)
            QVERIFY(*parseReplayPreset(toString(preset)) == preset);
        QVERIFY(!parseReplayPreset("faster").ok());
    }

    void exactReplaysNothing()
    {
        ReplayPolicy rest;
        rest.gate = GateMode::All;
        rest.thresholds = {0.0f, 0.0f};
        rest.target = ReplayTarget{};
        const ReplayPolicy policy = presetPolicy(ReplayPreset::Exact, calibrated(), rest);
        QVERIFY(policy.thresholds.empty() && !policy.target);
        QVERIFY(policy.gate == GateMode::All);
    }

    void withoutTheModelsWordTheCalibratedPercentagesNearestToTheUsualOnesAreTaken()
    {
        QCOMPARE(percentOf(ReplayPreset::Balanced, calibrated(), TasDefinition::Official, GateMode::Row), 60);
        QCOMPARE(percentOf(ReplayPreset::Fast, calibrated(), TasDefinition::Official, GateMode::Row), 80);
        const ReplayPolicy policy = presetPolicy(ReplayPreset::Balanced, calibrated(), {});
        QVERIFY(policy.thresholds == (std::vector<std::optional<float>>{1.0f, infinity}));
        QVERIFY(!policy.target);
    }

    void aGateHasItsOwnThresholdsOrThoseOfRows()
    {
        ModelDefaults defaults = calibrated();
        defaults.gateThresholds["all"]["official"] = {{60, {0.5f, 0.25f}}};
        const auto thresholds = [&](GateMode gate) {
            return presetPolicy(ReplayPreset::Balanced, defaults, {.gate = gate}).thresholds;
        };
        QVERIFY(thresholds(GateMode::All) == (std::vector<std::optional<float>>{0.5f, 0.25f}));
        QVERIFY(thresholds(GateMode::Row) == (std::vector<std::optional<float>>{1.0f, infinity}));
        QVERIFY(thresholds(GateMode::Mean) == thresholds(GateMode::Row));
        QCOMPARE(percentOf(ReplayPreset::Fast, defaults, TasDefinition::Official, GateMode::All), 60);
        QVERIFY(*targetPolicy({.ratio = 0.1f}, defaults, {.gate = GateMode::All}).threshold(1) == 0.25f);
        QVERIFY(presetOf(presetPolicy(ReplayPreset::Balanced, defaults, {.gate = GateMode::All}), defaults) ==
                ReplayPreset::Balanced);
    }

    void whoDecidesIsTheModelsWordOrEachRow()
    {
        ModelDefaults defaults;
        QVERIFY(defaultGate(defaults) == GateMode::Row);
        defaults.gate = "mean";
        QVERIFY(defaultGate(defaults) == GateMode::Mean);
    }

    void theModelsWordCounts()
    {
        ModelDefaults defaults = calibrated();
        defaults.replayPresets = {{"balanced", 20}, {"fast", 60}};
        QVERIFY(presetPolicy(ReplayPreset::Balanced, defaults, {}).threshold(0) == 2.0f);
        QVERIFY(presetPolicy(ReplayPreset::Fast, defaults, {}).threshold(0) == 1.0f);
    }

    void aModelWithoutCalibrationIsHeldToAShare()
    {
        const ReplayPolicy policy = presetPolicy(ReplayPreset::Fast, {}, {});
        QVERIFY(policy.thresholds.empty());
        QVERIFY(policy.target == (ReplayTarget{.ratio = 0.8f}));
        ReplayPolicy paper; // for which it has none either
        paper.definition = TasDefinition::Paper;
        QVERIFY(presetPolicy(ReplayPreset::Balanced, calibrated(), paper).target.has_value());
    }

    void policiesKnowTheirPreset()
    {
        ReplayPolicy rest;
        rest.frames = {.first = 3};
        for (const ReplayPreset preset : replayPresets)
            QVERIFY(presetOf(presetPolicy(preset, calibrated(), rest), calibrated()) == preset);
        rest.thresholds = {0.5f, 0.5f};
        QVERIFY(!presetOf(rest, calibrated()));
    }

    void betweenTwoCalibrationsLiesWhatLiesBetween()
    {
        const auto at = [](double percent) {
            return calibratedThresholds(calibrated(), TasDefinition::Official, GateMode::Row, percent);
        };
        using Thresholds = std::vector<std::optional<float>>;
        QVERIFY(at(20) == (Thresholds{2.0f, infinity}));
        QVERIFY(at(40) == (Thresholds{1.5f, infinity}));
        QVERIFY(at(65) == (Thresholds{0.5f, infinity}));
        QVERIFY(at(75) == (Thresholds{-0.5f, -3.0f}));
        QVERIFY(at(5) == at(20));
        QVERIFY(at(100) == at(80));
        QVERIFY(calibratedThresholds(calibrated(), TasDefinition::Paper, GateMode::Row, 50).empty());
    }
};

QTEST_APPLESS_MAIN(TestReplayPresets)
#include "test_replay_presets.moc"
