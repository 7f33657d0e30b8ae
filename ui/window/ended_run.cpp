// SPDX-License-Identifier: Apache-2.0
#include "ui/window/ended_run.h"

#include "engine/backend/devices.h"
#include "ui/window/message_banner.h"
#include "ui/window/run_ending.h"

namespace fastcar::ui {

using State = RunController::State;

EndedRun::EndedRun(const Parts &parts, QObject *parent)
    : QObject(parent)
    , parts_(parts)
{
}

bool EndedRun::canGoOn() const
{
    return ui::canGoOn(parts_.controller, parts_.record) && parts_.runner.model() &&
           parts_.runner.model()->checkpoint->folder() == parts_.record.trace().settings().modelFolder;
}

void EndedRun::goOnOn(const QString &device)
{
    parts_.banner.hide();
    parts_.settings.setDevice(device);
    RunSettings settings = parts_.record.trace().settings();
    settings.device = device.toStdString();
    // What the panel says rules from the next token on, as it does after a pause; but the definition of the
    // TAS cannot change within a run.
    ReplayChoice &replay = parts_.settings.replay();
    const ReplayPolicy &ruled = parts_.record.policyInForce();
    if (replay.definition() != ruled.definition)
        replay.setPolicy(ruled);
    std::optional<ReplayPolicy> asked;
    if (replay.policy() != ruled)
        asked = replay.policy();
    emit viewerWanted();
    parts_.runner.goOn(settings, prefixOf(parts_.record.trace()), std::move(asked));
}

void EndedRun::tell(Possible possible)
{
    if (parts_.controller.state() == State::Done)
        return tellOtherNumbers();
    std::vector<MessageBanner::Offer> offers;
    if (possible.goingOn) {
        const std::string &device = parts_.controller.device();
        constexpr qsizetype most = 2; // the rest is in the form
        if (parts_.controller.deviceFailed()) {
            for (const QString &other : devicesToGoOnOn(listDevices(), device).mid(0, most))
                offers.push_back({tr("Go on on %1").arg(other), QStringLiteral("goOnButton-") + other,
                                  [this, other] { goOnOn(other); }});
            offers.push_back({tr("Try again"), QStringLiteral("tryAgainButton"),
                              [this] { goOnOn(QString::fromStdString(parts_.controller.device())); }});
        } else {
            offers.push_back({tr("Continue"), QStringLiteral("continueButton"),
                              [this] { goOnOn(QString::fromStdString(parts_.settings.device())); }});
        }
    }
    if (possible.saving)
        offers.push_back({tr("Save video…"), QStringLiteral("saveKeptButton"), [this] { emit saveAsked(); }});
    const RunEnding ending = describeEnding(parts_.controller, parts_.record);
    parts_.banner.showMessage(ending.kind, ending.title, ending.text, std::move(offers));
}

void EndedRun::tellOtherNumbers()
{
    const GenerationResult &made = *parts_.controller.result();
    if (made.sameNumbers)
        return;
    parts_.banner.showMessage(
        MessageBanner::Kind::Info, tr("Done, on %1.").arg(QString::fromStdString(parts_.controller.device())),
        tr("Its numbers are not those of the device before: from token %1 on the codes are its own, "
           "and not those of a run that never stopped.")
            .arg(made.given + 1));
}

} // namespace fastcar::ui
