// SPDX-License-Identifier: Apache-2.0
#include "engine/replay/replay_policy.h"

#include <QTest>

#include <limits>

using namespace fastcar;
using Thresholds = std::vector<std::optional<float>>;

Q_DECLARE_METATYPE(Thresholds)

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

} // namespace

class TestReplayPolicy : public QObject {
    Q_OBJECT

private slots:
    void wordsRoundTrip();
    void unknownWordsAreRefusedByName_data();
    void unknownWordsAreRefusedByName();
    void attentionSpansRoundTrip_data();
    void attentionSpansRoundTrip();
    void badAttentionSpansAreRefused_data();
    void badAttentionSpansAreRefused();
    void thresholdsAreRead_data();
    void thresholdsAreRead();
    void badThresholdsAreRefused_data();
    void badThresholdsAreRefused();
    void thresholdsRoundTrip_data() { thresholdsAreRead_data(); }
    void thresholdsRoundTrip();
    void aPolicyWithoutThresholdsHasNone();
    void rangesRoundTrip_data();
    void rangesRoundTrip();
    void badRangesAreRefused();
    void layersAreAllowedByRangeAndThreshold();
};

void TestReplayPolicy::wordsRoundTrip()
{
    for (const TasDefinition definition : {TasDefinition::Official, TasDefinition::Paper})
        QVERIFY(*parseTasDefinition(toString(definition)) == definition);
    for (const GateMode mode : {GateMode::Row, GateMode::All, GateMode::Conditional, GateMode::Mean})
        QVERIFY(*parseGateMode(toString(mode)) == mode);
    QVERIFY(*parseGateMode("cond") == GateMode::Conditional);
}

void TestReplayPolicy::unknownWordsAreRefusedByName_data()
{
    QTest::addColumn<QByteArray>("word");
    for (const char *word : {"", "Row", "rows", "offical"})
        QTest::addRow("'%s'", word) << QByteArray(word);
}

void TestReplayPolicy::unknownWordsAreRefusedByName()
{
    QFETCH(QByteArray, word);
    const std::string quoted = '"' + word.toStdString() + '"';
    const auto mode = parseGateMode(word.toStdString());
    QVERIFY(!mode);
    QVERIFY(mode.error().message.find(quoted) != std::string::npos);
    QVERIFY(mode.error().message.find("\"cond\"") != std::string::npos);
    const auto definition = parseTasDefinition(word.toStdString());
    QVERIFY(!definition);
    QVERIFY(definition.error().message.find(quoted) != std::string::npos);
    QVERIFY(definition.error().message.find("\"paper\"") != std::string::npos);
}

void TestReplayPolicy::attentionSpansRoundTrip_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<AttentionSpan>("span");
    QTest::addRow("full") << QByteArray("full") << AttentionSpan{};
    QTest::addRow("no sinks") << QByteArray("window:0+1") << AttentionSpan{true, 0, 1};
    QTest::addRow("sinks") << QByteArray("window:64+256") << AttentionSpan{true, 64, 256};
}

void TestReplayPolicy::attentionSpansRoundTrip()
{
    QFETCH(QByteArray, text);
    QFETCH(AttentionSpan, span);
    const auto parsed = parseAttentionSpan(text.toStdString());
    QVERIFY(parsed);
    QVERIFY(*parsed == span);
    QCOMPARE(toString(span), text.toStdString());
}

void TestReplayPolicy::badAttentionSpansAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"", "Full", "window", "window:", "window:5", "window:+5", "window:5+", "window:5+0", "window:-1+5",
          "window:5+-5", "window:5+6x", "window:5 + 6", "window:99999999999+1"})
        QTest::addRow("'%s'", text) << QByteArray(text);
}

void TestReplayPolicy::badAttentionSpansAreRefused()
{
    QFETCH(QByteArray, text);
    const auto parsed = parseAttentionSpan(text.toStdString());
    QVERIFY(!parsed);
    QVERIFY(parsed.error().message.find("SINKS+W") != std::string::npos);
}

void TestReplayPolicy::thresholdsAreRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Thresholds>("expected"); // for three layers
    const std::optional<float> none;
    QTest::addRow("one for all") << QByteArray("-4") << Thresholds{-4.0f, -4.0f, -4.0f};
    QTest::addRow("none") << QByteArray("none") << Thresholds{none, none, none};
    QTest::addRow("inf") << QByteArray("inf") << Thresholds{infinity, infinity, infinity};
    QTest::addRow("-inf") << QByteArray("-inf") << Thresholds{-infinity, -infinity, -infinity};
    QTest::addRow("list") << QByteArray("none,-2.5,inf") << Thresholds{none, -2.5f, infinity};
    QTest::addRow("blanks and signs")
        << QByteArray(" +1.5 , -inf,1e-3") << Thresholds{1.5f, -infinity, 1e-3f};
    QTest::addRow("all digits") << QByteArray("0.1,0.2,16777215") << Thresholds{0.1f, 0.2f, 16777215.0f};
}

void TestReplayPolicy::thresholdsAreRead()
{
    QFETCH(QByteArray, text);
    QFETCH(Thresholds, expected);
    const auto parsed = parseThresholds(text.toStdString(), 3);
    QVERIFY2(parsed, parsed ? "" : parsed.error().message.c_str());
    QVERIFY(*parsed == expected);
}

void TestReplayPolicy::badThresholdsAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("named");
    for (const char *text :
         {"", "nan", "minus", "1,,2", "1;2;3", "--1", "+-1", "1 2", "1e99", "0x10", "infinity"})
        QTest::addRow("'%s'", text) << QByteArray(text) << QByteArray("not understood");
    QTest::addRow("two for three") << QByteArray("1,2")
                                   << QByteArray("2 entries, but the model has 3 layers");
    QTest::addRow("four for three") << QByteArray("1,2,3,4")
                                    << QByteArray("4 entries, but the model has 3 layers");
}

void TestReplayPolicy::badThresholdsAreRefused()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, named);
    const auto parsed = parseThresholds(text.toStdString(), 3);
    QVERIFY(!parsed);
    QVERIFY2(parsed.error().message.find(named.toStdString()) != std::string::npos,
             parsed.error().message.c_str());
}

void TestReplayPolicy::thresholdsRoundTrip()
{
    QFETCH(Thresholds, expected);
    const auto again = parseThresholds(toString(expected), 3);
    QVERIFY(again);
    QVERIFY(*again == expected);
}

void TestReplayPolicy::aPolicyWithoutThresholdsHasNone()
{
    QVERIFY(!ReplayPolicy{}.threshold(7));
    QCOMPARE(toString(Thresholds{}), std::string("none"));
}

void TestReplayPolicy::rangesRoundTrip_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("last"); // 0: to the end
    QTest::newRow("all") << QByteArray("all") << 1 << 0;
    QTest::newRow("closed") << QByteArray("2-7") << 2 << 7;
    QTest::newRow("open") << QByteArray("3-") << 3 << 0;
    QTest::newRow("one") << QByteArray("4") << 4 << 4;
}

void TestReplayPolicy::rangesRoundTrip()
{
    QFETCH(QByteArray, text);
    QFETCH(int, first);
    QFETCH(int, last);
    const auto range = parseReplayRange(text.toStdString());
    QVERIFY2(range, range ? "" : range.error().message.c_str());
    QVERIFY((*range == ReplayRange{.first = first, .last = last}));
    QCOMPARE(toString(*range), text.toStdString());
    QVERIFY(range->contains(first) && !range->contains(first - 1));
    QCOMPARE(range->contains(1000), last == 0);
    QVERIFY(last == 0 || (range->contains(last) && !range->contains(last + 1)));
}

void TestReplayPolicy::badRangesAreRefused()
{
    for (const char *text :
         {"", "-", "0", "0-3", "-3", "5-4", "3-0", "a-b", "1-2-3", "1 -2", "99999999999"}) {
        const auto range = parseReplayRange(text);
        QVERIFY2(!range, text);
        QVERIFY(range.error().message.find("counted from 1") != std::string::npos);
    }
}

void TestReplayPolicy::layersAreAllowedByRangeAndThreshold()
{
    ReplayPolicy policy;
    QVERIFY(!allowsLayer(policy, 0));
    policy.target = ReplayTarget{};
    QVERIFY(allowsLayer(policy, 0));
    policy.layers = {.first = 2, .last = 3};
    QVERIFY(!allowsLayer(policy, 0) && allowsLayer(policy, 1) && allowsLayer(policy, 2) &&
            !allowsLayer(policy, 3));
    policy.thresholds = {0.0f, 0.0f, std::nullopt, 0.0f};
    QVERIFY(allowsLayer(policy, 1) && !allowsLayer(policy, 2));
}

QTEST_APPLESS_MAIN(TestReplayPolicy)
#include "test_replay_policy.moc"
