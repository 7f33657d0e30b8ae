// SPDX-License-Identifier: Apache-2.0
#include "ui/window/dropped_run.h"

#include "engine/library/library.h"
#include "engine/quality/loaded_run.h"
#include "ui/bridge/run_controller.h"
#include "ui/bridge/run_keeper.h"
#include "ui/compare/kept_run_words.h"
#include "ui/models/engine_words.h"
#include "ui/models/run_queue.h"
#include "ui/models/run_record.h"
#include "ui/models/run_settings_model.h"
#include "ui/window/message_banner.h"

#include <QFileInfo>

#include <algorithm>

namespace fastcar::ui {

namespace {

/// The newest run of the library with these settings; of a made run they tell it from all others.
std::optional<RunId> keptRunOf(const RunSettings &settings, const std::filesystem::path &folder)
{
    const auto library = Library::openToRead(folder);
    if (!library)
        return std::nullopt;
    constexpr int most = 5000;
    const auto runs = library->find({}, 0, most);
    if (!runs)
        return std::nullopt;
    const auto found = std::ranges::find_if(*runs, [&](const RunEntry &run) {
        if (run.tokens == 0 || run.prompt != settings.prompt || run.modelDigest != settings.modelDigest)
            return false;
        const auto kept = runSettingsFromJson(run.settingsJson);
        return kept && sameAsked(*kept, settings);
    });
    return found != runs->end() ? std::optional(found->id) : std::nullopt;
}

} // namespace

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
        [file, model, library = library_]() -> Result<Found> {
            auto run = loadRun(file.toStdString(), {.model = model ? &*model : nullptr});
            if (!run)
                return run.error();
            const auto kept = run->settings ? keptRunOf(*run->settings, library) : std::nullopt;
            return Found{std::make_shared<const LoadedRun>(std::move(run).value()), kept};
        },
        [this, file](const Result<Found> &found) {
            if (next_.isEmpty())
                take(file, found);
            else
                start(std::exchange(next_, {}));
        });
}

void DroppedRun::take(const QString &file, const Result<Found> &found)
{
    const QString name = QFileInfo(file).fileName();
    if (!found)
        parts_.banner.showMessage(
            MessageBanner::Kind::Error, tr("%1 holds no run.").arg(name),
            tr("%1 A model's folder, a trace (.fctrace) or a video that FastCar saved can be dropped here.")
                .arg(engineWords(found.error())));
    else if (!found->run->settings)
        parts_.banner.showMessage(MessageBanner::Kind::Info, tr("%1 has no settings inside.").arg(name),
                                  tr("It is a video that FastCar did not save."));
    else
        offer(file, *found);
}

void DroppedRun::offer(const QString &file, const Found &found)
{
    const Run run = found.run;
    const bool atHand = found.kept && found.kept == parts_.keeper.runAtHand();
    std::vector<MessageBanner::Offer> offers;
    if (found.kept && !atHand)
        offers.push_back({tr("Show"), QStringLiteral("showDroppedButton"),
                          [this, kept = *found.kept] { emit keptShowAsked(kept); }});
    else if (run->trace && !atHand)
        offers.push_back({tr("Show"), QStringLiteral("showDroppedButton"), [this, run] { show(run); }});
    if (!atHand && parts_.record.trace().tokens() > 0)
        offers.push_back(
            {tr("Compare"), QStringLiteral("compareDroppedButton"), [this, file, kept = found.kept] {
                 emit compareAsked(kept ? sourceOfKept(library_, *kept) : RunSource::ofFile(file));
             }});
    offers.push_back({tr("Use these settings"), QStringLiteral("useDroppedSettingsButton"),
                      [this, run] { useSettings(run); }});
    offers.push_back({tr("Only the seed"), QStringLiteral("useDroppedSeedButton"), [this, run] {
                          parts_.settings.setSeedLocked(true);
                          parts_.settings.setSeed(run->settings->seed);
                      }});
    QString text = tr("“%1”, seed %2, %3")
                       .arg(QString::fromStdString(run->settings->prompt))
                       .arg(run->settings->seed)
                       .arg(QString::fromStdString(run->settings->device));
    if (atHand)
        text += QStringLiteral(": ") + tr("the run that is shown");
    else if (found.kept)
        text += QStringLiteral(": ") + tr("run %1 of the library").arg(*found.kept);
    parts_.banner.showMessage(MessageBanner::Kind::Info, tr("A run: %1").arg(QFileInfo(file).fileName()),
                              text, std::move(offers));
}

void DroppedRun::show(const Run &run)
{
    if (parts_.controller.show(*run->trace, run->videos)) {
        parts_.banner.hide();
        emit shown();
    } else
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
