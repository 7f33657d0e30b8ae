// SPDX-License-Identifier: Apache-2.0
//
// The languages that the program speaks. The texts of the source are English; others come from
// resources/translations, compiled into the program where Qt's lrelease was there to do so.
#pragma once

#include <QString>

#include <vector>

class QCoreApplication;

namespace fastcar::ui {

struct Language {
    QString code;  // "de"
    QString title; // "Deutsch"
};

/// English first.
std::vector<Language> availableLanguages();

/// Before any text is shown. Empty: the system's language where there is one for it.
void speak(QCoreApplication &application, const QString &code);

} // namespace fastcar::ui
