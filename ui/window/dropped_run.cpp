// SPDX-License-Identifier: Apache-2.0
#include "ui/window/dropped_run.h"

#include "engine/quality/loaded_run.h"
#include "ui/bridge/run_controller.h"
#include "ui/models/engine_words.h"
#include "ui/models/run_settings_model.h"
#include "ui/window/message_banner.h"

#include <QFileInfo>

namespace fastcar::ui {

DroppedRun::DroppedRun(const Parts &parts, QObject *parent)
    : QObject(parent)
    , parts_(parts)
{
}

void DroppedRun::open(const QString &file)
{
    if (job_.running())
        next_ = file;
    else
        start(file);
}

void DroppedRun::start(const QString &file)
{
    // The job holds a copy: a model is small, what it opens is shared.
    std::optional<Model> model;
    if (parts_.settings.hasModel())
        model = parts_.settings.model();
    job_.start(
        this,
        [file, model]() -> Result<Run> {
            auto run = loadRun(file.toStdString(), {.model = model ? &*model : nullptr});
            if (!run)
                return run.error();
            return std::make_shared<const LoadedRun>(std::move(run).value());
        },
        [this, file](const Result<Run> &loaded) {
            if (next_.isEmpty())
                take(file, loaded);
            else
                start(std::exchange(next_, {}));
        });
}

void DroppedRun::take(const QString &file, const Result<Run> &loaded)
{
    const QString name = QFileInfo(file).fileName();
    if (!loaded) {
        parts_.banner.showMessage(
            MessageBanner::Kind::Error, tr("%1 holds no run.").arg(name),
            tr("%1 A model's folder, a trace (.fctrace) or a video that FastCar saved can be dropped here.")
                .arg(engineWords(loaded.error())));
        return;
    }
    const Run run = loaded.value();
    if (!run->settings) {
        parts_.banner.showMessage(MessageBanner::Kind::Info, tr("%1 has no settings inside.").arg(name),
                                  tr("It is a video that FastCar did not save."));
        return;
    }
    std::vector<MessageBanner::Offer> offers;
    if (run->trace)
        offers.push_back({tr("Show"), QStringLiteral("showDroppedButton"), [this, run] { show(run); }});
    offers.push_back({tr("Use these settings"), QStringLiteral("useDroppedSettingsButton"),
                      [this, run] { useSettings(run); }});
    offers.push_back({tr("Only the seed"), QStringLiteral("useDroppedSeedButton"), [this, run] {
                          parts_.settings.setSeedLocked(true);
                          parts_.settings.setSeed(run->settings->seed);
                      }});
    parts_.banner.showMessage(MessageBanner::Kind::Info, tr("A run: %1").arg(name),
                              tr("“%1”, seed %2, %3")
                                  .arg(QString::fromStdString(run->settings->prompt))
                                  .arg(run->settings->seed)
                                  .arg(QString::fromStdString(run->settings->device)),
                              std::move(offers));
}

void DroppedRun::show(const Run &run)
{
    if (parts_.controller.show(*run->trace, run->videos))
        emit shown();
    else
        parts_.banner.showMessage(MessageBanner::Kind::Info, tr("A run is going on."),
                                  tr("Cancel it or wait until it is done, then show another one."));
}

void DroppedRun::useSettings(const Run &run)
{
    const QString left = parts_.settings.takeFromRun(*run->settings);
    if (!left.isEmpty())
        parts_.banner.showMessage(MessageBanner::Kind::Info, tr("Not all of its settings could be taken."),
                                  left);
}

} // namespace fastcar::ui
