// SPDX-License-Identifier: Apache-2.0
//
// The languages of resources/translations: the files themselves, and the real window in each of them.
#include "engine/backend/devices.h"
#include "engine/decode/generation.h"
#include "engine/library/library.h"
#include "engine/media/video_file.h"
#include "engine/quality/loaded_run.h"
#include "engine/replay/replay_policy.h"
#include "tests/ui/studio_window.h"
#include "ui/models/engine_words.h"
#include "ui/preferences/language.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

#include <set>

using namespace fastcar;
using namespace fastcar::ui;

namespace {

const QString folder = QStringLiteral(FASTCAR_SOURCE_DIR "/resources/translations");

struct Message {
    QString source;
    QString translation;
    bool finished = false;
};

/// As Qt Linguist keeps them (TS 2.1).
std::vector<Message> messagesOf(const QString &path)
{
    std::vector<Message> all;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return all;
    QXmlStreamReader reader(&file);
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (reader.name() == QLatin1String("message")) {
            all.emplace_back();
        } else if (reader.name() == QLatin1String("source")) {
            all.back().source = reader.readElementText();
        } else if (reader.name() == QLatin1String("translation")) {
            all.back().finished = !reader.attributes().hasAttribute(QLatin1String("type"));
            all.back().translation = reader.readElementText();
        }
    }
    return reader.hasError() ? std::vector<Message>() : all;
}

/// "%1", "%2", each once, and where a mnemonic, a key or room for a number stands.
QStringList marksOf(const QString &text)
{
    static const QRegularExpression places(QStringLiteral("%L?\\d+"));
    std::set<QString> found;
    for (auto match = places.globalMatch(text); match.hasNext();)
        found.insert(match.next().captured());
    QStringList marks(found.begin(), found.end());
    static const QRegularExpression mnemonic(QStringLiteral("&\\w"));
    marks += QStringLiteral("%1 mnemonics").arg(text.count(mnemonic));
    marks += QStringLiteral("%1 tabs").arg(text.count(QLatin1Char('\t')));
    marks += QStringLiteral("spaces %1 %2").arg(text.startsWith(u' ')).arg(text.endsWith(u' '));
    return marks;
}

/// "button: Generate", of all that a window shows or could show.
QStringList wordsOf(const QWidget &window)
{
    QStringList words;
    for (const auto *action : window.findChildren<QAction *>())
        words << action->text() << action->toolTip();
    for (const auto *label : window.findChildren<QLabel *>())
        words << label->text();
    for (const auto *button : window.findChildren<QAbstractButton *>())
        words << button->text();
    for (const auto *dock : window.findChildren<QDockWidget *>())
        words << dock->windowTitle();
    for (const auto *combo : window.findChildren<QComboBox *>())
        for (int i = 0; i < combo->count(); ++i)
            words << combo->itemText(i);
    for (const auto *widget : window.findChildren<QWidget *>())
        words << widget->toolTip() << widget->accessibleName();
    return words;
}

/// Two actions of one menu that answer to the same letter.
QStringList sharedLettersOf(const QMenu &menu)
{
    QStringList shared;
    QMap<QKeySequence, QString> holders;
    for (const QAction *action : menu.actions()) {
        if (action->menu())
            shared += sharedLettersOf(*action->menu());
        const QKeySequence letter = QKeySequence::mnemonic(action->text());
        if (letter.isEmpty())
            continue;
        if (holders.contains(letter))
            shared += holders[letter] + QStringLiteral(" and ") + action->text();
        holders[letter] = action->text();
    }
    return shared;
}

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT

private slots:
    void everyFileIsWhole_data();
    void everyFileIsWhole();
    void germanIsOfferedBesideEnglish();
    void theWindowSpeaksGerman();
    void whatTheEngineSaysIsTranslated();
    void whatIsPutIntoASentenceMayLookLikeAPlace();
    void numbersAreWrittenAlikeInEachLanguage();
    void noMenuHasALetterTwice_data();
    void noMenuHasALetterTwice();
    void cleanup();

private:
    void openIn(const QString &language);

    QTemporaryDir folder_;
    std::unique_ptr<MainWindow> window_;
};

void TestTranslations::openIn(const QString &language)
{
    speak(*qApp, language);
    window_ = openWindow(windowOptions(folder_.path()));
}

void TestTranslations::cleanup()
{
    window_.reset();
    qDeleteAll(qApp->findChildren<QTranslator *>()); // English again
    QLocale::setDefault(QLocale::c());
}

void TestTranslations::everyFileIsWhole_data()
{
    QTest::addColumn<QString>("path");
    for (const QFileInfo &file : QDir(folder).entryInfoList({QStringLiteral("studio_*.ts")}))
        QTest::newRow(qPrintable(file.fileName())) << file.filePath();
}

void TestTranslations::everyFileIsWhole()
{
    QFETCH(const QString, path);
    const std::vector<Message> messages = messagesOf(path);
    QVERIFY(messages.size() > 1000);
    for (const Message &message : messages) {
        QVERIFY2(message.finished && !message.translation.isEmpty(), qPrintable(message.source));
        QVERIFY2(marksOf(message.translation) == marksOf(message.source),
                 qPrintable(message.source + QStringLiteral("\n") + message.translation));
    }
}

void TestTranslations::germanIsOfferedBesideEnglish()
{
    const std::vector<Language> languages = availableLanguages();
    if (languages.size() == 1)
        QSKIP("built without lrelease");
    QCOMPARE(languages.front().code, QStringLiteral("en"));
    QCOMPARE(languages[1].code, QStringLiteral("de"));
    QCOMPARE(languages[1].title, QStringLiteral("Deutsch"));
}

void TestTranslations::theWindowSpeaksGerman()
{
    if (availableLanguages().size() == 1)
        QSKIP("built without lrelease");
    openIn(QStringLiteral("de"));
    QCOMPARE(window_->findChild<QAction *>(QStringLiteral("generateAction"))->text(),
             QStringLiteral("&Erzeugen"));

    // A context that is not that of the program would leave its texts as they are.
    QMap<QString, bool> stays; // source -> whether any translation is the same
    for (const Message &message : messagesOf(folder + QStringLiteral("/studio_de.ts")))
        stays[message.source] |= message.source == message.translation;
    const QStringList words = wordsOf(*window_);
    QVERIFY(words.size() > 500);
    QStringList english;
    for (const QString &word : words)
        if (!stays.value(word, true))
            english += word;
    english.removeDuplicates();
    QVERIFY2(english.isEmpty(), qPrintable(english.join(QLatin1Char('\n'))));
}

/// Of the engine itself, so that a sentence that was changed there is missed here.
void TestTranslations::whatTheEngineSaysIsTranslated()
{
    if (availableLanguages().size() == 1)
        QSKIP("built without lrelease");
    speak(*qApp, QStringLiteral("de"));
    const std::string here = folder_.path().toStdString();
    const auto write = [&](const char *name, const QByteArray &bytes) {
        QFile file(folder_.filePath(QLatin1String(name)));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    };
    QVERIFY(write("notes.txt", "no video") && write("cut.fctrace", "fctrace") &&
            write("no.fctrace", "video"));
    std::vector<Error> errors{
        Model::open(here + "/none").error(),
        Model::open(here).error(),
        loadRun(here + "/none.mkv").error(),
        loadRun(here + "/notes.txt").error(),
        loadRun(here + "/no.fctrace").error(),
        loadRun(here + "/cut.fctrace").error(),
        loadRun(here).error(),
        parseThresholds("1,x", 2).error(),
        parseThresholds("1,2,3", 2).error(),
        checkVideoFile(here + "/clip.doc").error(),
        checkVideoFile(here + "/clip").error(),
        Library::openToRead(here + "/none").error(),
    };
    QVERIFY(QDir(folder_.path()).mkdir(QStringLiteral("model")));
    QVERIFY(write("model/config.json", "{}"));
    errors.push_back(Model::open(here + "/model").error());
    QVERIFY(write("model/config.json", "{"));
    errors.push_back(Model::open(here + "/model").error());
    for (const Error &error : errors)
        QVERIFY2(engineWords(error) != QString::fromStdString(error.message), error.message.c_str());
    for (const DeviceInfo &device : listDevices()) {
        const QString words = engineWords(device.description);
        for (const char *english : {"core,", "cores,", "weights", "keys", "card", "accelerator"})
            QVERIFY2(!words.contains(QLatin1String(english)), qPrintable(words));
    }
}

void TestTranslations::whatIsPutIntoASentenceMayLookLikeAPlace()
{
    const std::string odd = "There is no folder '/a %2 b' for '/a %1 b/c.mp4'; create it first.";
    QCOMPARE(engineWords(odd), QString::fromStdString(odd));
    const std::string unknown = "Nobody has said this before.";
    QCOMPARE(engineWords(unknown), QString::fromStdString(unknown));
}

void TestTranslations::numbersAreWrittenAlikeInEachLanguage()
{
    openIn(QStringLiteral("de"));
    auto *guidance = window_->findChild<QDoubleSpinBox *>(QStringLiteral("guidanceSpin"));
    guidance->selectAll();
    QTest::keyClicks(guidance, QStringLiteral("2.5"));
    QTest::keyClick(guidance, Qt::Key_Return);
    QCOMPARE(guidance->value(), 2.5);
    QCOMPARE(guidance->text(), QStringLiteral("2.50"));
}

void TestTranslations::noMenuHasALetterTwice_data()
{
    QTest::addColumn<QString>("language");
    for (const Language &language : availableLanguages())
        QTest::newRow(qPrintable(language.code)) << language.code;
}

void TestTranslations::noMenuHasALetterTwice()
{
    QFETCH(const QString, language);
    openIn(language);
    QStringList shared;
    for (const auto *menu : window_->findChildren<QMenu *>())
        shared += sharedLettersOf(*menu);
    shared.removeDuplicates();
    QVERIFY2(shared.isEmpty(), qPrintable(shared.join(QLatin1Char('\n'))));
}

QTEST_MAIN(TestTranslations)
#include "test_translations.moc"
