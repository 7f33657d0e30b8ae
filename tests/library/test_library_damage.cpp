// SPDX-License-Identifier: Apache-2.0
//
// What becomes of a library when programs are killed, the disk is full, the database is damaged or is not
// ours.
#include "engine/library/rebuild.h"
#include "engine/library/schema.h"
#include "tests/library/kept_runs.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <sys/resource.h>

using namespace fastcar;
using namespace fastcar::kept_runs;

namespace {

/// Kills its own program when so many events have come.
class KilledRun final : public RunSink {
public:
    KilledRun(RunSink &run, int events)
        : run_(run)
        , left_(events)
    {
    }
    void onEvent(const Event &event) override
    {
        if (left_-- == 0)
            ::raise(SIGKILL);
        run_.onEvent(event);
    }
    void onFrame(int video, int frame, SharedFrame picture) override
    {
        run_.onFrame(video, frame, std::move(picture));
    }

private:
    RunSink &run_;
    int left_;
};

/// No file of this process can grow past `bytes` from here on.
void limitFiles(rlim_t bytes)
{
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{.rlim_cur = bytes, .rlim_max = bytes};
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

void overwrite(const std::filesystem::path &name, qint64 from, qint64 bytes)
{
    QFile file(QString::fromStdString(name.string()));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(from));
    QCOMPARE(file.write(QByteArray(static_cast<int>(bytes), '\xa5')), bytes);
}

bool contains(const std::string &text, const char *part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class TestLibraryDamage : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> place_;

    std::filesystem::path folder() const { return place_->filePath("library").toStdString(); }
    Library open() { return must(Library::open(folder())); }
    /// All that is in the log goes into the database itself.
    void closeForGood()
    {
        must(must(Database::open(libraryDatabase(folder()), Database::Access::Write))
                 .runAll("PRAGMA wal_checkpoint(TRUNCATE)"));
    }

private slots:
    void init() { place_ = std::make_unique<QTemporaryDir>(); }

    void aKilledProgramLeavesARunThatGoesOn_data()
    {
        QTest::addColumn<int>("events");
        const int all = static_cast<int>(events::run().size());
        for (int at = 0; at < all; at += all / 9)
            QTest::addRow("after %d events", at) << at;
        QTest::addRow("at its end") << all - 1;
    }

    void aKilledProgramLeavesARunThatGoesOn()
    {
        QFETCH(int, events);
        const int status = inAnotherProcess([&] {
            Library library = open();
            const auto run = must(library.begin(events::shape, events::settings(), "made"));
            KilledRun killed(*run, events);
            feed(killed, 0, wholeTokens);
            return 0;
        });
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);

        Library library = open();
        const auto asked = must(library.unanswered()); // in which nobody can go on from nothing
        QCOMPARE(asked.size(), events >= 1 && must(library.entry(1)).tokens > 0 ? 1U : 0U);
        const RunEntry entry = must(library.entry(1));
        QCOMPARE(entry.state, RunState::Interrupted);
        int tokens = 0; // whose end had been said
        for (int i = 0; i < events; ++i)
            tokens += events::run()[static_cast<std::size_t>(i)].kind == Event::Kind::TokenDone;
        QCOMPARE(entry.tokens, tokens);
        QCOMPARE(static_cast<int>(library.frames(entry)[0].size()), tokens / events::shape.stride);
        QCOMPARE(must(open().unanswered()).size(), asked.size()); // until somebody has answered

        const auto rest = must(library.goOn(1, tokens));
        feed(*rest, tokens, wholeTokens);
        QVERIFY(must(library.unanswered()).empty()); // by going on
        must(rest->end(RunState::Done));
        const Trace trace = must(library.trace(1));
        QCOMPARE(trace.tokens(), wholeTokens);
        QCOMPARE(trace.code(wholeTokens - 1, 1, 0), events::codeAt(wholeTokens - 1, 1, 0));
        QCOMPARE(trace.outcome(wholeTokens - 2, 2, 3).decision,
                 events::outcomeAt(wholeTokens - 2, 2, 3).decision);
        QCOMPARE(must(library.entry(1)).replayed, trace.statistics().all().replayed);
    }

    void aFrameThatAPowerCutLeftEmptyIsWrittenAgain()
    {
        const RunFolder files(place_->filePath(QStringLiteral("library")).toStdString(), 1);
        must(files.create());
        must(files.writeFrame(0, 0, picture(0, 1)));
        std::filesystem::resize_file(files.frame(0, 0), 0);
        must(files.writeFrame(0, 0, picture(0, 1)));
        QVERIFY(must(files.readFrame(0, 0))->rgb == picture(0, 1)->rgb);
    }

    void aFullDiskIsToldAndLeavesWhatWasWritten()
    {
        constexpr rlim_t room = 1500; // for the trace: its header and some tokens
        const int status = inAnotherProcess([&] {
            Library library = open();
            const auto run = must(library.begin(events::shape, events::settings(), "made"));
            limitFiles(room);
            feed(*run, 0, wholeTokens);
            const bool told = run->error() && run->error()->kind == ErrorKind::Io &&
                              contains(run->error()->message, "Make room on the disk");
            return told && !run->end(RunState::Done).ok() ? 0 : 1;
        });
        QCOMPARE(status, 0);
        Library library = open();
        const RunEntry entry = must(library.entry(1));
        QCOMPARE(entry.state, RunState::Interrupted);
        QVERIFY(entry.tokens > 0);
        QVERIFY(entry.unfinished());
        const auto rest = must(library.goOn(1, entry.tokens));
        feed(*rest, entry.tokens, wholeTokens);
        must(rest->end(RunState::Done));
        QCOMPARE(must(library.entry(1)).tokens, wholeTokens);
    }

    void aDiskThatFillsUpNearTheEndOfARunKeepsItUnfinished()
    {
        Library library = open();
        const auto run = must(library.begin(events::shape, events::settings(), "made"));
        feed(*run, 0, 8);
        // The frames' folder cannot be written to any more; the database can.
        std::filesystem::remove_all(library.filesOf(1).path() / "frames");
        feed(*run, 8, wholeTokens);
        QVERIFY(run->error().has_value());
        QVERIFY(!run->end(RunState::Done).ok());
        const RunEntry entry = must(library.entry(1));
        QCOMPARE(entry.state, RunState::Interrupted);
        QCOMPARE(entry.reason, run->error()->message);
        QCOMPARE(entry.tokens, 12);
    }

    void aDatabaseThatCannotGrowRefusesARunInWords()
    {
        const int status = inAnotherProcess([&] {
            Library library = open();
            limitFiles(64);
            const auto refused = library.begin(events::shape, events::settings(), "made");
            return !refused.ok() && refused.error().kind == ErrorKind::Io &&
                           contains(refused.error().message, "Make room on the disk")
                       ? 0
                       : 1;
        });
        QCOMPARE(status, 0);
        Library library = open();
        QCOMPARE(must(library.count({})), 0);
        QVERIFY(std::filesystem::is_empty(folder() / "runs"));
        keepWholeRun(library);
    }

    void aFolderThatCannotBeMadeIsExplained()
    {
        QFile file(place_->filePath("library"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto refused = Library::open(folder());
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().kind, ErrorKind::Io);
        QVERIFY2(contains(refused.error().message, "library"), refused.error().message.c_str());
    }

    void aDamagedDatabaseIsExplainedAndMadeAnew()
    {
        {
            Library library = open();
            keepWholeRun(library);
            keepWholeRun(library);
            must(library.rate(2, 4));
        }
        closeForGood();
        overwrite(libraryDatabase(folder()), 0, 100);
        const auto refused = Library::open(folder());
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().kind, ErrorKind::Corrupt);
        QVERIFY(contains(refused.error().message, "is damaged"));
        QVERIFY(contains(refused.error().message, "fastcar library rebuild"));

        const RebuiltLibrary rebuilt = must(rebuildLibrary(folder()));
        QCOMPARE(rebuilt.runs, 2);
        QCOMPARE(rebuilt.remembered, 0);
        QVERIFY(std::filesystem::exists(rebuilt.oldFiles));
        Library library = open();
        const RunEntry entry = must(library.entry(2));
        QCOMPARE(entry.state, RunState::Done);
        QCOMPARE(entry.prompt, events::settings().prompt);
        QCOMPARE(entry.tokens, wholeTokens);
        QVERIFY(entry.madeMs > 0);
        QCOMPARE(keepWholeRun(library), 3);
    }

    void aRebuiltLibraryRemembersWhatCanStillBeRead()
    {
        {
            Library library = open();
            keepWholeRun(library);
            must(library.rate(1, 4));
            must(library.setNote(1, "the best"));
            const auto half = must(library.begin(events::shape, events::settings(), "made"));
            feed(*half, 0, 7);
            must(half->end(RunState::Failed, "No memory."));
        }
        std::filesystem::remove(RunFolder(folder(), 1).poster());
        const RebuiltLibrary rebuilt = must(rebuildLibrary(folder()));
        QCOMPARE(rebuilt.remembered, 2);
        Library library = open();
        QCOMPARE(must(library.entry(1)).rating, 4);
        QCOMPARE(must(library.entry(1)).note, std::string("the best"));
        QCOMPARE(must(library.entry(2)).state, RunState::Failed);
        QCOMPARE(must(library.entry(2)).reason, std::string("No memory."));
        QCOMPARE(must(library.entry(2)).tokens, 7);
        LibraryQuery best;
        best.words = "best";
        QCOMPARE(must(library.count(best)), 1);
    }

    void aLibraryThatIsBeingWrittenIsNotRebuilt()
    {
        Library library = open();
        const auto run = must(library.begin(events::shape, events::settings(), "made"));
        QVERIFY(!rebuildLibrary(folder()).ok());
        must(run->end(RunState::Cancelled));
        QVERIFY(!rebuildLibrary(place_->filePath("nowhere").toStdString()).ok());
    }

    void anOlderLibraryIsBroughtUpToDate()
    {
        keepWholeRunAndClose();
        must(must(Database::open(libraryDatabase(folder()), Database::Access::Write))
                 .runAll("ALTER TABLE runs DROP COLUMN unanswered; PRAGMA user_version = 1"));
        const auto early = Library::openToRead(folder());
        QVERIFY(!early.ok());
        QVERIFY(contains(early.error().message, "library list"));
        Library library = open();
        QCOMPARE(must(library.count({})), 1);
        QVERIFY(must(library.unanswered()).empty());
        QVERIFY(Library::openToRead(folder()).ok());
    }

    void aNewerLibraryIsLeftAlone()
    {
        open();
        const std::string newer = std::to_string(schemaVersion() + 1);
        must(must(Database::open(libraryDatabase(folder()), Database::Access::Write))
                 .runAll("PRAGMA user_version = " + newer));
        for (const auto &refused : {Library::open(folder()), Library::openToRead(folder())}) {
            QVERIFY(!refused.ok());
            QCOMPARE(refused.error().kind, ErrorKind::Unsupported);
            QVERIFY(contains(refused.error().message, ("version " + newer).c_str()));
        }
    }

    void anotherProgramsDatabaseIsLeftAlone()
    {
        std::filesystem::create_directories(folder());
        must(must(Database::open(libraryDatabase(folder()), Database::Access::Create))
                 .runAll("CREATE TABLE songs (name TEXT)"));
        const auto refused = Library::open(folder());
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().kind, ErrorKind::BadInput);
        QVERIFY(contains(refused.error().message, "another program"));
    }

    void readingMakesNothing()
    {
        QCOMPARE(Library::openToRead(folder()).error().kind, ErrorKind::NotFound);
        QVERIFY(!std::filesystem::exists(folder()));
        keepWholeRunAndClose();
        const Library library = must(Library::openToRead(folder()));
        QCOMPARE(must(library.count({})), 1);
    }

private:
    void keepWholeRunAndClose()
    {
        Library library = open();
        keepWholeRun(library);
    }
};

QTEST_APPLESS_MAIN(TestLibraryDamage)
#include "test_library_damage.moc"
