// SPDX-License-Identifier: Apache-2.0
#include "ui/models/preferences.h"

namespace fastcar::ui {

Preferences::Preferences(std::unique_ptr<QSettings> store, QObject *parent)
    : QObject(parent)
    , store_(std::move(store))
{
}

Preferences::~Preferences() = default;

void Preferences::reset()
{
    const QString wishes = QStringLiteral("preferences");
    store_->beginGroup(wishes);
    const QStringList keys = store_->allKeys();
    store_->endGroup();
    store_->remove(wishes);
    for (const QString &key : keys)
        emit changed(wishes + QLatin1Char('/') + key);
}

bool Preferences::write()
{
    store_->sync();
    return store_->status() == QSettings::NoError;
}

QString Preferences::file() const
{
    return store_->fileName();
}

QVariant Preferences::stored(const char *key) const
{
    return store_->value(QLatin1String(key));
}

void Preferences::put(const char *key, const QVariant &value)
{
    store_->setValue(QLatin1String(key), value);
}

void Preferences::forget(const char *key)
{
    store_->remove(QLatin1String(key));
}

} // namespace fastcar::ui
