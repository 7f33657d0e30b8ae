// SPDX-License-Identifier: Apache-2.0
//
// The real window with the real engine and the golden checkpoint, by the names of its controls: what it asks
// for and shows before, beside and after a run.
#include "tests/ui/watched_window.h"
#include "ui/window/message_banner.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QTableView>
#include <QTimer>

using namespace fastcar;
using namespace fastcar::ui;
using State = RunController::State;

class TestMainWindow : public QObject, private WatchedWindow {
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { WatchedWindow::init(); }
    void cleanup() { WatchedWindow::cleanup(); }
    void cleanupTestCase() { WatchedWindow::cleanupTestCase(); }

    void everyControlHasANameForAssistiveTechnology();
    void withoutAModelNothingCanRun();
    void aFolderThatIsNoModelIsExplained();
    void aPromptIsNeeded();
    void tooManyFramesAreRefusedByTheForm();
    void keysScrubAndPlay();
    void layersAreChosenInAnyView();
    void bothThemesCanBeChosen();
    void settingsAreThereAgainNextTime();
    void closingWithoutALibraryTellsWhatIsLost();
};

void TestMainWindow::initTestCase()
{
    WatchedWindow::initTestCase();
    if (!device_) {
        const auto refused = ViewDevice::create({});
        QVERIFY(!refused.ok()); // and not a crash
    }
}

void TestMainWindow::everyControlHasANameForAssistiveTechnology()
{
    for (auto *slider : window_->findChildren<QAbstractSlider *>()) {
        if (!qobject_cast<QScrollBar *>(static_cast<QObject *>(slider)))
            QVERIFY2(!slider->accessibleName().isEmpty(), qPrintable(slider->objectName()));
    }
    for (auto *box : window_->findChildren<QAbstractSpinBox *>())
        QVERIFY2(!box->accessibleName().isEmpty(), qPrintable(box->objectName()));
    for (auto *box : window_->findChildren<QComboBox *>())
        QVERIFY2(!box->accessibleName().isEmpty(), qPrintable(box->objectName()));
    for (auto *button : window_->findChildren<QAbstractButton *>())
        QVERIFY2(button->objectName().isEmpty() || // one of Qt's own, within a widget that has a name
                     button->isHidden() || !button->accessibleName().isEmpty() || !button->text().isEmpty(),
                 qPrintable(button->objectName()));
}

void TestMainWindow::withoutAModelNothingCanRun()
{
    openWithoutAModel();
    QVERIFY(!window_->hasModel());
    setPrompt(QStringLiteral("a cat"));
    QVERIFY(!find<QPushButton>("generateButton")->isEnabled());
    QVERIFY(find<QWidget>("openModelButton")->isVisible());
    QCOMPARE(find<QLabel>("modelLabel")->text(), QStringLiteral("No model"));
}

void TestMainWindow::aFolderThatIsNoModelIsExplained()
{
    QSignalSpy settled(window_.get(), &MainWindow::modelSettled);
    window_->openModel(folder_.path());
    QVERIFY(settled.wait(20000));
    auto *banner = find<MessageBanner>("messageBanner");
    QVERIFY(banner->isVisible());
    QVERIFY(banner->text().contains(QStringLiteral("could not be opened")));
    QVERIFY(banner->text().size() > 60); // with a reason
    QVERIFY(window_->hasModel());        // the one that was open stays
}

void TestMainWindow::aPromptIsNeeded()
{
    setPrompt(QString());
    QVERIFY(!find<QPushButton>("generateButton")->isEnabled());
    const QString help = find<QPushButton>("generateButton")->toolTip();
    QVERIFY2(help.contains("A prompt is missing") && help.contains("unconditional"), qPrintable(help));
    setPrompt(QStringLiteral("  \n"));
    QVERIFY(!find<QPushButton>("generateButton")->isEnabled());
    setPrompt(QStringLiteral("a cat"));
    QVERIFY(find<QPushButton>("generateButton")->isEnabled());
    QVERIFY(!find<QPushButton>("generateButton")->toolTip().contains("missing"));
}

void TestMainWindow::tooManyFramesAreRefusedByTheForm()
{
    setPrompt(QStringLiteral("a cat"));
    auto *frames = find<QSpinBox>("framesSpin");
    frames->setValue(100000);
    QVERIFY(frames->value() < 100);
    click("generateButton");
    QVERIFY(waitFor(State::Done)); // so that the most that can be asked for does work
}

void TestMainWindow::keysScrubAndPlay()
{
    setPrompt(QStringLiteral("a cat"));
    find<QSpinBox>("framesSpin")->setValue(3);
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    Selection &selection = window_->selection();
    QTest::keyClick(window_.get(), Qt::Key_Home);
    QCOMPARE(selection.frame(), 0);
    QTest::keyClick(window_.get(), Qt::Key_Right);
    QCOMPARE(selection.frame(), 1);
    QTest::keyClick(window_.get(), Qt::Key_Left);
    QCOMPARE(selection.frame(), 0);
    QSignalSpy moved(&selection, &Selection::frameChanged);
    QTest::keyClick(window_.get(), Qt::Key_Space);
    QTRY_VERIFY(moved.count() >= 2);
    QTest::keyClick(window_.get(), Qt::Key_End);
    QCOMPARE(selection.frame(), 2);
    QVERIFY(selection.following());
}

void TestMainWindow::layersAreChosenInAnyView()
{
    setPrompt(QStringLiteral("a cat"));
    find<QSpinBox>("framesSpin")->setValue(2);
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    Selection &selection = window_->selection();
    QTest::keyClick(window_.get(), Qt::Key_BracketRight);
    QCOMPARE(selection.layer(), 1);
    QCOMPARE(find<QComboBox>("layerCombo")->currentIndex(), 1);
    QCOMPARE(find<QTableView>("layerSliders")->currentIndex().row(), 1);
    find<QTableView>("layerSliders")->selectRow(3);
    QCOMPARE(find<QComboBox>("layerCombo")->currentIndex(), 3);
    QTest::keyClick(window_.get(), Qt::Key_BracketLeft);
    QCOMPARE(selection.layer(), 2);
}

void TestMainWindow::bothThemesCanBeChosen()
{
    window_->preferences().set(preference::theme, preference::Theme::Light);
    QCOMPARE(currentTheme(), ThemeName::Light);
    QVERIFY(window_->palette().color(QPalette::Window).lightness() > 200);
    window_->preferences().set(preference::theme, preference::Theme::Dark);
    QCOMPARE(currentTheme(), ThemeName::Dark);
    QVERIFY(window_->palette().color(QPalette::Window).lightness() < 60);
}

void TestMainWindow::settingsAreThereAgainNextTime()
{
    setPrompt(QStringLiteral("remember me"));
    find<QSpinBox>("framesSpin")->setValue(3);
    find<QDoubleSpinBox>("thresholdSpin")->setValue(0.625);
    window_->close();
    window_.reset();
    open();
    QCOMPARE(find<QPlainTextEdit>("promptEdit")->toPlainText(), QStringLiteral("remember me"));
    QCOMPARE(find<QSpinBox>("framesSpin")->value(), 3);
    QCOMPARE(find<QDoubleSpinBox>("thresholdSpin")->value(), 0.625);
    QVERIFY(find<QPushButton>("presetUniform")->isChecked());
}

void TestMainWindow::closingWithoutALibraryTellsWhatIsLost()
{
    setPrompt(QStringLiteral("a cat"));
    find<QSpinBox>("framesSpin")->setValue(4);
    window_->settings().setDevice(QStringLiteral("shaky"));
    shaky_.holdsAt = 2 * 16 + 3;
    click("generateButton");
    QTRY_COMPARE(window_->record().frames().wholeFrames(), 2);
    QString told;
    const auto answer = [&](const char *button) {
        QTimer::singleShot(0, window_.get(), [this, &told, button] {
            auto *box = find<QMessageBox>("closingQuestion");
            told = box->informativeText();
            QTest::mouseClick(box->findChild<QPushButton *>(QLatin1String(button)), Qt::LeftButton);
        });
    };
    answer("stayOpenButton");
    QVERIFY(!window_->close());
    QVERIFY2(told.contains(QStringLiteral("2 frames of 4")), qPrintable(told));
    QVERIFY(window_->controller().running());
    answer("closeAllTheSameButton");
    QVERIFY(window_->close());
    shaky_.holdsAt = FailingDevice::never;
    QVERIFY(waitFor(State::Cancelled));
}

QTEST_MAIN(TestMainWindow)
#include "test_main_window.moc"
