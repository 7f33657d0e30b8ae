// SPDX-License-Identifier: Apache-2.0
//
// The theme by itself: whether its colours can be read, and what it draws by its style.
#include "ui/theme/icons.h"
#include "ui/theme/steady_box.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSpinBox>
#include <QTableWidget>
#include <QTest>

#include <cmath>

using namespace fastcar::ui;

namespace {

/// WCAG 2.1.
double luminance(const QColor &colour)
{
    const auto linear = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QImage pictureOf(QWidget &widget, int scale)
{
    QImage image(widget.size() * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    widget.render(&image);
    return image;
}

/// What is met from the middle of each edge inwards, each colour once: "top: #363b44 #1e2126 …".
QStringList edgesOf(const QImage &image, int depth)
{
    const int width = image.width(), height = image.height();
    QStringList edges;
    const auto walk = [&](const char *name, QPoint from, QPoint by) {
        QStringList met;
        for (int i = 0; i < depth; ++i)
            if (const QString color = image.pixelColor(from + i * by).name();
                met.isEmpty() || met.back() != color)
                met += color;
        edges += QLatin1String(name) + QLatin1String(": ") + met.join(QLatin1Char(' '));
    };
    walk("top", {width / 2, 0}, {0, 1});
    walk("bottom", {width / 2, height - 1}, {0, -1});
    walk("left", {0, height / 2}, {1, 0});
    walk("right", {width - 1, height / 2}, {-1, 0});
    return edges;
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT

private slots:
    void whatIsWrittenCanBeRead_data();
    void whatIsWrittenCanBeRead();
    void anIconIsDrawnOnceForEachColour();
    void aDropDownListHasOneFrame_data();
    void aDropDownListHasOneFrame();
    void whereTwoScrollBarsMeetThereIsNothing();
    void fieldsOfNumbersAreAsHighAsTheirNeighbours();
    void aSteadyBoxGrowsForWordsThatCameWhileItWasHidden();
};

void TestTheme::whatIsWrittenCanBeRead_data()
{
    QTest::addColumn<QColor>("ink");
    QTest::addColumn<QColor>("ground");
    QTest::addColumn<double>("least");
    constexpr double ofWords = 4.5, ofMarks = 3.0; // WCAG 2.1, AA
    for (const ThemeName theme : {ThemeName::Dark, ThemeName::Light}) {
        const ThemeColors &c = colorsOf(theme);
        const auto add = [&](const char *what, const QColor &ink, const QColor &ground, double least) {
            QTest::addRow("%s, %s", what, theme == ThemeName::Dark ? "dark" : "light")
                << ink << ground << least;
        };
        struct Ground {
            const char *name;
            QColor colour;
        };
        for (const Ground &ground :
             {Ground{"window", c.window}, Ground{"panel", c.panel}, Ground{"field", c.field},
              Ground{"raised", c.raised}, Ground{"hover", c.hover}, Ground{"canvas", c.canvas}}) {
            const QByteArray on = QByteArray(" on ") + ground.name;
            add((QByteArray("text") + on).constData(), c.text, ground.colour, ofWords);
            add((QByteArray("muted") + on).constData(), c.muted, ground.colour, ofWords);
        }
        for (const Ground &ground : {Ground{"window", c.window}, Ground{"panel", c.panel},
                                     Ground{"field", c.field}, Ground{"raised", c.raised}}) {
            const QByteArray on = QByteArray(" on ") + ground.name;
            add((QByteArray("accent") + on).constData(), c.accent, ground.colour, ofMarks);
            add((QByteArray("danger") + on).constData(), c.danger, ground.colour, ofWords);
            add((QByteArray("replay") + on).constData(), c.replay, ground.colour, 2.2);
        }
        add("words on the accent", c.onAccent, c.accent, ofWords);
        add("words on a failure", c.text, c.dangerPanel, ofWords);
        add("words on a success", c.text, c.goodPanel, ofWords);
        add("muted on a failure", c.muted, c.dangerPanel, ofWords);
        add("muted on a success", c.muted, c.goodPanel, ofWords);
        add("replay beside compute", c.replay, c.compute, 1.3);
    }
}

void TestTheme::whatIsWrittenCanBeRead()
{
    QFETCH(const QColor, ink);
    QFETCH(const QColor, ground);
    QFETCH(const double, least);
    const double found = contrast(ink, ground);
    QVERIFY2(found >= least, qPrintable(QStringLiteral("%1:1").arg(found, 0, 'f', 2)));
}

/// Buttons ask for it whenever they are painted.
void TestTheme::anIconIsDrawnOnceForEachColour()
{
    const auto drawn = [](QIcon::Mode mode, QIcon::State state) {
        return icon(QStringLiteral("play")).pixmap(QSize(16, 16), 1.0, mode, state).cacheKey();
    };
    const qint64 usual = drawn(QIcon::Normal, QIcon::Off);
    QCOMPARE(drawn(QIcon::Normal, QIcon::Off), usual);
    QVERIFY(drawn(QIcon::Disabled, QIcon::Off) != usual);
    QVERIFY(drawn(QIcon::Normal, QIcon::On) != usual);
}

void TestTheme::aDropDownListHasOneFrame_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("scale");
    for (const bool dark : {true, false})
        for (const int scale : {1, 2})
            QTest::addRow("%s, scale %d", dark ? "dark" : "light", scale) << dark << scale;
}

/// Qt puts the list into a container, with a frame and a margin of the container's own.
void TestTheme::aDropDownListHasOneFrame()
{
    QFETCH(const bool, dark);
    QFETCH(const int, scale);
    applyTheme(*qApp, dark ? ThemeName::Dark : ThemeName::Light);
    QComboBox combo;
    combo.addItems({QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three")});
    combo.show();
    combo.showPopup();
    QWidget *list = combo.view()->window();
    QTRY_VERIFY(list != &combo && list->isVisible());
    const QString frame = themeColors().border.name(), ground = themeColors().panel.name();
    const int inside = 3 * scale; // before the first item
    QStringList expected;
    for (const char *edge : {"top", "bottom", "left", "right"})
        expected += QStringLiteral("%1: %2 %3").arg(QLatin1String(edge), frame, ground);
    QCOMPARE(edgesOf(pictureOf(*list, scale), inside), expected);
}

void TestTheme::whereTwoScrollBarsMeetThereIsNothing()
{
    applyTheme(*qApp, ThemeName::Light);
    QTableWidget table(40, 40);
    table.resize(300, 200);
    table.show();
    QVERIFY(table.verticalScrollBar()->isVisible() && table.horizontalScrollBar()->isVisible());
    const QSize size(table.verticalScrollBar()->width(), table.horizontalScrollBar()->height());
    const QRect corner(QPoint(table.width() - size.width(), table.height() - size.height()), size);
    const QImage image = pictureOf(table, 1);
    for (int y = corner.top(); y <= corner.bottom(); ++y)
        for (int x = corner.left(); x <= corner.right(); ++x)
            QCOMPARE(image.pixelColor(x, y), themeColors().panel);
}

/// Side by side in a form.
void TestTheme::fieldsOfNumbersAreAsHighAsTheirNeighbours()
{
    for (const double scale : {1.0, 1.1, 1.25, 1.3, 1.5}) {
        applyTheme(*qApp, ThemeName::Dark, scale);
        QComboBox words;
        QLineEdit figures;
        QSpinBox number;
        QDoubleSpinBox real;
        words.addItem(QStringLiteral("words"));
        for (QWidget *field : std::initializer_list<QWidget *>{&figures, &number, &real}) {
            makeNumberField(*field);
            field->ensurePolished();
            QCOMPARE(field->sizeHint().height(), words.sizeHint().height());
        }
    }
    applyTheme(*qApp, ThemeName::Dark);
}

/// Nobody tells a box that is not visible what its control asks for.
void TestTheme::aSteadyBoxGrowsForWordsThatCameWhileItWasHidden()
{
    QWidget page;
    auto *line = new QHBoxLayout(&page);
    auto *label = new QLabel(&page);
    auto *box = new SteadyBox(label, &page);
    line->addWidget(box);
    line->addStretch(1);
    page.resize(400, 60);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    page.hide();
    label->setText(QStringLiteral("frame 8 / 8"));
    page.show();
    QTRY_VERIFY(label->width() >= label->sizeHint().width());
    QVERIFY(label->sizeHint().width() > 40);
}

QTEST_MAIN(TestTheme)
#include "test_theme.moc"
