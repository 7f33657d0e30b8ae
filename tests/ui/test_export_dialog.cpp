// SPDX-License-Identifier: Apache-2.0
//
// The real dialog, by the names of its controls.
#include "tests/ui/exported_run.h"
#include "tests/ui/named_control.h"
#include "ui/export/export_dialog.h"
#include "ui/export/picture_preview.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>

#include <nlohmann/json.hpp>

using namespace fastcar;
using namespace fastcar::ui;
using What = ExportChoice::What;

class TestExportDialog : public QObject, private ExportedRun {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }
    void init() { makeMaterial(); }
    void cleanup();

    void everyControlHasANameForAssistiveTechnology();
    void theDialogWritesWhatItShows();
    void anExistingFileIsAskedAbout();
    void eachKindProposesANameOfItsOwn();
    void choicesAreThereAgainNextTime();
    void whatCannotBeWrittenIsExplained();
    void escapeCancelsBeforeItCloses();

private:
    template <typename T>
    T *find(const char *name)
    {
        return namedControl<T>(*dialog_, name);
    }
    void open();
    bool waitForMessage()
    {
        return QTest::qWaitFor([&] { return !find<QLabel>("exportMessageLabel")->text().isEmpty(); }, 20000);
    }

    std::unique_ptr<ExportDialog> dialog_;
};

void TestExportDialog::cleanup()
{
    dialog_.reset();
    removeFiles();
}

void TestExportDialog::open()
{
    dialog_ = std::make_unique<ExportDialog>(*material_, *preferences_);
    dialog_->show();
    QVERIFY(QTest::qWaitForWindowExposed(dialog_.get()));
}

void TestExportDialog::everyControlHasANameForAssistiveTechnology()
{
    open();
    for (auto *widget : dialog_->findChildren<QWidget *>()) {
        const auto *button = qobject_cast<QAbstractButton *>(widget);
        const bool control = button || qobject_cast<QComboBox *>(widget) ||
                             qobject_cast<QSpinBox *>(widget) || qobject_cast<QProgressBar *>(widget) ||
                             qobject_cast<QLineEdit *>(widget);
        if (!control || widget->objectName().startsWith(QLatin1String("qt_")))
            continue;
        QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                 qPrintable(widget->objectName()));
        QVERIFY(!widget->objectName().isEmpty());
    }
}

void TestExportDialog::theDialogWritesWhatItShows()
{
    open();
    // Where the last video was saved.
    QCOMPARE(find<QLineEdit>("exportFileEdit")->text(),
             folder_.filePath(QStringLiteral("a-made-run-für-immer.mp4")));
    preferences_->set(preference::saveFolder, QString());
    auto *format = find<QComboBox>("videoFormatCombo");
    format->setCurrentIndex(format->findData(QStringLiteral("mkv")));
    QVERIFY(find<QLineEdit>("exportFileEdit")->text().endsWith(QStringLiteral("a-made-run-für-immer.mkv")));
    find<QSpinBox>("videoScaleSpin")->setValue(6);
    find<QComboBox>("videoOverlayCombo")->setCurrentIndex(1);
    find<QLineEdit>("exportFileEdit")->setText(path("shown.mkv"));
    const PictureLook look{.scale = 6, .overlay = PictureLook::Overlay::Burned};
    QTRY_COMPARE(find<PicturePreview>("exportPreview")->picture(), exportedImage(*material_, 1, look));
    QVERIFY(find<QLabel>("exportFactsLabel")
                ->text()
                .startsWith(QStringLiteral("72 × 48 pixels, 3 frames, 0.60 s")));
    QSignalSpy written(dialog_.get(), &ExportDialog::written);
    QTest::mouseClick(find<QPushButton>("exportButton"), Qt::LeftButton);
    QVERIFY(written.wait(20000));
    QCOMPARE(written.front().front().toStringList(), QStringList{path("shown.mkv")});
    QVERIFY(find<QLabel>("exportMessageLabel")->text().contains(QStringLiteral("shown.mkv")));
    const auto frames = read(path("shown.mkv"));
    for (int frame = 0; frame < 3; ++frame)
        QVERIFY(frames[static_cast<std::size_t>(frame)]->rgb == exportedFrame(*material_, frame, look)->rgb);
    QCOMPARE(preferences_->get(preference::saveFolder), folder_.path());
    const auto settings = nlohmann::json::parse(inspectVideo(path("shown.mkv").toStdString())->settingsJson);
    QCOMPARE(settings["pictures"].get<std::string>(), std::string("overlay"));
}

void TestExportDialog::anExistingFileIsAskedAbout()
{
    open();
    dialog_->choose(What::Stills);
    find<QComboBox>("stillsCombo")->setCurrentIndex(1);
    find<QLineEdit>("exportFileEdit")->setText(path("s.png"));
    QFile old(path("s-0002.png"));
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("precious") == 8);
    old.close();
    QStringList asked;
    bool agreed = false;
    dialog_->askToReplace = [&](const QStringList &there) {
        asked = there;
        return agreed;
    };
    QTest::mouseClick(find<QPushButton>("exportButton"), Qt::LeftButton);
    QCOMPARE(asked, QStringList{path("s-0002.png")});
    QVERIFY(!QFileInfo::exists(path("s-0001.png")));
    QCOMPARE(QFileInfo(path("s-0002.png")).size(), 8);
    agreed = true;
    QTest::mouseClick(find<QPushButton>("exportButton"), Qt::LeftButton);
    QVERIFY(waitForMessage());
    QVERIFY(read(path("s-0002.png")).front()->width == 48);
}

/// Stills, sheet and plot all end in .png: one would ask to replace another.
void TestExportDialog::eachKindProposesANameOfItsOwn()
{
    open();
    auto *file = find<QLineEdit>("exportFileEdit");
    const QString stem = QStringLiteral("a-made-run-für-immer");
    const auto names = [&] {
        QStringList list;
        for (const What what : {What::Video, What::Stills, What::Sheet, What::Trace, What::Plot}) {
            dialog_->choose(what);
            list += QFileInfo(file->text()).fileName();
        }
        return list;
    };
    const QStringList expected{stem + ".mp4", stem + "-still.png", stem + "-sheet.png", stem + ".fctrace",
                               stem + "-ratio-by-layer.png"};
    QCOMPARE(names(), expected);
    QCOMPARE(names(), expected); // and back again
    auto *plot = find<QComboBox>("plotCombo");
    plot->setCurrentIndex(1);
    QVERIFY(file->text().endsWith(stem + "-ratio-by-frame.png"));
    dialog_->choose(What::Stills);
    find<QComboBox>("stillsCombo")->setCurrentIndex(1); // all: their numbers tell them apart
    QVERIFY(file->text().endsWith(stem + ".png"));

    // What a person has typed stays.
    file->setText(path("mine.png"));
    dialog_->choose(What::Sheet);
    QCOMPARE(file->text(), path("mine.png"));
    dialog_->choose(What::Video);
    QCOMPARE(file->text(), path("mine.mp4"));
    // In another folder it is still the proposal.
    file->setText(folder_.filePath(stem + ".mp4"));
    dialog_->choose(What::Sheet);
    QCOMPARE(file->text(), folder_.filePath(stem + "-sheet.png"));
}

void TestExportDialog::choicesAreThereAgainNextTime()
{
    open();
    dialog_->choose(What::Sheet);
    find<QSpinBox>("columnsSpin")->setValue(3);
    find<QComboBox>("paperCombo")->setCurrentIndex(1);
    dialog_->reject();
    open();
    QVERIFY(find<QPushButton>("exportSheet")->isChecked());
    QCOMPARE(find<QSpinBox>("columnsSpin")->value(), 3);
    QCOMPARE(find<QComboBox>("paperCombo")->currentIndex(), 1);
    QCOMPARE(find<QSpinBox>("exportPaceSpin")->value(), 5); // the clip's own
    // Whatever somebody has written into the settings.
    const ExportChoice odd =
        ExportChoice::fromJson(QStringLiteral(R"({"what": 77, "columns": -4, "video": 3})"));
    QVERIFY(odd.what == What::Plot);
    QCOMPARE(odd.sheet.columns, 1);
}

void TestExportDialog::whatCannotBeWrittenIsExplained()
{
    open();
    find<QLineEdit>("exportFileEdit")->setText(path("no/such/clip.mp4"));
    QTest::mouseClick(find<QPushButton>("exportButton"), Qt::LeftButton);
    QVERIFY(waitForMessage());
    QVERIFY2(find<QLabel>("exportMessageLabel")->text().contains(QStringLiteral("no/such/clip.")),
             qPrintable(find<QLabel>("exportMessageLabel")->text()));
    QVERIFY(find<QPushButton>("exportButton")->isEnabled());
    find<QLineEdit>("exportFileEdit")->clear();
    QTest::mouseClick(find<QPushButton>("exportButton"), Qt::LeftButton);
    QVERIFY(find<QLabel>("exportMessageLabel")->text().contains(QStringLiteral("Say which file")));
}

void TestExportDialog::escapeCancelsBeforeItCloses()
{
    material_->frames.resize(1);
    material_->scenes.resize(1);
    while (material_->frames.size() < 400) { // enough to be caught at
        material_->frames.push_back(material_->frames.front());
        material_->scenes.push_back(material_->scenes.front());
    }
    open();
    find<QSpinBox>("videoScaleSpin")->setValue(16);
    find<QLineEdit>("exportFileEdit")->setText(path("long.mp4"));
    QTest::mouseClick(find<QPushButton>("exportButton"), Qt::LeftButton);
    QVERIFY(find<QProgressBar>("exportProgress")->isVisible());
    QTest::keyClick(dialog_.get(), Qt::Key_Escape);
    QVERIFY(dialog_->isVisible());
    QVERIFY(waitForMessage());
    QVERIFY(find<QLabel>("exportMessageLabel")->text().contains(QStringLiteral("Cancelled")));
    QVERIFY(!QFileInfo::exists(path("long.mp4")));
    QTest::keyClick(dialog_.get(), Qt::Key_Escape);
    QVERIFY(!dialog_->isVisible());
}

QTEST_MAIN(TestExportDialog)
#include "test_export_dialog.moc"
