// SPDX-License-Identifier: Apache-2.0
//
// Runs are kept, found again, rated, deleted and cleaned up.
#include "engine/library/clean_up.h"
#include "tests/library/kept_runs.h"

#include <QTemporaryDir>
#include <QTest>

using namespace fastcar;
using namespace fastcar::kept_runs;

namespace {

constexpr std::int64_t dayMs = 24LL * 3600 * 1000;
constexpr std::int64_t all = -1;

} // namespace

class TestLibrary : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> place_;
    std::int64_t nowMs_ = 1'700'000'000'000;

    std::filesystem::path folder() const { return place_->filePath("library").toStdString(); }
    Library open()
    {
        return must(Library::open(folder(), {.nowMs = [this] { return nowMs_; }}));
    }
    static std::vector<RunId> idsOf(const Library &library, const LibraryQuery &query)
    {
        std::vector<RunId> ids;
        for (const RunEntry &entry : must(library.find(query, 0, all)))
            ids.push_back(entry.id);
        return ids;
    }

    /// Five runs, a day apart, that differ in all that one can look for.
    void keepFive(Library &library)
    {
        struct Kept {
            const char *prompt, *device;
            bool replays;
        };
        for (const Kept &kept : {Kept{"A red kite over the sea", "cpu", true},
                                 {"ÜBER den Wolken", "cpu:int8", true},
                                 {"a cat on a beach", "fpga-modelled", false},
                                 {"a catamaran", "cpu", true},
                                 {"a dog", "fpga", true}}) {
            RunSettings settings = events::settings();
            settings.prompt = kept.prompt;
            settings.device = kept.device;
            const auto run = must(library.begin(events::shape, settings, "made"));
            if (kept.replays)
                feed(*run, 0, wholeTokens);
            must(
                run->end(kept.replays ? RunState::Done : RunState::Failed, kept.replays ? "" : "No memory."));
            nowMs_ += dayMs;
        }
    }

private slots:
    void init()
    {
        place_ = std::make_unique<QTemporaryDir>();
        nowMs_ = 1'700'000'000'000;
    }

    void anEmptyLibraryHasNoRuns()
    {
        const Library library = open();
        QCOMPARE(must(library.count({})), 0);
        QCOMPARE(must(library.diskUse()).bytes, 0);
        QVERIFY(isLibrary(folder()));
        QVERIFY(isLibrary(libraryDatabase(folder())));
        QVERIFY(!isLibrary(folder() / "runs"));
        const auto missing = library.entry(1);
        QVERIFY(!missing.ok());
        QCOMPARE(missing.error().kind, ErrorKind::NotFound);
    }

    void aRunIsFoundAgainAsItWasKept()
    {
        RunId id = 0;
        {
            Library library = open();
            id = keepWholeRun(library);
        }
        const Library library = open();
        QVERIFY(must(library.unanswered()).empty());
        const RunEntry entry = must(library.entry(id));
        QCOMPARE(entry.state, RunState::Done);
        QCOMPARE(entry.prompt, events::settings().prompt);
        QCOMPARE(entry.madeMs, nowMs_);
        QCOMPARE(entry.modelName, std::string("made"));
        QCOMPARE(entry.modelDigest, events::settings().modelDigest);
        QCOMPARE(entry.tokens, wholeTokens);
        QCOMPARE(entry.totalTokens, wholeTokens);
        QVERIFY(!entry.unfinished());
        QVERIFY(must(runSettingsFromJson(entry.settingsJson)) == events::settings());

        const Trace trace = must(library.trace(id));
        QCOMPARE(trace.tokens(), wholeTokens);
        QCOMPARE(trace.code(wholeTokens - 1, 1, 1), events::codeAt(wholeTokens - 1, 1, 1));
        const ReplayCount replay = trace.statistics().all();
        QCOMPARE(entry.replayed, replay.replayed);
        QCOMPARE(entry.eligible, replay.eligible);
        QVERIFY(entry.eligible > 0);
        QCOMPARE(entry.seconds, static_cast<double>(trace.timeNs(wholeTokens - 1)) * 1e-9);
        QCOMPARE(entry.bytes, library.filesOf(id).bytes());

        const auto frames = library.frames(entry);
        QCOMPARE(frames.size(), 2U);
        for (int video = 0; video < 2; ++video) {
            QCOMPARE(frames[static_cast<std::size_t>(video)].size(), 4U);
            for (int frame = 0; frame < 4; ++frame)
                QVERIFY(frames[static_cast<std::size_t>(video)][static_cast<std::size_t>(frame)]->rgb ==
                        picture(video, frame)->rgb);
        }
        QVERIFY(std::filesystem::exists(library.filesOf(id).poster()));
    }

    void aChangedPolicyStandsWhereItCameIntoForce()
    {
        Library library = open();
        const auto run = must(library.begin(events::shape, events::settings(), "made"));
        // Named with everything else that came in one batch, before the events of that batch.
        run->onPolicy(1, events::secondPolicy());
        feed(*run, 0, events::policyChange);
        run->onEvent({.kind = Event::Kind::PolicyChanged, .policy = 1});
        feed(*run, events::policyChange, wholeTokens);
        must(run->end(RunState::Done));
        const Trace trace = must(library.trace(run->id()));
        QCOMPARE(trace.policyOf(events::policyChange - 1), 0U);
        QCOMPARE(trace.policyOf(events::policyChange), 1U);
        QVERIFY(trace.policy(1) == events::secondPolicy());
        const auto file = must(readTrace(library.filesOf(run->id()).trace()));
        QCOMPARE(prefixOf(file).policyOf[events::policyChange - 1], 0U);
    }

    void aRunThatWasCancelledGoesOnWhereItStands()
    {
        Library library = open();
        const auto first = must(library.begin(events::shape, events::settings(), "made"));
        feed(*first, 0, 10);
        LibraryQuery unfinished;
        unfinished.unfinished = true;
        QVERIFY(idsOf(library, unfinished).empty()); // it is going on
        must(first->end(RunState::Cancelled));
        QCOMPARE(idsOf(library, unfinished), std::vector<RunId>{first->id()});
        QVERIFY(must(library.entry(first->id())).unfinished());

        QVERIFY(!library.goOn(first->id(), 9).ok()); // somebody has another idea of it
        const auto rest = must(library.goOn(first->id(), 10));
        QCOMPARE(must(library.entry(first->id())).state, RunState::Running);
        rest->onContinued({.step = 9, .device = "fpga", .version = "1"});
        feed(*rest, 10, wholeTokens);
        must(rest->end(RunState::Done));
        const RunEntry entry = must(library.entry(first->id()));
        QCOMPARE(entry.state, RunState::Done);
        QCOMPARE(entry.device, std::string("fpga"));
        QCOMPARE(entry.tokens, wholeTokens);
        const Trace trace = must(library.trace(entry.id));
        QCOMPARE(trace.settings().continued.size(), 1U);
        QCOMPARE(entry.replayed, trace.statistics().all().replayed);
        QCOMPARE(library.frames(entry).front().size(), 4U);
    }

    void aFrameThatWasLostIsWrittenAtTheEnd()
    {
        Library library = open();
        const auto run = must(library.begin(events::shape, events::settings(), "made"));
        for (const Event &event : events::run(events::shape.stride)) // its picture never came
            run->onEvent(event);
        must(run->end(RunState::Cancelled, {}, {{picture(0, 0)}, {picture(1, 0)}}));
        const auto frames = library.frames(must(library.entry(run->id())));
        QCOMPARE(frames[1].size(), 1U);
        QVERIFY(frames[1][0]->rgb == picture(1, 0)->rgb);
    }

    void aRunThatIsBeingWrittenIsNotInterrupted()
    {
        Library library = open();
        const auto run = must(library.begin(events::shape, events::settings(), "made"));
        feed(*run, 0, 8);
        Library other = open();
        QVERIFY(must(other.unanswered()).empty());
        QCOMPARE(must(other.entry(run->id())).state, RunState::Running);
        QCOMPARE(must(other.entry(run->id())).tokens, events::shape.stride); // as of its last frame
        QVERIFY(!other.remove(run->id()).ok());
        must(other.erase({run->id()}));
        QCOMPARE(must(other.count({})), 1);
        must(run->end(RunState::Done));
    }

    void runsAreFoundByWhatOneKnowsOfThem_data()
    {
        QTest::addColumn<LibraryQuery>("query");
        QTest::addColumn<std::vector<RunId>>("expected");
        const auto row = [](const char *name, std::vector<RunId> expected, auto set) {
            LibraryQuery query;
            set(query);
            QTest::newRow(name) << query << expected;
        };
        const std::int64_t first = 1'700'000'000'000;
        row("all, newest first", {5, 4, 3, 2, 1}, [](LibraryQuery &) {});
        row("a word, by its beginning", {4, 3}, [](LibraryQuery &q) { q.words = "CAT"; });
        row("two words", {3}, [](LibraryQuery &q) { q.words = "beach cat"; });
        row("without its accent", {2}, [](LibraryQuery &q) { q.words = "uber"; });
        row("with signs that mean something to SQL", {},
            [](LibraryQuery &q) { q.words = "a\" OR * NEAR(x';--"; });
        row("only signs", {5, 4, 3, 2, 1}, [](LibraryQuery &q) { q.words = "*** \""; });
        row("a word of the note", {1}, [](LibraryQuery &q) { q.words = "favour"; });
        row("a device with its formats", {4, 2, 1}, [](LibraryQuery &q) { q.device = "cpu"; });
        row("a device that another one's name begins with", {5}, [](LibraryQuery &q) { q.device = "fpga"; });
        row("a model", {5, 4, 3, 2, 1}, [](LibraryQuery &q) { q.model = "0123"; });
        row("no such model", {}, [](LibraryQuery &q) { q.model = "other"; });
        row("stars", {2, 1}, [](LibraryQuery &q) { q.leastRating = 2; });
        row("failed", {3}, [](LibraryQuery &q) { q.state = RunState::Failed; });
        row("unfinished", {}, [](LibraryQuery &q) { q.unfinished = true; });
        row("replays", {5, 4, 2, 1}, [](LibraryQuery &q) { q.leastReplay = 0.3; });
        row("replays more than any", {}, [](LibraryQuery &q) { q.leastReplay = 0.9; });
        row("replays little", {}, [](LibraryQuery &q) { q.mostReplay = 0.1; });
        row("of two days", {3, 2}, [=](LibraryQuery &q) {
            q.fromMs = first + dayMs;
            q.beforeMs = first + 3 * dayMs;
        });
        row("oldest first", {1, 2, 3, 4, 5}, [](LibraryQuery &q) { q.order = LibraryQuery::Order::Oldest; });
        row("best first", {1, 2, 5, 4, 3}, [](LibraryQuery &q) { q.order = LibraryQuery::Order::BestRated; });
        row("most replayed first", {5, 4, 2, 1, 3},
            [](LibraryQuery &q) { q.order = LibraryQuery::Order::MostReplayed; });
        row("by prompt", {3, 4, 5, 1, 2}, [](LibraryQuery &q) { q.order = LibraryQuery::Order::ByPrompt; });
    }

    void runsAreFoundByWhatOneKnowsOfThem()
    {
        QFETCH(LibraryQuery, query);
        QFETCH(std::vector<RunId>, expected);
        Library library = open();
        keepFive(library);
        must(library.rate(1, 5));
        must(library.rate(2, 2));
        must(library.setNote(1, "My favourite"));
        QCOMPARE(idsOf(library, query), expected);
        QCOMPARE(must(library.count(query)), static_cast<std::int64_t>(expected.size()));
    }

    void aListComesInPages()
    {
        Library library = open();
        keepFive(library);
        std::vector<RunId> ids;
        for (std::int64_t from = 0; from < 6; from += 2)
            for (const RunEntry &entry : must(library.find({}, from, 2)))
                ids.push_back(entry.id);
        QCOMPARE(ids, (std::vector<RunId>{5, 4, 3, 2, 1}));
        QCOMPARE(must(library.devices()),
                 (std::vector<std::string>{"cpu", "cpu:int8", "fpga", "fpga-modelled"}));
    }

    void aRatingOutOfRangeIsRefused()
    {
        Library library = open();
        const RunId id = keepWholeRun(library);
        QVERIFY(!library.rate(id, 6).ok());
        QVERIFY(!library.rate(id, -1).ok());
        QCOMPARE(library.rate(id + 1, 3).error().kind, ErrorKind::NotFound);
        must(library.rate(id, 3));
        QCOMPARE(must(library.entry(id)).rating, 3);
    }

    void aDeletedRunComesBackUntilTheCleanUp()
    {
        Library library = open();
        const RunId id = keepWholeRun(library);
        must(library.remove(id));
        QVERIFY(idsOf(library, {}).empty());
        LibraryQuery deleted;
        deleted.deleted = true;
        QCOMPARE(idsOf(library, deleted), std::vector<RunId>{id});
        QCOMPARE(must(library.diskUse()).deletedRuns, 1);
        must(library.restore(id));
        QCOMPARE(idsOf(library, {}), std::vector<RunId>{id});

        must(library.remove(id));
        const CleanUpPlan plan = must(planCleanUp(library, {}));
        QCOMPARE(plan.ids(), std::vector<RunId>{id});
        QVERIFY(plan.bytes > 0);
        must(library.erase(plan.ids()));
        QVERIFY(!std::filesystem::exists(library.filesOf(id).path()));
        QVERIFY(!library.entry(id).ok());
        QVERIFY(keepWholeRun(library) > id); // a number names one run only
    }

    void aCleanUpByAgeKeepsWhatIsRated()
    {
        Library library = open();
        keepFive(library);
        must(library.rate(2, 1));
        QVERIFY(must(planCleanUp(library, {})).runs.empty());
        const std::int64_t before = 1'700'000'000'000 + 3 * dayMs;
        QCOMPARE(must(planCleanUp(library, {.beforeMs = before})).ids(), (std::vector<RunId>{1, 3}));
        QCOMPARE(must(planCleanUp(library, {.beforeMs = before, .keepFromStars = 2})).ids(),
                 (std::vector<RunId>{1, 2, 3}));
    }

    void aCleanUpBySizeTakesTheOldestFirst()
    {
        Library library = open();
        keepFive(library);
        const DiskUse use = must(library.diskUse());
        must(library.rate(1, 4));
        const CleanUpPlan plan = must(planCleanUp(library, {.toBytes = use.bytes - 1}));
        QCOMPARE(plan.ids(), std::vector<RunId>{2});
        QCOMPARE(plan.bytes, must(library.entry(2)).bytes);
        QCOMPARE(must(planCleanUp(library, {.toBytes = 0})).ids(), (std::vector<RunId>{2, 3, 4, 5}));
        QVERIFY(must(planCleanUp(library, {.toBytes = use.bytes})).runs.empty());
        must(library.erase(plan.ids()));
        QCOMPARE(must(library.diskUse()).bytes, use.bytes - plan.bytes);
    }

    void openLibrariesSeeEachOther()
    {
        Library one = open();
        Library two = open();
        const auto before = must(one.version());
        const RunId id = keepWholeRun(two);
        QVERIFY(must(one.version()) != before);
        QCOMPARE(must(one.entry(id)).state, RunState::Done);
    }

    void twoProgramsKeepRunsAtTheSameTime()
    {
        constexpr int each = 5;
        open(); // the tables are there
        const auto keepSome = [&] {
            Library library = open();
            for (int run = 0; run < each; ++run)
                keepWholeRun(library);
            return 0;
        };
        const pid_t other = ::fork();
        if (other == 0)
            ::_exit(keepSome());
        QCOMPARE(inAnotherProcess(keepSome), 0);
        int status = -1;
        ::waitpid(other, &status, 0);
        QCOMPARE(status, 0);
        const Library library = open();
        QVERIFY(must(library.unanswered()).empty());
        QCOMPARE(must(library.count({})), 2 * each);
        for (const RunEntry &entry : must(library.find({}, 0, all))) {
            QCOMPARE(entry.state, RunState::Done);
            QCOMPARE(must(library.trace(entry.id)).tokens(), wholeTokens);
        }
    }
};

QTEST_APPLESS_MAIN(TestLibrary)
#include "test_library.moc"
