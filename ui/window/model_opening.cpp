// SPDX-License-Identifier: Apache-2.0
#include "ui/window/model_opening.h"

#include "engine/checkpoint/default_model.h"
#include "ui/bridge/run_controller.h"
#include "ui/models/run_settings_model.h"
#include "ui/window/empty_page.h"
#include "ui/window/message_banner.h"

#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <QStandardPaths>

namespace fastcar::ui {

ModelOpening::ModelOpening(const Parts &parts, QObject *parent)
    : QObject(parent)
    , parts_(parts)
    , recent_(parts.preferences)
{
    connect(&opener_, &ModelOpener::opened, this, [this](const Model &model) {
        recent_.noteOpened(QString::fromStdString(model.checkpoint->folder().string()));
        emit opened(model);
    });
    connect(&opener_, &ModelOpener::failed, this, &ModelOpening::tellFailure);
    connect(&opener_, &ModelOpener::openingChanged, this, &ModelOpening::openingChanged);
    connect(&parts_.empty, &EmptyPage::openModelAsked, this, &ModelOpening::ask);
    connect(&parts_.empty, &EmptyPage::openShippedAsked, this, [this] { open(shipped()); });
    parts_.empty.setHasShipped(!shipped().isEmpty());
}

QString ModelOpening::shipped()
{
    const QString folder = QString::fromStdString(defaultModelFolder().string());
    return QFileInfo(folder).isDir() ? folder : QString();
}

void ModelOpening::openFirst(const QString &asked)
{
    const QString named = qEnvironmentVariable("FASTCAR_MODEL");
    const QString last = parts_.preferences.get(preference::modelFolder);
    const QString folder = !asked.isEmpty()                             ? asked
                           : !named.isEmpty()                           ? named
                           : !last.isEmpty() && QFileInfo(last).isDir() ? last
                                                                        : shipped();
    if (!folder.isEmpty())
        open(folder);
}

void ModelOpening::ask()
{
    const RunSettingsModel &settings = parts_.settings;
    const QString start = settings.hasModel()
                              ? QString::fromStdString(settings.model().checkpoint->folder().string())
                              : QStandardPaths::writableLocation(QStandardPaths::HomeLocation);
    const QString folder = askForFolder(start);
    if (!folder.isEmpty())
        open(folder);
}

void ModelOpening::open(const QString &folder)
{
    if (parts_.controller.running()) {
        parts_.banner.showMessage(MessageBanner::Kind::Info, tr("A run is going on."),
                                  tr("Cancel it or wait until it is done, then open another model."));
        return;
    }
    parts_.banner.hide();
    if (!parts_.settings.hasModel())
        parts_.empty.showOpening(folder);
    // Settings hold it, and who takes them up again may be in another folder.
    opener_.open(QDir::cleanPath(QFileInfo(folder).absoluteFilePath()));
}

void ModelOpening::tellFailure(const QString &folder, const QString &reason)
{
    if (!parts_.settings.hasModel())
        parts_.empty.showNoModel();
    std::vector<MessageBanner::Offer> offers{
        {tr("Open model folder…"), QStringLiteral("openOtherModelButton"), [this] { ask(); }}};
    if (!parts_.settings.hasModel() && !shipped().isEmpty() && QFileInfo(shipped()) != QFileInfo(folder))
        offers.push_back({tr("Open the shipped model"), QStringLiteral("openShippedOfferButton"),
                          [this] { open(shipped()); }});
    parts_.banner.showMessage(MessageBanner::Kind::Error,
                              tr("%1 could not be opened.").arg(QFileInfo(folder).fileName()), reason,
                              std::move(offers));
    emit failed();
}

void ModelOpening::fill(QMenu &menu)
{
    connect(&menu, &QMenu::aboutToShow, this, [this, &menu] {
        menu.clear();
        for (const QString &folder : recent_.folders()) {
            // Two models of one name are told apart by where they are.
            QAction *action = menu.addAction(folder, this, [this, folder] { open(folder); });
            action->setEnabled(!parts_.controller.running());
        }
        if (menu.isEmpty())
            menu.addAction(tr("None yet"))->setEnabled(false);
    });
}

} // namespace fastcar::ui
