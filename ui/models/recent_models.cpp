// SPDX-License-Identifier: Apache-2.0
#include "ui/models/recent_models.h"

#include <QDir>
#include <QFileInfo>

namespace fastcar::ui {

namespace {
constexpr int most = 10;
} // namespace

void RecentModels::noteOpened(const QString &folder)
{
    const QString cleaned = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    QStringList folders = preferences_.get(preference::recentModels);
    folders.removeAll(cleaned);
    folders.prepend(cleaned);
    preferences_.set(preference::recentModels, folders.mid(0, most));
}

QStringList RecentModels::folders() const
{
    QStringList there;
    for (const QString &folder : preferences_.get(preference::recentModels))
        if (QFileInfo(folder).isDir())
            there += folder;
    return there;
}

void RecentModels::forgetAll()
{
    preferences_.set(preference::recentModels, {});
}

} // namespace fastcar::ui
