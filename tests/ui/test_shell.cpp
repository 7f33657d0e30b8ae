// SPDX-License-Identifier: Apache-2.0
//
// The parts of the shell around the panels: layouts and what they remember, commands by their letters,
// preferences.
#include "ui/commands/command_list.h"
#include "ui/commands/fuzzy_match.h"
#include "ui/models/preferences.h"
#include "ui/models/recent_models.h"
#include "ui/window/middle_pages.h"
#include "ui/window/panel_docks.h"

#include <QAction>
#include <QDir>
#include <QDockWidget>
#include <QLabel>
#include <QMainWindow>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace fastcar;
using namespace fastcar::ui;

namespace {

/// A window with a panel at each side and two pages.
struct MadeWindow {
    explicit MadeWindow(bool withLater = false)
        : pages(new MiddlePages(&window))
        , docks(window, *pages)
    {
        window.setCentralWidget(pages);
        empty = new QLabel(QStringLiteral("nothing yet"));
        pages->add({.name = QStringLiteral("viewer"), .widget = new QWidget, .whileEmpty = empty});
        pages->add(
            {.name = QStringLiteral("compare"), .widget = new QWidget, .firstIn = {TaskLayout::Compare}});
        docks.add({.name = QStringLiteral("leftDock"),
                   .title = QStringLiteral("Left"),
                   .content = new QWidget,
                   .area = Qt::LeftDockWidgetArea,
                   .shownIn = {{TaskLayout::Generate, {}}, {TaskLayout::Tune, {.extent = 400}}}});
        docks.add({.name = QStringLiteral("otherLeftDock"),
                   .title = QStringLiteral("Other left"),
                   .content = new QWidget,
                   .area = Qt::LeftDockWidgetArea,
                   .shownIn = {{TaskLayout::Tune, {.inFront = true}}}});
        docks.add({.name = QStringLiteral("bottomDock"),
                   .content = new QWidget,
                   .area = Qt::BottomDockWidgetArea,
                   .shownIn = {{TaskLayout::Hardware, {.extent = 240}}},
                   .floatable = true});
        if (withLater)
            docks.add({.name = QStringLiteral("laterDock"),
                       .content = new QWidget,
                       .area = Qt::RightDockWidgetArea,
                       .shownIn = {{TaskLayout::Generate, {}}}});
        window.resize(1000, 700);
    }

    void show()
    {
        docks.restore({});
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
    }
    QDockWidget *dock(const char *name) { return docks.dock(QLatin1String(name)); }

    QMainWindow window;
    MiddlePages *pages;
    PanelDocks docks;
    QLabel *empty = nullptr;
};

} // namespace

class TestShell : public QObject {
    Q_OBJECT

private slots:
    void aLayoutShowsThePanelsThatAskForIt();
    void aPanelTakesItsSizeFromItsLayout();
    void theLayoutSaysWhichPanelIsInFront();
    void aTabTakesThePlaceOfTheTitle();
    void aPanelBehindAnotherIsBroughtToTheFrontByItsKey();
    void eachLayoutRemembersItsPanels();
    void aPanelInAWindowOfItsOwnIsDrawnAgain();
    void resetBringsALayoutBack();
    void eachLayoutRemembersItsPage();
    void aPageWithNothingToShowHasAnotherStandIn();
    void layoutsAreThereAgainNextTime();
    void aPanelThatCameLaterStandsAsItDoesAtFirst();
    void bytesOfSomethingElseGiveTheFirstLayout();

    void lettersAreFoundInTheirOrder();
    void wordsThatBeginWithTheLettersComeFirst();
    void ofTwoThatFitAlikeTheShorterComesFirst();
    void whatCannotBeDoneNowComesLast();

    void aPreferenceIsWhatItIsAtFirstUntilItIsSet();
    void aPreferenceThatNobodyKnowsIsPassedOver();
    void followersHearOfEveryChange();
    void resetForgetsWishesAndKeepsTheSession();
    void theNewestModelsStandFirst();
};

void TestShell::aLayoutShowsThePanelsThatAskForIt()
{
    MadeWindow made;
    made.show();
    QVERIFY(made.dock("leftDock")->isVisible());
    QVERIFY(!made.dock("otherLeftDock")->isVisible());
    QVERIFY(!made.dock("bottomDock")->isVisible());
    made.docks.choose(TaskLayout::Hardware);
    QVERIFY(!made.dock("leftDock")->isVisible());
    QVERIFY(made.dock("bottomDock")->isVisible());
    QVERIFY(made.docks.layoutActions().at(2)->isChecked());
}

void TestShell::aPanelTakesItsSizeFromItsLayout()
{
    MadeWindow made;
    made.show();
    QCOMPARE(made.dock("leftDock")->width(), 300);
    made.docks.choose(TaskLayout::Tune);
    QTRY_COMPARE(made.dock("otherLeftDock")->width(), 400);
    made.docks.choose(TaskLayout::Hardware);
    QTRY_COMPARE(made.dock("bottomDock")->height(), 240);
}

void TestShell::theLayoutSaysWhichPanelIsInFront()
{
    MadeWindow made;
    made.show();
    for (int time = 0; time < 2; ++time) { // also when it was the uppermost before
        made.docks.choose(TaskLayout::Tune);
        QTRY_VERIFY(!made.dock("otherLeftDock")->visibleRegion().isEmpty());
        QVERIFY(made.dock("leftDock")->visibleRegion().isEmpty());
        made.docks.choose(TaskLayout::Generate);
        made.docks.reset();
        made.docks.choose(TaskLayout::Tune);
        made.docks.reset();
        QTRY_VERIFY(!made.dock("otherLeftDock")->visibleRegion().isEmpty());
        made.docks.choose(TaskLayout::Generate);
    }
}

void TestShell::aTabTakesThePlaceOfTheTitle()
{
    MadeWindow made;
    made.show();
    const QWidget *title = made.dock("leftDock")->titleBarWidget();
    QVERIFY(title->height() > 10);
    made.docks.choose(TaskLayout::Tune);
    QTRY_COMPARE(made.dock("otherLeftDock")->titleBarWidget()->height(), 0);
    const QTabBar *bar = nullptr; // the window keeps others that it has no use for now
    const auto isThere = [&] {
        for (const auto *each : made.window.findChildren<QTabBar *>(QStringLiteral("dockTabs")))
            if (each->count() == 2)
                bar = each;
        return bar != nullptr;
    };
    QVERIFY(QTest::qWaitFor(isThere));
    for (int tab = 0; tab < 2; ++tab) {
        auto *close = qobject_cast<QToolButton *>(bar->tabButton(tab, QTabBar::RightSide));
        QVERIFY(close);
        if (bar->tabText(tab) == QLatin1String("Other left"))
            close->click();
    }
    QVERIFY(made.dock("otherLeftDock")->isHidden());
    QTRY_VERIFY(title->height() > 10); // alone again
}

void TestShell::aPanelBehindAnotherIsBroughtToTheFrontByItsKey()
{
    MadeWindow made;
    made.show();
    made.docks.choose(TaskLayout::Tune);
    QAction *left = made.docks.actions().at(0);
    QTRY_VERIFY(!left->isChecked()); // open, but behind the other
    left->trigger();
    QTRY_VERIFY(!made.dock("leftDock")->visibleRegion().isEmpty());
    QTRY_VERIFY(left->isChecked());
    left->trigger();
    QVERIFY(made.dock("leftDock")->isHidden());
    QTRY_VERIFY(!left->isChecked());
}

void TestShell::eachLayoutRemembersItsPanels()
{
    MadeWindow made;
    made.show();
    made.docks.reveal(QStringLiteral("bottomDock"));
    made.dock("leftDock")->close();
    made.docks.choose(TaskLayout::Tune);
    QVERIFY(made.dock("bottomDock")->isHidden());
    made.docks.choose(TaskLayout::Generate);
    QVERIFY(made.dock("bottomDock")->isVisible());
    QVERIFY(made.dock("leftDock")->isHidden());
}

/// It stayed an empty window where another layout had been seen in between, or the program had ended.
void TestShell::aPanelInAWindowOfItsOwnIsDrawnAgain()
{
    QByteArray saved;
    {
        MadeWindow made;
        made.show();
        made.docks.reveal(QStringLiteral("bottomDock"));
        made.dock("bottomDock")->setFloating(true);
        made.docks.choose(TaskLayout::Tune);
        made.docks.choose(TaskLayout::Generate);
        QVERIFY(made.dock("bottomDock")->isFloating());
        QVERIFY(made.dock("bottomDock")->widget()->updatesEnabled());
        saved = made.docks.save();
    }
    MadeWindow again;
    again.docks.restore(saved);
    again.window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&again.window));
    QVERIFY(again.dock("bottomDock")->isFloating());
    QVERIFY(again.dock("bottomDock")->widget()->updatesEnabled());
    again.docks.resetAction()->trigger();
    QVERIFY(!again.dock("bottomDock")->isFloating());
}

void TestShell::resetBringsALayoutBack()
{
    MadeWindow made;
    made.show();
    made.dock("leftDock")->close();
    made.docks.reveal(QStringLiteral("bottomDock"));
    made.pages->choose(QStringLiteral("compare"));
    made.docks.resetAction()->trigger();
    QVERIFY(made.dock("leftDock")->isVisible());
    QTRY_COMPARE(made.dock("leftDock")->width(), 300);
    QVERIFY(made.dock("bottomDock")->isHidden());
    QCOMPARE(made.pages->chosen(), QStringLiteral("viewer"));
}

void TestShell::eachLayoutRemembersItsPage()
{
    MadeWindow made;
    made.show();
    made.docks.choose(TaskLayout::Compare);
    QCOMPARE(made.pages->chosen(), QStringLiteral("compare"));
    made.docks.choose(TaskLayout::Tune);
    QCOMPARE(made.pages->chosen(), QStringLiteral("viewer"));
    made.pages->actions().at(1)->trigger();
    made.docks.choose(TaskLayout::Generate);
    QCOMPARE(made.pages->chosen(), QStringLiteral("viewer"));
    made.docks.choose(TaskLayout::Tune);
    QCOMPARE(made.pages->chosen(), QStringLiteral("compare"));
}

void TestShell::aPageWithNothingToShowHasAnotherStandIn()
{
    MadeWindow made;
    made.show();
    QCOMPARE(made.pages->currentWidget(), made.empty);
    made.pages->setEmpty(QStringLiteral("viewer"), false);
    QVERIFY(made.pages->currentWidget() != made.empty);
    QCOMPARE(made.pages->chosen(), QStringLiteral("viewer"));
}

void TestShell::layoutsAreThereAgainNextTime()
{
    QByteArray saved;
    {
        MadeWindow made;
        made.show();
        QSignalSpy changed(&made.docks, &PanelDocks::changed);
        made.window.resizeDocks({made.dock("leftDock")}, {333}, Qt::Horizontal);
        QTRY_COMPARE(made.dock("leftDock")->width(), 333);
        QVERIFY(changed.count() > 0);
        saved = made.docks.save();
    }
    MadeWindow again;
    again.docks.restore(saved);
    again.window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&again.window));
    QTRY_COMPARE(again.dock("leftDock")->width(), 333);
}

void TestShell::aPanelThatCameLaterStandsAsItDoesAtFirst()
{
    MadeWindow before;
    before.show();
    before.dock("leftDock")->close();
    const QByteArray saved = before.docks.save();
    MadeWindow after(true);
    after.docks.restore(saved);
    after.window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&after.window));
    QVERIFY(after.dock("leftDock")->isHidden());
    QVERIFY(after.dock("laterDock")->isVisible());
    QCOMPARE(after.window.dockWidgetArea(after.dock("laterDock")), Qt::RightDockWidgetArea);
}

void TestShell::bytesOfSomethingElseGiveTheFirstLayout()
{
    MadeWindow made;
    made.show();
    const QByteArray saved = made.docks.save();
    for (qsizetype size = 0; size < saved.size(); size += 7) { // a file that was cut anywhere
        made.docks.restore(saved.left(size));
        QVERIFY(made.dock("leftDock")->isVisible());
    }
    made.docks.restore(QByteArray("something else, and long enough to be taken for a count of layouts"));
    QCOMPARE(made.docks.layout(), TaskLayout::Generate);
    QVERIFY(made.dock("leftDock")->isVisible());
}

void TestShell::lettersAreFoundInTheirOrder()
{
    QVERIFY(fuzzyMatch(u"opmo", u"Open model folder"));
    QVERIFY(!fuzzyMatch(u"moop", u"Open model folder"));
    QVERIFY(fuzzyMatch(u"folder open", u"Open model folder")); // words in any order
    QVERIFY(fuzzyMatch(u"", u"anything"));
    QVERIFY(!fuzzyMatch(u"x", u""));
    const auto found = fuzzyMatch(u"MF", u"Open model folder");
    QVERIFY(found);
    QCOMPARE(found->places, (std::vector<int>{5, 11})); // the beginnings, not the first letters that come
}

void TestShell::wordsThatBeginWithTheLettersComeFirst()
{
    CommandList list;
    list.setCommands({{.group = QStringLiteral("View"), .title = QStringLiteral("The heatmap's legend")},
                      {.group = QStringLiteral("View"), .title = QStringLiteral("Heatmap")},
                      {.group = QStringLiteral("Help"), .title = QStringLiteral("Shortcuts")}});
    list.setPattern(QStringLiteral("hea"));
    QCOMPARE(list.rowCount(), 2);
    list.setPattern(QStringLiteral("vh"));
    QCOMPARE(list.index(0).data().toString(), QStringLiteral("Heatmap"));
    list.noteDone(list.at(1));
    list.setPattern({});
    QCOMPARE(list.index(0).data().toString(), QStringLiteral("The heatmap's legend")); // done last
}

void TestShell::ofTwoThatFitAlikeTheShorterComesFirst()
{
    CommandList list;
    list.setCommands(
        {{.group = QStringLiteral("Replay"), .title = QStringLiteral("Copy all thresholds")},
         {.group = QStringLiteral("Replay"), .title = QStringLiteral("All")},
         {.group = QStringLiteral("View"), .title = QStringLiteral("Replay mask of all the layers")}});
    list.setPattern(QStringLiteral("replay all"));
    QCOMPARE(list.rowCount(), 3);
    QCOMPARE(list.index(0).data().toString(), QStringLiteral("All"));
}

void TestShell::whatCannotBeDoneNowComesLast()
{
    CommandList list;
    list.setCommands({{.group = QStringLiteral("Run"), .title = QStringLiteral("Pause"), .enabled = false},
                      {.group = QStringLiteral("Edit"), .title = QStringLiteral("Undo")}});
    list.setPattern(QStringLiteral("pause"));
    QCOMPARE(list.rowCount(), 1);
    list.setPattern(QStringLiteral("u"));
    QCOMPARE(list.index(1).data().toString(), QStringLiteral("Pause"));
    QVERIFY(!list.flags(list.index(1)).testFlag(Qt::ItemIsEnabled));
    QVERIFY(list.index(1).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("not available")));
}

void TestShell::aPreferenceIsWhatItIsAtFirstUntilItIsSet()
{
    const QTemporaryDir folder;
    const auto open = [&] {
        return std::make_unique<QSettings>(folder.filePath(QStringLiteral("p.ini")), QSettings::IniFormat);
    };
    {
        Preferences preferences(open());
        QCOMPARE(preferences.get(preference::theme), preference::Theme::Dark);
        QCOMPARE(preferences.get(preference::textPercent), 100);
        preferences.set(preference::theme, preference::Theme::System);
        preferences.set(preference::recentModels, {QStringLiteral("/a, b"), QStringLiteral("/c")});
        preferences.set(preference::geometry, QByteArray("\0\1\xff", 3));
        QVERIFY(preferences.write());
    }
    Preferences again(open());
    QCOMPARE(again.get(preference::theme), preference::Theme::System);
    QCOMPARE(again.get(preference::recentModels).size(), 2);
    QCOMPARE(again.get(preference::geometry), QByteArray("\0\1\xff", 3));
}

void TestShell::aPreferenceThatNobodyKnowsIsPassedOver()
{
    const QTemporaryDir folder;
    auto store = std::make_unique<QSettings>(folder.filePath(QStringLiteral("p.ini")), QSettings::IniFormat);
    store->setValue(QLatin1String(preference::theme.key), QStringLiteral("Purple"));
    store->setValue(QLatin1String(preference::textPercent.key), QStringLiteral("a lot"));
    const Preferences preferences(std::move(store));
    QCOMPARE(preferences.get(preference::theme), preference::Theme::Dark);
    QCOMPARE(preferences.get(preference::textPercent), 100);
}

void TestShell::followersHearOfEveryChange()
{
    const QTemporaryDir folder;
    Preferences preferences(
        std::make_unique<QSettings>(folder.filePath(QStringLiteral("p.ini")), QSettings::IniFormat));
    QList<int> heard;
    {
        QObject context;
        preferences.follow(preference::textPercent, &context, [&](int percent) { heard += percent; });
        preferences.set(preference::textPercent, 120);
        preferences.set(preference::textPercent, 120); // is no change
        preferences.set(preference::threads, 2);       // another one
        preferences.reset();
    }
    preferences.set(preference::textPercent, 90); // nobody listens any more
    QCOMPARE(heard, (QList<int>{100, 120, 100}));
}

void TestShell::resetForgetsWishesAndKeepsTheSession()
{
    const QTemporaryDir folder;
    Preferences preferences(
        std::make_unique<QSettings>(folder.filePath(QStringLiteral("p.ini")), QSettings::IniFormat));
    preferences.set(preference::threads, 3);
    preferences.set(preference::card, QStringLiteral("u280"));
    preferences.reset();
    QCOMPARE(preferences.get(preference::threads), 0);
    QCOMPARE(preferences.get(preference::card), QStringLiteral("u280"));
}

void TestShell::theNewestModelsStandFirst()
{
    const QTemporaryDir folder;
    Preferences preferences(
        std::make_unique<QSettings>(folder.filePath(QStringLiteral("p.ini")), QSettings::IniFormat));
    RecentModels recent(preferences);
    const QString a = folder.filePath(QStringLiteral("a"));
    const QString b = folder.filePath(QStringLiteral("b"));
    QVERIFY(QDir().mkdir(a) && QDir().mkdir(b));
    recent.noteOpened(a);
    recent.noteOpened(b + QStringLiteral("/"));
    recent.noteOpened(a);
    QCOMPARE(recent.folders(), (QStringList{a, b}));
    QVERIFY(QDir().rmdir(a));
    QCOMPARE(recent.folders(), QStringList{b}); // the other one is not there now
    QVERIFY(QDir().mkdir(a));
    QCOMPARE(recent.folders().size(), 2);
}

QTEST_MAIN(TestShell)
#include "test_shell.moc"
