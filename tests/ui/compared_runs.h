// SPDX-License-Identifier: Apache-2.0
//
// The comparison page by itself in a test, over runs of the real engine with the golden checkpoint and over
// videos of plain colours; driven by the names of its controls.
#pragma once

#include "engine/media/video_file.h"
#include "tests/decode/golden.h"
#include "tests/ui/named_control.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/compare_view.h"
#include "ui/models/preferences.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDropEvent>
#include <QMimeData>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <limits>
#include <memory>

namespace fastcar::ui {

/// A threshold below every score.
inline constexpr float always = -std::numeric_limits<float>::infinity();

inline SharedFrame plain(int width, int height, std::uint8_t red, std::uint8_t green, std::uint8_t blue)
{
    auto frame = std::make_shared<Frame>();
    frame->width = width;
    frame->height = height;
    for (int i = 0; i < width * height; ++i)
        frame->rgb.insert(frame->rgb.end(), {red, green, blue});
    return frame;
}

/// What a test class of the page derives from, beside QObject.
class ComparedRuns {
protected:
    void open()
    {
        preferences_ = std::make_unique<Preferences>(std::make_unique<QSettings>(
            folder_.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat));
        record_ = std::make_unique<RunRecord>();
        controller_ = std::make_unique<RunController>(*record_);
        settings_ = std::make_unique<RunSettingsModel>();
        settings_->setModel(golden::model());
        settings_->setPrompt(QStringLiteral("A red kite."));
        settings_->setSeed(7);
        settings_->setSeedLocked(true);
        selection_ = std::make_unique<Selection>();
        playback_ = std::make_unique<Playback>(record_->frames(), *selection_);
        page_ = std::make_unique<ComparePage>(
            ComparePage::Models{*record_, *controller_, *settings_, *selection_, *playback_, *preferences_});
        connectAsInTheWindow();
        page_->resize(1100, 760);
        page_->show();
        QVERIFY(QTest::qWaitForWindowExposed(page_.get()));
    }
    /// The page as of the first start: nothing is remembered.
    void openAnew()
    {
        QFile::remove(folder_.filePath(QStringLiteral("settings.ini")));
        open();
    }
    void close()
    {
        page_.reset();
        playback_.reset();
        controller_.reset();
        record_.reset();
    }

    template <typename T>
    T *find(const char *name)
    {
        return namedControl<T>(*page_, name);
    }
    const ComparisonModel &comparison() const { return page_->comparison(); }
    bool settled()
    {
        return QTest::qWaitFor([&] { return !comparison().busy() && comparison().result(); }, 30000);
    }
    bool runIsDone()
    {
        return QTest::qWaitFor([&] { return controller_->state() == RunController::State::Done; }, 60000);
    }

    /// A run of the panel's settings, replayed above `threshold` in all layers, or dense.
    void makeRun(std::optional<float> threshold, int frames = 2)
    {
        settings_->setFrames(frames);
        RunSettings settings = settings_->takeForRun();
        settings.replay.thresholds.clear();
        if (threshold)
            settings.replay.thresholds.assign(4, *threshold);
        controller_->start(golden::model().checkpoint->config(), settings);
        QVERIFY(runIsDone());
    }
    /// A dense run as A, one that replays everything as B.
    void compareRunBeforeWithShown(int frames)
    {
        makeRun(std::nullopt, frames);
        makeRun(always, frames);
        page_->choose(Side::A, RunSource::before());
        page_->choose(Side::B, RunSource::shown());
        QVERIFY(settled());
    }

    void makeVideo(const char *name, const std::vector<SharedFrame> &frames)
    {
        QVERIFY(writeVideo(folder_.filePath(QLatin1String(name)).toStdString(), frames, {.scale = 1}).ok());
    }
    /// Files on a point of the page, as a file manager drops them.
    void drop(const QStringList &names, QPointF at)
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString &name : names)
            urls += QUrl::fromLocalFile(folder_.filePath(name));
        data.setUrls(urls);
        QDragEnterEvent enter(at.toPoint(), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(page_.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(page_.get(), &event);
    }
    /// A red, B blue; in frame 2 B is a little lighter than A.
    void compareVideos()
    {
        makeVideo("red.mkv", {plain(32, 32, 200, 0, 0), plain(32, 32, 40, 40, 40), plain(32, 32, 9, 9, 9)});
        makeVideo("blue.mkv", {plain(32, 32, 0, 0, 200), plain(32, 32, 43, 43, 43), plain(32, 32, 9, 9, 9)});
        drop({QStringLiteral("red.mkv"), QStringLiteral("blue.mkv")}, {10, 300});
        QVERIFY(settled());
        QCOMPARE(comparison().frames(), 3);
        QTest::qWait(0);
    }

    /// Of the table of figures.
    QString cell(const char *row, int column) const
    {
        auto *table = page_->findChild<QTableView *>(QStringLiteral("comparisonTable"));
        const auto *model = qobject_cast<ComparisonTable *>(table->model());
        return model->index(model->rowOf(QLatin1String(row)), column).data().toString();
    }
    /// The colour of a point of the view, 0 to 1, as it is painted.
    QColor colourAt(double x, double y)
    {
        QTest::qWait(1); // what was asked for is drawn
        const QImage image = page_->view().grab().toImage();
        return image.pixelColor(static_cast<int>(x * image.width()), static_cast<int>(y * image.height()));
    }

    QTemporaryDir folder_;
    QObject window_; // starts the runs that the page asks for
    std::unique_ptr<Preferences> preferences_;
    std::unique_ptr<RunRecord> record_;
    std::unique_ptr<RunController> controller_;
    std::unique_ptr<RunSettingsModel> settings_;
    std::unique_ptr<Selection> selection_;
    std::unique_ptr<Playback> playback_;
    std::unique_ptr<ComparePage> page_;

private:
    void connectAsInTheWindow()
    {
        QObject::connect(record_.get(), &RunRecord::began, &window_, [this] {
            const TraceShape &shape = record_->trace().shape();
            selection_->setLimits(shape.layers, shape.rows, shape.stride, shape.videos);
        });
        QObject::connect(&record_->frames(), &FrameStore::frameChanged, &window_,
                         [this] { selection_->setVisibleFrames(record_->frames().visibleFrames()); });
        QObject::connect(page_.get(), &ComparePage::runAsked, &window_, [this](const RunSettings &settings) {
            controller_->start(golden::model().checkpoint->config(), settings);
        });
    }
};

} // namespace fastcar::ui
