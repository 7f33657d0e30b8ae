// SPDX-License-Identifier: Apache-2.0
//
// Which model is open, as a person decides it: that of the start, one that is asked for, one of those before;
// and in words what was wrong with one that could not be opened.
#pragma once

#include "ui/bridge/model_opener.h"
#include "ui/models/recent_models.h"

#include <QObject>
#include <QStringList>

#include <functional>

class QMenu;

namespace fastcar::ui {

class EmptyPage;
class MessageBanner;
class RunController;
class RunSettingsModel;

class ModelOpening : public QObject {
    Q_OBJECT
public:
    struct Parts {
        Preferences &preferences;
        const RunSettingsModel &settings;
        const RunController &controller;
        MessageBanner &banner;
        EmptyPage &empty;
    };
    /// All of them outlive it.
    explicit ModelOpening(const Parts &parts, QObject *parent = nullptr);

    /// `asked` by the command line; empty: that of the environment, of last time, or the default model.
    void openFirst(const QString &asked);
    void open(const QString &folder);
    /// The model that comes with the program; empty: it did not.
    static QString shipped();
    bool opening() const { return opener_.opening(); }
    const RecentModels &recent() const { return recent_; }
    /// Keeps the menu filled with those of before.
    void fill(QMenu &menu);

    /// Asks for a folder, given where to begin; empty: the person thought better of it.
    std::function<QString(const QString &startFolder)> askForFolder;

public slots:
    void ask();

signals:
    void opened(const fastcar::Model &model);
    void failed();
    void openingChanged();

private:
    void tellFailure(const QString &folder, const QString &reason);

    Parts parts_;
    RecentModels recent_;
    ModelOpener opener_;
};

} // namespace fastcar::ui
