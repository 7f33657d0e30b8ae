// SPDX-License-Identifier: Apache-2.0
//
// Prompts of earlier runs: kept, walked through in the field, searched in the window.
#include "tests/ui/queue_window.h"
#include "ui/models/prompt_history.h"
#include "ui/prompt/prompt_edit.h"

#include <QLineEdit>
#include <QListWidget>

using namespace fastcar;
using namespace fastcar::ui;

class TestPromptHistory : public QObject, private QueueWindow {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }
    void init() { makeFolder(); }
    void cleanup() { window_.reset(); }

    void aPromptStandsInTheHistoryOnce();
    void theHistoryOutlivesTheProgram();
    void upAndDownWalkThroughTheHistory();
    void inTheMiddleOfAPromptUpIsOnlyUp();
    void theHistoryIsSearchedAndChosenFrom();
};

void TestPromptHistory::aPromptStandsInTheHistoryOnce()
{
    PromptHistory history({});
    for (const char *prompt : {"a cat", "a dog", "  a cat \n", "   ", "a red bird"})
        history.add(QString::fromUtf8(prompt));
    QCOMPARE(history.matching({}), QStringList({"a red bird", "a cat", "a dog"}));
    history.setFavourite(QStringLiteral("a dog"), true);
    QCOMPARE(history.matching({}), QStringList({"a dog", "a red bird", "a cat"}));
    QCOMPARE(history.matching(QStringLiteral("RED a")), QStringList({"a red bird"}));
    for (int i = 0; i < 600; ++i)
        history.add(QStringLiteral("prompt %1").arg(i));
    QVERIFY(history.isFavourite(QStringLiteral("a dog"))); // favourites stay
    QCOMPARE(history.matching(QStringLiteral("cat")), QStringList());
    QCOMPARE(history.entries().size(), 501U);
}

void TestPromptHistory::theHistoryOutlivesTheProgram()
{
    {
        PromptHistory history(file("history.json"));
        history.add(QStringLiteral("a cat"));
        history.add(QStringLiteral("“two\nlines”"));
        history.setFavourite(QStringLiteral("a cat"), true);
    }
    PromptHistory again(file("history.json"));
    QCOMPARE(again.entries().size(), 2U);
    QCOMPARE(again.entries().front().prompt, QStringLiteral("“two\nlines”"));
    QVERIFY(again.isFavourite(QStringLiteral("a cat")));
    again.remove(QStringLiteral("a cat"));
    QCOMPARE(PromptHistory(file("history.json")).entries().size(), 1U);
}

void TestPromptHistory::upAndDownWalkThroughTheHistory()
{
    PromptHistory history({});
    for (const char *prompt : {"oldest", "older", "newest"})
        history.add(QString::fromUtf8(prompt));
    PromptEdit edit(history);
    edit.show();
    QTest::keyClicks(&edit, QStringLiteral("typed"));
    QTest::keyClick(&edit, Qt::Key_Up);
    QCOMPARE(edit.toPlainText(), QStringLiteral("newest"));
    QTest::keyClick(&edit, Qt::Key_Up);
    QTest::keyClick(&edit, Qt::Key_Up);
    QTest::keyClick(&edit, Qt::Key_Up);
    QCOMPARE(edit.toPlainText(), QStringLiteral("oldest"));
    QTest::keyClick(&edit, Qt::Key_Down);
    QTest::keyClick(&edit, Qt::Key_Down);
    QCOMPARE(edit.toPlainText(), QStringLiteral("newest"));
    QTest::keyClick(&edit, Qt::Key_Down);
    QCOMPARE(edit.toPlainText(), QStringLiteral("typed")); // as it was
    QTest::keyClick(&edit, Qt::Key_Up);
    QTest::keyClick(&edit, Qt::Key_End);
    QTest::keyClicks(&edit, QStringLiteral("!"));
    QCOMPARE(edit.toPlainText(), QStringLiteral("newest!"));
    QTest::keyClick(&edit, Qt::Key_Up); // something was typed: from the newest on again
    QCOMPARE(edit.toPlainText(), QStringLiteral("newest"));
    edit.undo();
    QCOMPARE(edit.toPlainText(), QStringLiteral("newest!"));
}

void TestPromptHistory::inTheMiddleOfAPromptUpIsOnlyUp()
{
    PromptHistory history({});
    history.add(QStringLiteral("newest"));
    PromptEdit edit(history);
    edit.show();
    edit.setPlainText(QStringLiteral("one\ntwo"));
    edit.moveCursor(QTextCursor::End);
    QTest::keyClick(&edit, Qt::Key_Up);
    QCOMPARE(edit.toPlainText(), QStringLiteral("one\ntwo"));
    QTest::keyClick(&edit, Qt::Key_Up);
    QCOMPARE(edit.toPlainText(), QStringLiteral("newest"));
}

void TestPromptHistory::theHistoryIsSearchedAndChosenFrom()
{
    open();
    for (const char *prompt : {"a cat sleeps", "a dog runs"}) {
        window_->settings().setPrompt(QString::fromUtf8(prompt));
        click("generateButton");
        waitUntilNothingRuns();
    }
    click("historyButton");
    auto *search = find<QLineEdit>("historySearch");
    auto *list = find<QListWidget>("historyList");
    QVERIFY(search->isVisible());
    QCOMPARE(list->count(), 2);
    QTest::keyClicks(search, QStringLiteral("cat"));
    QCOMPARE(list->count(), 1);
    QTest::keyClick(search, Qt::Key_D, Qt::ControlModifier);
    search->clear();
    QCOMPARE(list->item(0)->text(), QStringLiteral("a cat sleeps")); // a favourite stands first
    QTest::keyClick(search, Qt::Key_Down);
    QTest::keyClick(search, Qt::Key_Delete, Qt::ShiftModifier);
    QCOMPARE(list->count(), 1);
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(!search->isVisible());
    QCOMPARE(find<PromptEdit>("promptEdit")->toPlainText(), QStringLiteral("a cat sleeps"));
    open(); // the program starts again
    click("historyButton");
    QCOMPARE(find<QListWidget>("historyList")->count(), 1);
}

QTEST_MAIN(TestPromptHistory)
#include "test_prompt_history.moc"
