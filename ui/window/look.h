// SPDX-License-Identifier: Apache-2.0
//
// Keeps theme and text size as the preferences have them; with the system's theme, as the system has it.
#pragma once

#include "ui/models/preferences.h"
#include "ui/theme/theme.h"

#include <QObject>

#include <optional>

namespace fastcar::ui {

class Look : public QObject {
    Q_OBJECT
public:
    /// `instead`: in place of the theme that is preferred, until another one is chosen.
    Look(Preferences &preferences, std::optional<ThemeName> instead, QObject *parent = nullptr);

    /// The desktop's theme has changed.
    void takeSystemTheme();

private:
    void apply();
    ThemeName wanted() const;

    Preferences &preferences_;
    std::optional<ThemeName> instead_;
};

} // namespace fastcar::ui
