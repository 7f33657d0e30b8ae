// SPDX-License-Identifier: Apache-2.0
//
// How the studio looks: one table of colours for each theme, from which the palette, the style sheet and what
// widgets paint themselves are made. Like Qt's own palette there is one for the application; widgets that
// paint with it hear of a change through changeEvent(QEvent::PaletteChange).
#pragma once

#include <QColor>
#include <QFont>
#include <QString>

class QApplication;

namespace fastcar::ui {

enum class ThemeName { Dark, Light };

struct ThemeColors {
    QColor window; // behind everything
    QColor panel;  // docks, bars
    QColor field;  // what one types into
    QColor raised; // buttons
    QColor hover;  // a button under the pointer
    QColor border;
    QColor trough; // of a bar, where it is empty
    QColor text;
    QColor muted; // labels of secondary rank; still 4.5:1 on panel
    QColor disabled;
    QColor accent; // focus, selection, the main button
    QColor onAccent;
    QColor replay;  // everywhere: replayed
    QColor compute; // everywhere: computed though it could have been replayed
    QColor danger;
    QColor dangerPanel;
    QColor good;
    QColor goodPanel;
    QColor canvas; // around the video
};

const ThemeColors &colorsOf(ThemeName name);
/// `share` of a colour, the rest of its ground.
QColor mixed(const QColor &color, const QColor &ground, double share);

/// Style, palette, fonts and style sheet of the application. `textScale` enlarges all text, also that of
/// widgets which have a font of their own.
void applyTheme(QApplication &application, ThemeName name, double textScale = 1.0);
/// Of the desktop, as far as its colours tell; light where they tell nothing. Before applyTheme(), or after a
/// change of the desktop's theme.
ThemeName systemTheme();
/// Of the theme that was applied last; dark before that.
ThemeName currentTheme();
const ThemeColors &themeColors();
/// 0 before applyTheme().
double currentTextScale();
/// What is so many pixels at the text's first size, at the size that it has now: columns that numbers stand
/// in.
int atTextSize(int pixels);

/// Figures of equal width, so that a number that changes does not move its neighbours.
QFont numberFont(double relativeSize = 1.0);
/// What numbers are typed into: in their font, and as high as what is beside it, though their font is higher.
void makeNumberField(QWidget &field);
/// The heading of a section.
QFont headingFont(double relativeSize = 1.0);

} // namespace fastcar::ui
