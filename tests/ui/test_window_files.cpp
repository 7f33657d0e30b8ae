// SPDX-License-Identifier: Apache-2.0
//
// Videos that the real window saves, and what is dropped onto it.
#include "engine/media/video_file.h"
#include "tests/ui/watched_window.h"
#include "ui/window/message_banner.h"
#include "ui/window/viewer_page.h"

#include <QAction>
#include <QDialog>
#include <QDir>
#include <QDragEnterEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPointer>
#include <QSpinBox>
#include <QUrl>

using namespace fastcar;
using namespace fastcar::ui;
using State = RunController::State;

class TestWindowFiles : public QObject, private WatchedWindow {
    Q_OBJECT

private slots:
    void initTestCase() { WatchedWindow::initTestCase(); }
    void init() { WatchedWindow::init(); }
    void cleanup() { WatchedWindow::cleanup(); }
    void cleanupTestCase() { WatchedWindow::cleanupTestCase(); }

    void saveWritesAVideoThatCanBeRead();
    void savingToNowhereIsExplained();
    void whatIsDroppedIsOpened();
    void aModelKeepsItsWholePath();

private:
    /// As if it were dragged here from a file manager.
    void drop(const QString &file, QWidget &onto);
    void drop(const QString &file) { drop(file, *window_); }
};

void TestWindowFiles::drop(const QString &file, QWidget &onto)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    const QPoint at = onto.rect().center();
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&onto, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent let(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&onto, &let);
}

void TestWindowFiles::saveWritesAVideoThatCanBeRead()
{
    setPrompt(QStringLiteral("A cat, again!"));
    find<QSpinBox>("framesSpin")->setValue(3);
    window_->viewer().findChild<QSpinBox *>(QStringLiteral("paceSpin"))->setValue(4);
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    QString suggested;
    window_->askForVideoFile = [&](const QString &suggestion) {
        suggested = suggestion;
        return folder_.filePath(QStringLiteral("clip.mkv"));
    };
    find<QAction>("saveVideoAction")->trigger();
    auto *banner = find<MessageBanner>("messageBanner");
    QVERIFY(QTest::qWaitFor(
        [&] { return banner->isVisible() && banner->text().contains(QStringLiteral("Saved")); }, 30000));
    QVERIFY2(suggested.endsWith(QStringLiteral("/a-cat-again.mp4")), qPrintable(suggested));
    const auto info = inspectVideo(folder_.filePath(QStringLiteral("clip.mkv")).toStdString());
    QVERIFY2(info.ok(), info.ok() ? "" : info.error().message.c_str());
    QCOMPARE(info->frames, 3);
    QCOMPARE(info->title, std::string("A cat, again!"));
    QVERIFY(qAbs(info->framesPerSecond - 4.0) < 0.01);
    const auto settings = runSettingsFromJson(info->settingsJson);
    QVERIFY(settings.ok());
    QCOMPARE(settings->seed, window_->controller().settings().seed);

    // The export begins where that video was saved; its dialog does not hold up who opened it.
    find<QAction>("exportAction")->trigger();
    QPointer<QDialog> dialog = find<QDialog>("exportDialog");
    QVERIFY(dialog->isVisible() && dialog->isModal());
    QCOMPARE(dialog->findChild<QLineEdit *>(QStringLiteral("exportFileEdit"))->text(),
             folder_.filePath(QStringLiteral("a-cat-again.mp4")));
    dialog->reject();
    QTRY_VERIFY(dialog.isNull());
}

void TestWindowFiles::savingToNowhereIsExplained()
{
    setPrompt(QStringLiteral("a cat"));
    find<QSpinBox>("framesSpin")->setValue(1);
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    window_->askForVideoFile = [&](const QString &) {
        return folder_.filePath(QStringLiteral("no/such/clip.mp4"));
    };
    window_->saveVideo();
    auto *banner = find<MessageBanner>("messageBanner");
    QVERIFY(QTest::qWaitFor([&] { return banner->isVisible(); }, 30000));
    QVERIFY2(banner->text().contains(QStringLiteral("not saved")), qPrintable(banner->text()));
    window_->askForVideoFile = [](const QString &) { return QString(); }; // thought better of it
    window_->saveVideo();
}

void TestWindowFiles::whatIsDroppedIsOpened()
{
    openWithoutAModel();
    QVERIFY(!window_->hasModel());
    QSignalSpy settled(window_.get(), &MainWindow::modelSettled);
    drop(QStringLiteral(FASTCAR_TEST_DATA "/golden/checkpoint")); // a model's folder
    QVERIFY(settled.count() > 0 || settled.wait(20000));
    QVERIFY(window_->hasModel());

    setPrompt(QStringLiteral("a cat"));
    find<QSpinBox>("framesSpin")->setValue(2);
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    const QString file = folder_.filePath(QStringLiteral("dropped.mkv"));
    window_->askForVideoFile = [&](const QString &) { return file; };
    window_->saveVideo();
    auto *banner = find<MessageBanner>("messageBanner");
    QTRY_VERIFY(banner->text().contains(QStringLiteral("Saved")));
    const quint64 seed = window_->controller().settings().seed;
    setPrompt(QStringLiteral("something else"));
    window_->settings().setSeed(seed + 1);

    // A video of ours: its settings travel in it. Not even the prompt takes it for text.
    drop(file, *find<QPlainTextEdit>("promptEdit")->viewport());
    QCOMPARE(find<QPlainTextEdit>("promptEdit")->toPlainText(), QStringLiteral("something else"));
    QTRY_VERIFY2(banner->text().contains(QStringLiteral("A run: dropped.mkv")), qPrintable(banner->text()));
    click("useDroppedSettingsButton");
    QCOMPARE(find<QPlainTextEdit>("promptEdit")->toPlainText(), QStringLiteral("a cat"));
    QCOMPARE(window_->settings().seed(), seed);

    const QString strange = folder_.filePath(QStringLiteral("notes.txt"));
    QFile notes(strange);
    QVERIFY(notes.open(QIODevice::WriteOnly) && notes.write("no video") > 0);
    notes.close();
    drop(strange);
    QTRY_VERIFY2(banner->text().contains(QStringLiteral("notes.txt holds no run")),
                 qPrintable(banner->text()));
    QCOMPARE(window_->record().frames().wholeFrames(), 2); // what was there stays
}

/// A model that was named from where one happened to be is found when a run goes on, or the program starts,
/// elsewhere.
void TestWindowFiles::aModelKeepsItsWholePath()
{
    openWithoutAModel();
    QSignalSpy settled(window_.get(), &MainWindow::modelSettled);
    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(QStringLiteral(FASTCAR_TEST_DATA "/golden")));
    drop(QStringLiteral("./checkpoint"));
    QVERIFY(settled.count() > 0 || settled.wait(20000));
    QVERIFY(QDir::setCurrent(before));
    QCOMPARE(QString::fromStdString(window_->settings().settings().modelFolder),
             QStringLiteral(FASTCAR_TEST_DATA "/golden/checkpoint"));
}

QTEST_MAIN(TestWindowFiles)
#include "test_window_files.moc"
