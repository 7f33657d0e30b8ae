// SPDX-License-Identifier: Apache-2.0
#include "engine/trace/trace_digest.h"
#include "tests/decode/golden.h"

#include <QTest>

#include <limits>

using namespace fastcar;

namespace {

struct TraceSink final : RunSink {
    explicit TraceSink(const RunSettings &settings)
        : trace(traceShape(golden::model().checkpoint->config(), settings), settings)
    {
    }

    void onEvent(const Event &event) override { trace.append(event); }
    Trace trace;
};

} // namespace

class TestTraceDigest : public QObject {
    Q_OBJECT

private slots:
    void aRunWithoutReplayTellsWhatReplayWouldSave()
    {
        ReplayPolicy policy;
        const RunSettings settings{.prompt = "A red kite.", .frames = 3, .seed = 11, .replay = policy};
        ThreadPool pool(1);
        TraceSink sink(settings);
        RunControl control;
        QVERIFY(generate(golden::model(), settings, pool, sink, control).ok());
        TraceDigest digest(sink.trace, policy.definition);
        digest.follow(sink.trace);
        const auto secondsUnder = [&](const ReplayPolicy &asked) {
            const auto time =
                digest.times().forecast(forecast(digest.scores(), asked), digest.scores().run());
            return time ? time->clipSeconds : std::numeric_limits<double>::quiet_NaN();
        };
        const double dense = secondsUnder(policy);
        policy.thresholds.assign(static_cast<std::size_t>(sink.trace.shape().layers),
                                 -std::numeric_limits<float>::infinity());
        QVERIFY(dense > 0.0);
        QVERIFY(secondsUnder(policy) < dense);
    }
};

QTEST_APPLESS_MAIN(TestTraceDigest)
#include "test_trace_digest.moc"
