// SPDX-License-Identifier: Apache-2.0
#include "ui/models/preset_store.h"

#include "ui/models/engine_words.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QUrl>

namespace fastcar::ui {

namespace {

const QString ending = QStringLiteral(".json");

Error failure(const QString &text)
{
    return Error{ErrorKind::Io, text.toStdString()};
}

} // namespace

PresetStore::PresetStore(const QString &folder, QObject *parent)
    : QObject(parent)
    , folder_(folder)
{
}

/// A name may hold what a file's name cannot.
QString PresetStore::fileOf(const QString &name) const
{
    const QByteArray safe = QUrl::toPercentEncoding(name, " ,()+'", ".");
    return folder_ + QLatin1Char('/') + QString::fromUtf8(safe) + ending;
}

QStringList PresetStore::names() const
{
    QStringList names;
    for (const QString &file : QDir(folder_).entryList({QLatin1Char('*') + ending}, QDir::Files))
        names += QUrl::fromPercentEncoding(file.chopped(ending.size()).toUtf8());
    names.sort(Qt::CaseInsensitive);
    return names;
}

bool PresetStore::contains(const QString &name) const
{
    return QFileInfo::exists(fileOf(name));
}

Result<RunSettings> PresetStore::load(const QString &name) const
{
    QFile file(fileOf(name));
    if (!file.open(QIODevice::ReadOnly))
        return failure(tr("The preset “%1” cannot be read: %2").arg(name, file.errorString()));
    auto settings = runSettingsFromJson(file.readAll().toStdString());
    if (!settings)
        return failure(tr("The preset “%1” cannot be used: %2 Delete it, or save it anew.")
                           .arg(name, engineWords(settings.error())));
    return settings;
}

Result<void> PresetStore::save(const QString &name, const RunSettings &settings)
{
    if (name.trimmed().isEmpty())
        return failure(tr("A preset needs a name."));
    RunSettings kept = settings;
    kept.prompt.clear();
    kept.modelFolder.clear();
    kept.modelDigest.clear();
    kept.version.clear();
    kept.seed = 0;
    kept.continued.clear();
    QDir().mkpath(folder_);
    QSaveFile file(fileOf(name.trimmed()));
    if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(toJson(kept))) < 0 ||
        !file.commit())
        return failure(tr("The preset “%1” was not saved: %2").arg(name, file.errorString()));
    emit changed();
    return {};
}

Result<void> PresetStore::rename(const QString &name, const QString &newName)
{
    const QString wanted = newName.trimmed();
    if (wanted.isEmpty() || wanted == name)
        return {};
    if (contains(wanted))
        return failure(
            tr("There is a preset “%1” already. Choose another name, or delete it first.").arg(wanted));
    QFile file(fileOf(name));
    if (!file.rename(fileOf(wanted)))
        return failure(tr("The preset “%1” was not renamed: %2").arg(name, file.errorString()));
    emit changed();
    return {};
}

Result<void> PresetStore::remove(const QString &name)
{
    QFile file(fileOf(name));
    if (!file.remove())
        return failure(tr("The preset “%1” was not deleted: %2").arg(name, file.errorString()));
    emit changed();
    return {};
}

} // namespace fastcar::ui
