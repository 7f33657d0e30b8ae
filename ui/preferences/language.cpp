// SPDX-License-Identifier: Apache-2.0
#include "ui/preferences/language.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace fastcar::ui {

namespace {

const QString folder = QStringLiteral(":/translations");
const QString ours = QStringLiteral("studio");

void load(QCoreApplication &application, const QLocale &locale, const QString &name, const QString &where)
{
    auto *translator = new QTranslator(&application);
    if (translator->load(locale, name, QStringLiteral("_"), where))
        QCoreApplication::installTranslator(translator);
    else
        delete translator;
}

} // namespace

std::vector<Language> availableLanguages()
{
    std::vector<Language> languages{{QStringLiteral("en"), QStringLiteral("English")}};
    for (const QString &file :
         QDir(folder).entryList({ours + QStringLiteral("_*.qm")}, QDir::Files, QDir::Name)) {
        const QString code = file.mid(ours.size() + 1).chopped(3);
        languages.push_back({code, QLocale(code).nativeLanguageName()});
    }
    return languages;
}

void speak(QCoreApplication &application, const QString &code)
{
    const QLocale locale = code.isEmpty() ? QLocale::system() : QLocale(code);
    QLocale::setDefault(locale); // dates
    if (locale.language() == QLocale::English)
        return;
    // Qt's own words, of its dialogs, as far as the system has them.
    load(application, locale, QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    load(application, locale, ours, folder);
}

} // namespace fastcar::ui
