// SPDX-License-Identifier: Apache-2.0
#include "tests/trace/events.h"

#include <QTest>

#include <cmath>

using namespace fastcar;

class TestTrace : public QObject {
    Q_OBJECT

private slots:
    void everyEventIsFoundAgain()
    {
        Trace trace(events::shape, events::settings());
        for (const Event &event : events::run())
            trace.append(event);
        QCOMPARE(trace.tokens(), 24);
        QCOMPARE(trace.steps(), 23);
        for (int token = 0; token < 24; ++token) {
            QCOMPARE(trace.timeNs(token), 1'000'000'000LL * token + 7);
            for (int video = 0; video < 2; ++video)
                for (int depth = 0; depth < 2; ++depth)
                    QCOMPARE(trace.code(token, video, depth), events::codeAt(token, video, depth));
        }
        for (int step = 0; step < 23; ++step) {
            QCOMPARE(trace.policyOf(step), step >= events::policyChange ? 1u : 0u);
            QCOMPARE(trace.card(step).has_value(), step >= events::firstCounted);
            if (trace.card(step))
                QVERIFY(*trace.card(step) == events::countersAt(step));
            for (int layer = 0; layer < 3; ++layer)
                for (int row = 0; row < 4; ++row) {
                    const LayerOutcome ours = trace.outcome(step, layer, row);
                    const LayerOutcome expected = events::outcomeAt(step, layer, row);
                    QCOMPARE(ours.decision, expected.decision);
                    QVERIFY(ours.tas == expected.tas || (std::isnan(ours.tas) && std::isnan(expected.tas)));
                }
        }
    }

    void aStepCountsWhenTheTokenBehindItIsDone()
    {
        Trace trace(events::shape, events::settings());
        for (const Event &event : events::run(1))
            trace.append(event);
        QCOMPARE(trace.tokens(), 1);
        QCOMPARE(trace.steps(), 0);
        for (const Event &event : events::stepEvents(0))
            trace.append(event);
        QCOMPARE(trace.steps(), 0);
        const auto token = events::tokenEvents(1);
        for (std::size_t i = 0; i + 1 < token.size(); ++i)
            trace.append(token[i]);
        QCOMPARE(trace.tokens(), 1);
        trace.append(token.back());
        QCOMPARE(trace.tokens(), 2);
        QCOMPARE(trace.steps(), 1);
    }

    void eventsOutOfPlaceAreNoHarm()
    {
        Trace trace(events::shape, events::settings());
        for (const Event &event : events::run(3))
            trace.append(event);
        const auto far = std::numeric_limits<std::uint32_t>::max();
        trace.append({.kind = Event::Kind::TokenDone, .token = far});
        trace.append({.kind = Event::Kind::CodeDrawn, .token = far});
        trace.append({.kind = Event::Kind::LayerOutcome, .token = far});
        trace.append({.kind = Event::Kind::LayerOutcome, .layer = 3, .token = 2});
        trace.append({.kind = Event::Kind::LayerOutcome, .row = 4, .token = 2});
        trace.append({.kind = Event::Kind::CodeDrawn, .depth = 2, .token = 3});
        trace.append({.kind = Event::Kind::CodeDrawn, .row = 2, .token = 3});
        trace.append({.kind = Event::Kind::TokenDone, .token = 3}); // without codes and step
        QCOMPARE(trace.tokens(), 3);
        QCOMPARE(trace.steps(), 2);
        // No token behind the video's last.
        Trace whole(events::shape, events::settings());
        for (const Event &event : events::run(25))
            whole.append(event);
        QCOMPARE(whole.tokens(), 24);
        Trace nothing;
        for (const Event &event : events::run())
            nothing.append(event);
        QCOMPARE(nothing.tokens(), 0);
    }

    void countersOfASizeOfTheirOwnArePassedOver()
    {
        Trace trace(events::shape, events::settings());
        for (const Event &event : events::run(6))
            trace.append(event);
        const auto refused = [&](const std::vector<Event> &sent) {
            for (const Event &event : sent)
                trace.append(event);
        };
        refused(events::cardEvents(5, CardCounters::of(4, 3))); // other cores than the steps before it
        refused(events::cardEvents(4, events::countersAt(4)));  // a step that is over
        refused(events::cardEvents(6, events::countersAt(6)));  // one that has not begun
        for (const Event &event : events::tokenEvents(6))
            trace.append(event);
        QCOMPARE(trace.tokens(), 6); // a step of counters alone is none
        for (const Event &event : events::stepEvents(5))
            trace.append(event);
        trace.append({.kind = Event::Kind::CardCounted, .layer = 112, .row = 2, .token = 5, .count = 1});
        trace.append({.kind = Event::Kind::CardCounted, .layer = 15, .row = 0, .token = 5, .count = 1});
        for (const Event &event : events::tokenEvents(6))
            trace.append(event);
        QCOMPARE(trace.tokens(), 7);
        QVERIFY(*trace.card(5) == events::countersAt(5));
        QVERIFY(*trace.card(4) == events::countersAt(4));
    }

    void totalsAddUpTheStepsThatWereCounted()
    {
        Trace trace(events::shape, events::settings());
        for (const Event &event : events::run())
            trace.append(event);
        CardCounters sum;
        for (int step = events::firstCounted; step < 23; ++step)
            sum += events::countersAt(step);
        const CardTotals totals = trace.cardTotals();
        QCOMPARE(totals.steps, std::int64_t{23 - events::firstCounted});
        QVERIFY(totals.sum == sum);
        QCOMPARE(totals.cyclesPerStep(), 12'500'000.0); // the mean of the steps 3 to 22
        QCOMPARE(Trace(events::shape, events::settings()).cardTotals().steps, std::int64_t{0});
    }

    void policiesAreKnownByTheirNumbers()
    {
        Trace trace(events::shape, events::settings());
        QVERIFY(trace.policy(0) == events::settings().replay);
        trace.addPolicy(1, events::secondPolicy());
        QVERIFY(trace.policy(1) == events::secondPolicy());
        QVERIFY(trace.policy(0) == events::settings().replay);
    }

    void aPolicyRulesFromTheTokenThatIsDrawnNext()
    {
        Trace trace(events::shape, events::settings());
        trace.addPolicy(1, events::secondPolicy());
        for (const Event &event : events::run(5))
            trace.append(event);
        trace.append({.kind = Event::Kind::PolicyChanged, .policy = 1});
        // Step 4 had been run by then, though nobody has heard of it.
        const RunPrefix prefix = prefixOf(trace);
        QCOMPARE(prefix.tokens, 5);
        QCOMPARE(prefix.policyOf, (std::vector<std::uint32_t>{0, 0, 0, 0, 0, 1}));
        QVERIFY(prefix.policy(1) == events::secondPolicy());
        QCOMPARE(prefix.timeNs, trace.timeNs(4));
        QCOMPARE(prefixOf(Trace(events::shape, events::settings())).policyOf, std::vector<std::uint32_t>{0});
    }

    void countersOfAStepThatIsRunAgainAreThoseOfItsNewDevice()
    {
        Trace trace(events::shape, events::settings());
        for (const Event &event : events::run(9))
            trace.append(event);
        for (const Event &event : events::stepEvents(8))
            trace.append(event);
        trace.addContinuation({.step = 8, .device = "cpu", .version = ""});
        for (const Event &event : events::stepEvents(8))
            if (event.kind == Event::Kind::LayerOutcome) // it does not count
                trace.append(event);
        for (const Event &event : events::tokenEvents(9))
            trace.append(event);
        QCOMPARE(trace.tokens(), 10);
        QVERIFY(trace.card(7).has_value());
        QVERIFY(!trace.card(8).has_value());
    }

    void statisticsCountWhatTheStepsDid()
    {
        Trace trace(events::shape, events::settings());
        for (const Event &event : events::run())
            trace.append(event);
        std::int64_t replayed = 0;
        std::int64_t eligible = 0;
        for (int step = 0; step < 23; ++step)
            for (int layer = 0; layer < 3; ++layer)
                for (int row = 0; row < 4; ++row) {
                    replayed += events::outcomeAt(step, layer, row).decision == Decision::Replayed;
                    eligible += events::outcomeAt(step, layer, row).decision != Decision::NotEligible;
                }
        const ReplayCount all = trace.statistics().all();
        QCOMPARE(all.replayed, replayed);
        QCOMPARE(all.eligible, eligible);
        QCOMPARE(all.total, std::int64_t{23 * 3 * 4});
        QCOMPARE(trace.statistics().ofFrame(0).eligible, std::int64_t{0});
    }
};

QTEST_APPLESS_MAIN(TestTrace)
#include "test_trace.moc"
