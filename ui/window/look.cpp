// SPDX-License-Identifier: Apache-2.0
#include "ui/window/look.h"

#include <QApplication>

namespace fastcar::ui {

using preference::Theme;

Look::Look(Preferences &preferences, std::optional<ThemeName> instead, QObject *parent)
    : QObject(parent)
    , preferences_(preferences)
    , instead_(instead)
{
    apply();
    connect(&preferences_, &Preferences::changed, this, [this](const QString &key) {
        if (key == QLatin1String(preference::theme.key))
            instead_.reset();
        if (key == QLatin1String(preference::theme.key) || key == QLatin1String(preference::textPercent.key))
            apply();
    });
}

ThemeName Look::wanted() const
{
    if (instead_)
        return *instead_;
    switch (preferences_.get(preference::theme)) {
    case Theme::Light:
        return ThemeName::Light;
    case Theme::System:
        return systemTheme();
    case Theme::Dark:
        break;
    }
    return ThemeName::Dark;
}

void Look::apply()
{
    const ThemeName theme = wanted();
    const double textScale = preferences_.get(preference::textPercent) / 100.0;
    if (theme == currentTheme() && textScale == currentTextScale())
        return;
    applyTheme(*qobject_cast<QApplication *>(QCoreApplication::instance()), theme, textScale);
}

void Look::takeSystemTheme()
{
    if (!instead_ && preferences_.get(preference::theme) == Theme::System)
        apply();
}

} // namespace fastcar::ui
