// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/theme.h"

#include "ui/theme/studio_style.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QFontMetrics>
#include <QPalette>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

static void initResources()
{
    Q_INIT_RESOURCE(studio); // has to stand outside of a namespace
}

namespace fastcar::ui {

namespace {

constexpr double basePointSize = 9.75; // 13 pixels on a screen of 96 dpi
constexpr double figures = 0.97;       // of the size: those of the monospaced font look larger than Inter's

struct Applied {
    ThemeName name = ThemeName::Dark;
    double textScale = 1.0;
    bool any = false;
};

Applied &applied()
{
    static Applied theOne;
    return theOne;
}

/// The application's font reaches only widgets that have none of their own.
void scaleOwnFonts(double factor)
{
    for (QWidget *widget : QApplication::allWidgets()) {
        QFont font = widget->font();
        const bool ownSize =
            widget->testAttribute(Qt::WA_SetFont) && (font.resolveMask() & QFont::SizeResolved);
        if (!ownSize || font.pointSizeF() <= 0.0)
            continue;
        font.setPointSizeF(font.pointSizeF() * factor);
        widget->setFont(font);
    }
}

QPalette paletteOf(const ThemeColors &c)
{
    QPalette p;
    p.setColor(QPalette::Window, c.panel);
    p.setColor(QPalette::WindowText, c.text);
    p.setColor(QPalette::Base, c.field);
    p.setColor(QPalette::AlternateBase, c.raised);
    p.setColor(QPalette::Text, c.text);
    p.setColor(QPalette::PlaceholderText, c.muted);
    p.setColor(QPalette::Button, c.raised);
    p.setColor(QPalette::ButtonText, c.text);
    p.setColor(QPalette::BrightText, c.danger);
    p.setColor(QPalette::ToolTipBase, c.raised);
    p.setColor(QPalette::ToolTipText, c.text);
    p.setColor(QPalette::Highlight, c.accent);
    p.setColor(QPalette::HighlightedText, c.onAccent);
    p.setColor(QPalette::Link, c.accent);
    p.setColor(QPalette::LinkVisited, c.accent);
    for (auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, c.disabled);
    p.setColor(QPalette::Disabled, QPalette::Highlight, c.border);
    return p;
}

QFont baseFont()
{
    QFont font;
    font.setFamilies(
        {QStringLiteral("Inter"), QFontDatabase::systemFont(QFontDatabase::GeneralFont).family()});
    font.setPointSizeF(basePointSize * applied().textScale);
    return font;
}

/// Below the words of a field are four pixels; below numbers as many fewer as their font is higher.
int belowNumbers()
{
    const double words = std::ceil(QFontMetricsF(baseFont()).height()); // as a QComboBox counts it
    return std::clamp(4 + static_cast<int>(words) - QFontMetrics(numberFont()).height(), 0, 5);
}

QString styleSheetOf(const ThemeColors &c)
{
    QFile file(QStringLiteral(":/themes/studio.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    // The longer of two names that begin alike comes first.
    const std::array<std::pair<const char *, QColor>, 15> tokens{{
        {"@window", c.window},
        {"@panel", c.panel},
        {"@field", c.field},
        {"@raised", c.raised},
        {"@hover", c.hover},
        {"@border", c.border},
        {"@trough", c.trough},
        {"@text", c.text},
        {"@muted", c.muted},
        {"@disabled", c.disabled},
        {"@accent", c.accent},
        {"@onAccent", c.onAccent},
        {"@dangerPanel", c.dangerPanel},
        {"@danger", c.danger},
        {"@goodPanel", c.goodPanel},
    }};
    for (const auto &[token, color] : tokens)
        sheet.replace(QLatin1String(token), color.name());
    return sheet.replace(QLatin1String("~belowNumbers"), QString::number(belowNumbers()));
}

} // namespace

QColor mixed(const QColor &color, const QColor &ground, double share)
{
    const auto channel = [share](int a, int b) {
        return static_cast<int>(std::lround(a * share + b * (1.0 - share)));
    };
    return {channel(color.red(), ground.red()), channel(color.green(), ground.green()),
            channel(color.blue(), ground.blue())};
}

const ThemeColors &colorsOf(ThemeName name)
{
    static const ThemeColors dark{
        .window = 0x16181c,
        .panel = 0x1e2126,
        .field = 0x15171a,
        .raised = 0x2a2e35,
        .hover = 0x343942,
        .border = 0x363b44,
        .trough = 0x121417,
        .text = 0xdfe3e8,
        .muted = 0x9aa3af,
        .disabled = 0x626a76,
        .accent = 0x4f9cf0,
        .onAccent = 0x0b1420,
        .replay = 0xf2a93b,
        .compute = 0x64748b,
        .danger = 0xff8078,
        .dangerPanel = 0x3a2023,
        .good = 0x6cc48e,
        .goodPanel = 0x1c3226,
        .canvas = 0x101114,
    };
    static const ThemeColors light{
        .window = 0xe6e9ed,
        .panel = 0xf7f8fa,
        .field = 0xffffff,
        .raised = 0xffffff,
        .hover = 0xeef2f7,
        .border = 0xc9cfd7,
        .trough = 0xdde2e8,
        .text = 0x1b2027,
        .muted = 0x57616c,
        .disabled = 0x9aa3ae,
        .accent = 0x1f66c9,
        .onAccent = 0xffffff,
        .replay = 0xd97a00,
        .compute = 0xa3afbd,
        .danger = 0xb3261e,
        .dangerPanel = 0xfbe9e7,
        .good = 0x1d7a46,
        .goodPanel = 0xe3f4ea,
        .canvas = 0xd7dbe0,
    };
    return name == ThemeName::Dark ? dark : light;
}

void applyTheme(QApplication &application, ThemeName name, double textScale)
{
    initResources();
    applied().name = name;
    applied().any = true;
    const double before = std::exchange(applied().textScale, textScale);
    const ThemeColors &colors = colorsOf(name);
    QApplication::setStyle(new StudioStyle); // the application owns it
    QApplication::setPalette(paletteOf(colors));
    QApplication::setFont(baseFont());
    application.setStyleSheet(styleSheetOf(colors));
    if (before != textScale)
        scaleOwnFonts(textScale / before);
}

ThemeName systemTheme()
{
    // Qt 6.4 has no name for it. A palette without a colour of its own is the desktop's.
    const QPalette ours = QGuiApplication::palette();
    QGuiApplication::setPalette({});
    const QPalette palette = QGuiApplication::palette();
    QGuiApplication::setPalette(ours);
    const bool dark =
        palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
    return dark ? ThemeName::Dark : ThemeName::Light;
}

ThemeName currentTheme()
{
    return applied().name;
}

double currentTextScale()
{
    return applied().any ? applied().textScale : 0.0;
}

int atTextSize(int pixels)
{
    return static_cast<int>(std::lround(pixels * applied().textScale));
}

const ThemeColors &themeColors()
{
    return colorsOf(applied().name);
}

QFont numberFont(double relativeSize)
{
    QFont font;
    font.setFamilies(
        {QStringLiteral("JetBrains Mono"), QFontDatabase::systemFont(QFontDatabase::FixedFont).family()});
    font.setStyleHint(QFont::Monospace);
    font.setPointSizeF(basePointSize * applied().textScale * relativeSize * figures);
    return font;
}

void makeNumberField(QWidget &field)
{
    field.setFont(numberFont());
    field.setProperty("numbers", true);
}

QFont headingFont(double relativeSize)
{
    QFont font = baseFont();
    font.setPointSizeF(basePointSize * applied().textScale * relativeSize);
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace fastcar::ui
