// SPDX-License-Identifier: Apache-2.0
//
// The real window with the real engine, the golden checkpoint and a library of its own: what tests of runs
// that are kept do with it.
#pragma once

#include "engine/library/library.h"
#include "tests/decode/failing_device.h"
#include "tests/ui/studio_window.h"
#include "ui/compare/compare_page.h"
#include "ui/library/library_panel.h"
#include "ui/models/run_queue.h"
#include "ui/window/message_banner.h"

#include <QAction>
#include <QDropEvent>
#include <QListView>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

namespace fastcar::ui {

class KeptRunsWindow : protected StudioWindow {
protected:
    using State = RunController::State;

    std::unique_ptr<QTemporaryDir> place_;
    FailingDevice shaky_{"shaky"}; // as good as cpu; holds where it is told to

    static constexpr int stride = 16; // of the golden checkpoint

    std::filesystem::path folder(const char *name = "library") const
    {
        return place_->filePath(QLatin1String(name)).toStdString();
    }
    QString banner() const
    {
        auto *banner = find<MessageBanner>("messageBanner");
        return banner->isVisible() ? banner->text() : QString();
    }

    void open(const std::filesystem::path &library)
    {
        window_.reset();
        MainWindow::Options options = windowOptions(place_->path());
        options.theme = ThemeName::Dark;
        options.library = library;
        window_ = openWindow(std::move(options));
    }

    void start(int frames, std::uint64_t seed = 5)
    {
        setPrompt("a red kite");
        window_->settings().setSeed(seed);
        window_->settings().setSeedLocked(true);
        window_->settings().setDevice("shaky");
        find<QSpinBox>("framesSpin")->setValue(frames);
        click("generateButton");
    }
    /// Starts a run that holds when it has `tokens` tokens.
    void startAndHold(int frames, int tokens, std::uint64_t seed = 5)
    {
        shaky_.holdsAt = tokens - 1;
        start(frames, seed);
        QVERIFY(QTest::qWaitFor([&] { return window_->record().trace().tokens() == tokens; }, 60000));
    }
    std::vector<std::int32_t> codes() const
    {
        std::vector<std::int32_t> all;
        const Trace &trace = window_->record().trace();
        for (int token = 0; token < trace.tokens(); ++token)
            for (int depth = 0; depth < trace.shape().depth; ++depth)
                all.push_back(trace.code(token, 0, depth));
        return all;
    }
    RunQueue &queue() const { return *qobject_cast<RunQueue *>(find<QListView>("queueList")->model()); }
    /// The newest run, as soon as `fits` holds for it.
    template <typename Fits>
    std::optional<RunEntry> waitForEntry(Fits fits) const
    {
        std::optional<RunEntry> entry;
        (void)QTest::qWaitFor(
            [&] {
                const auto library = Library::openToRead(folder());
                const auto found = library ? library->find({}, 0, 1) : library.error();
                entry = found && !found->empty() ? std::optional(found->front()) : std::nullopt;
                return entry && fits(*entry);
            },
            20000);
        return entry && fits(*entry) ? entry : std::nullopt;
    }
    std::optional<RunEntry> waitForEntry(RunState state) const
    {
        return waitForEntry([state](const RunEntry &entry) { return entry.state == state; });
    }

    /// What a program that is killed now leaves: its files as they are, and nobody holds them.
    void leaveFilesAsKilled()
    {
        const int tokens = window_->record().trace().tokens();
        QVERIFY(QTest::qWaitFor([&] {
            const auto trace = readTrace(RunFolder(folder(), 1).trace());
            return trace && trace->tokens() == tokens;
        }));
        std::filesystem::copy(folder(), folder("killed"), std::filesystem::copy_options::recursive);
        click("cancelButton");
        shaky_.holdsAt = FailingDevice::never;
        QVERIFY(waitFor(State::Cancelled));
    }
    void leaveAsKilled()
    {
        leaveFilesAsKilled();
        open(folder("killed"));
    }

    void stopAt(int tokens, std::uint64_t seed = 5)
    {
        startAndHold(3, tokens, seed);
        click("cancelButton");
        shaky_.holdsAt = FailingDevice::never;
        QVERIFY(waitFor(State::Cancelled));
        QVERIFY(waitForEntry(RunState::Cancelled).has_value());
    }
    /// Another program with the same library goes on with run 1.
    void finishElsewhere()
    {
        MainWindow::Options options = windowOptions(place_->filePath("elsewhere"));
        options.library = folder();
        const auto other = openWindow(std::move(options));
        emit namedControl<LibraryPanel>(*other, "libraryPanel")->continueAsked(1);
        QVERIFY(QTest::qWaitFor([&] { return other->controller().state() == State::Done; }, 60000));
    }
    void comeBack() const
    {
        QEvent back(QEvent::WindowActivate);
        QCoreApplication::sendEvent(window_.get(), &back);
    }
    void drop(const QString &file) const
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file)});
        QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window_.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent let(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window_.get(), &let);
    }

    /// Of two and of three frames, both whole and written; the second one is shown.
    void keepTwoRuns()
    {
        for (const int frames : {2, 3}) {
            start(frames);
            QVERIFY(waitFor(State::Done));
            QVERIFY(waitForEntry([&](const RunEntry &entry) {
                        return entry.id == frames - 1 && entry.state == RunState::Done;
                    }).has_value());
        }
    }
    /// As when it is opened; what stands in it is read then.
    void openMenuOf(const char *source) const
    {
        find<QAction>("comparePageAction")->trigger();
        emit find<QToolButton>(source)->menu()->aboutToShow();
        (void)QTest::qWaitFor([&] { return window_->findChild<QAction *>("chooseKept1A") != nullptr; }, 500);
    }
    const ComparisonModel &comparison() const { return find<ComparePage>("comparePage")->comparison(); }
    bool compared() const
    {
        return QTest::qWaitFor([&] { return !comparison().busy() && comparison().result(); }, 20000);
    }

    void setUp()
    {
        place_ = std::make_unique<QTemporaryDir>();
        shaky_.failsAt = shaky_.holdsAt = FailingDevice::never;
        open(folder());
    }
    void tearDown()
    {
        shaky_.holdsAt = FailingDevice::never;
        window_.reset();
    }
};

} // namespace fastcar::ui
