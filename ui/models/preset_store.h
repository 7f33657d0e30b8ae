// SPDX-License-Identifier: Apache-2.0
//
// Settings that a person gave a name: length, sampler, replay, attention and device of a run, not its prompt,
// seed or model. Each is one JSON file in a folder, with the fields of a run's settings.
#pragma once

#include "engine/base/result.h"
#include "engine/decode/run_settings.h"

#include <QObject>
#include <QString>
#include <QStringList>

namespace fastcar::ui {

class PresetStore : public QObject {
    Q_OBJECT
public:
    /// The folder is made when there is something to put into it.
    explicit PresetStore(const QString &folder, QObject *parent = nullptr);

    /// In alphabetical order. Read from the folder each time: a person may copy files there.
    QStringList names() const;
    bool contains(const QString &name) const;
    /// Errors: no such preset, or its file is none of ours.
    Result<RunSettings> load(const QString &name) const;
    /// In the place of one of the same name.
    Result<void> save(const QString &name, const RunSettings &settings);
    /// Errors: there is one of the new name.
    Result<void> rename(const QString &name, const QString &newName);
    Result<void> remove(const QString &name);

signals:
    void changed();

private:
    QString fileOf(const QString &name) const;

    QString folder_;
};

} // namespace fastcar::ui
