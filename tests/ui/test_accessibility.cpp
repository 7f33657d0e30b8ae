// SPDX-License-Identifier: Apache-2.0
//
// The real window as a screen reader comes to it: by names and roles alone.
#include "tests/ui/studio_window.h"
#include "ui/preferences/language.h"
#include "ui/window/panel_docks.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

#include <map>

using namespace fastcar;
using namespace fastcar::ui;

class TestAccessibility : public QObject {
    Q_OBJECT

private slots:
    void init() { open(); }
    void cleanup();

    void everyControlHasANameAndARole_data();
    void everyControlHasANameAndARole();
    void everyControlOfWhatOpensHasANameAndARole();
    void aRunCanBeMadeThroughAccessibilityAlone();

private:
    void open() { window_ = openWindow(windowOptions(folder_.path())); }

    QTemporaryDir folder_;
    std::unique_ptr<MainWindow> window_;
};

void TestAccessibility::cleanup()
{
    window_.reset();
    qDeleteAll(qApp->findChildren<QTranslator *>()); // English again
}

namespace {

/// All that a screen reader would come to, from `from` on.
void collect(QAccessibleInterface *from, std::vector<QAccessibleInterface *> &into)
{
    if (!from || !from->isValid() || from->state().invisible)
        return;
    into.push_back(from);
    if (from->role() == QAccessible::Table || from->role() == QAccessible::Tree ||
        from->role() == QAccessible::List)
        return; // what is in it are data
    for (int i = 0; i < from->childCount(); ++i)
        collect(from->child(i), into);
}

bool isControl(QAccessible::Role role)
{
    switch (role) {
    case QAccessible::PushButton:
    case QAccessible::ButtonMenu:
    case QAccessible::ButtonDropDown:
    case QAccessible::CheckBox:
    case QAccessible::RadioButton:
    case QAccessible::ComboBox:
    case QAccessible::EditableText:
    case QAccessible::Slider:
    case QAccessible::SpinBox:
    case QAccessible::ProgressBar:
    case QAccessible::Table:
    case QAccessible::Tree:
    case QAccessible::List:
    case QAccessible::MenuItem:
    case QAccessible::PageTab:
        return true;
    default:
        return false;
    }
}

bool isQtsOwn(const QAccessibleInterface &one)
{
    return one.object() && one.object()->objectName().startsWith(QLatin1String("qt_"));
}

/// What has no name, no role, or both in common with another one.
QStringList badControls(QWidget &top)
{
    QStringList bad;
    std::vector<QAccessibleInterface *> all;
    collect(QAccessible::queryAccessibleInterface(&top), all);
    std::map<std::pair<int, QString>, QString> seen;
    for (const QAccessibleInterface *one : all) {
        // Of a combo box, Qt tells what is chosen in it; its name is a relation.
        const auto *combo = qobject_cast<const QComboBox *>(one->object());
        const QString name = combo ? combo->accessibleName() : one->text(QAccessible::Name);
        const QString who = one->object() ? one->object()->objectName() + QLatin1Char(' ') +
                                                QLatin1String(one->object()->metaObject()->className())
                                          : QString();
        const auto *widget = qobject_cast<const QWidget *>(one->object());
        const bool focusable = widget && widget->focusPolicy() != Qt::NoFocus && !widget->isWindow();
        if ((!isControl(one->role()) && !focusable) || isQtsOwn(*one))
            continue;
        if (name.trimmed().isEmpty())
            bad += QStringLiteral("no name: ") + who;
        else if (one->role() == QAccessible::NoRole)
            bad += QStringLiteral("no role: ") + who;
        const auto [other, first] = seen.try_emplace({static_cast<int>(one->role()), name}, who);
        if (!first)
            bad += QStringLiteral("twice “%1”: %2, %3").arg(name, other->second, who);
    }
    return bad;
}

std::size_t controlsOf(QWidget &top)
{
    std::vector<QAccessibleInterface *> all;
    collect(QAccessible::queryAccessibleInterface(&top), all);
    return all.size();
}

QAccessibleInterface *findControl(QWidget &window, QAccessible::Role role, const QString &name)
{
    std::vector<QAccessibleInterface *> all;
    collect(QAccessible::queryAccessibleInterface(&window), all);
    for (QAccessibleInterface *one : all)
        if (one->role() == role && one->text(QAccessible::Name) == name)
            return one;
    return nullptr;
}

} // namespace

void TestAccessibility::everyControlHasANameAndARole_data()
{
    QTest::addColumn<QString>("language");
    for (const Language &language : availableLanguages())
        QTest::newRow(qPrintable(language.title)) << language.code;
}

void TestAccessibility::everyControlHasANameAndARole()
{
    QFETCH(const QString, language);
    if (language != QLatin1String("en")) {
        window_.reset();
        speak(*qApp, language);
        open();
    }
    QStringList bad;
    for (const TaskLayout layout : taskLayouts) {
        window_->docks().choose(layout);
        for (const QAction *panel : window_->docks().actions())
            window_->docks().reveal(panel->objectName().chopped(6)); // all of them, in turn
        QCoreApplication::processEvents();
        QVERIFY(controlsOf(*window_) > 50);
        bad += badControls(*window_);
    }
    bad.removeDuplicates();
    QVERIFY2(bad.isEmpty(), qPrintable(bad.join(QLatin1Char('\n'))));
}

void TestAccessibility::everyControlOfWhatOpensHasANameAndARole()
{
    const auto action = [this](const char *name) {
        window_->findChild<QAction *>(QLatin1String(name))->trigger();
    };
    const auto button = [this](const char *name) {
        window_->findChild<QAbstractButton *>(QLatin1String(name))->click();
    };
    QStringList bad;
    const auto check = [&](const char *what) {
        QWidget *open = window_->findChild<QWidget *>(QLatin1String(what));
        QVERIFY2(open && open->isVisible(), what);
        QVERIFY2(controlsOf(*open) > 0, what);
        bad += badControls(*open);
        open->close();
    };
    action("paletteAction");
    check("commandPalette");
    action("keysAction");
    check("keySheet");
    action("preferencesAction");
    auto *pages = window_->findChild<QTabWidget *>(QStringLiteral("preferencePages"));
    for (int page = 1; page >= 0; --page) {
        pages->setCurrentIndex(page);
        bad += badControls(*pages->window());
    }
    check("preferencesDialog");
    button("historyButton");
    check("historyPopup");
    button("presetsButton");
    check("presetPopup");
    QVERIFY2(bad.isEmpty(), qPrintable(bad.join(QLatin1Char('\n'))));
}

void TestAccessibility::aRunCanBeMadeThroughAccessibilityAlone()
{
    auto *prompt = findControl(*window_, QAccessible::EditableText, QStringLiteral("Prompt"));
    QVERIFY(prompt && prompt->editableTextInterface());
    prompt->editableTextInterface()->insertText(0, QStringLiteral("a cat"));
    auto *frames = findControl(*window_, QAccessible::SpinBox, QStringLiteral("Frames"));
    QVERIFY(frames && frames->valueInterface());
    frames->valueInterface()->setCurrentValue(2);
    auto *generate = findControl(*window_, QAccessible::PushButton, QStringLiteral("Generate"));
    QVERIFY(generate && generate->actionInterface() && !generate->state().disabled);
    generate->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    auto *progress = findControl(*window_, QAccessible::ProgressBar, QStringLiteral("Progress"));
    QVERIFY(progress && progress->valueInterface());
    QTRY_COMPARE(progress->valueInterface()->currentValue().toInt(), 32);
    QCOMPARE(progress->valueInterface()->maximumValue().toInt(), 32);
    QTRY_VERIFY(findControl(*window_, QAccessible::StaticText, QStringLiteral("Done")));
    QCOMPARE(QString::fromStdString(window_->controller().settings().prompt), QStringLiteral("a cat"));
}

QTEST_MAIN(TestAccessibility)
#include "test_accessibility.moc"
