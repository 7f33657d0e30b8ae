// SPDX-License-Identifier: Apache-2.0
#include "ui/window/library_desk.h"

#include "ui/library/library_panel.h"
#include "ui/library/run_words.h"
#include "ui/window/message_banner.h"

#include <QDir>

namespace fastcar::ui {

LibraryDesk::LibraryDesk(const Parts &parts, QObject *parent)
    : QObject(parent)
    , parts_(parts)
    , keeper_(parts.controller, parts.record)
{
    connectPanel();
    connectKeeper();
    connect(&reader_, &KeptRunReader::done, this, &LibraryDesk::take);
    connect(&reader_, &KeptRunReader::failed, this, [this](RunId, const QString &reason) {
        parts_.banner.showMessage(MessageBanner::Kind::Error, tr("The run could not be read."), reason);
    });
}

void LibraryDesk::connectPanel()
{
    LibraryPanel &panel = parts_.panel;
    connect(&parts_.controller, &RunController::stateChanged, &panel,
            [this] { parts_.panel.setRunning(parts_.controller.running()); });
    connect(&panel, &LibraryPanel::settingsWanted, this, &LibraryDesk::useSettings);
    connect(&panel, &LibraryPanel::seedWanted, this, [this](quint64 seed) {
        parts_.settings.setSeed(seed);
        parts_.settings.setSeedLocked(true);
    });
    connect(&panel, &LibraryPanel::showAsked, this, [this](RunId run) { read(run, Purpose::Show); });
    connect(&panel, &LibraryPanel::exportAsked, this, [this](RunId run) { read(run, Purpose::Export); });
    connect(&panel, &LibraryPanel::continueAsked, this, [this](RunId run) {
        onItsOwnDevice_ = false;
        read(run, Purpose::GoOn);
    });
}

void LibraryDesk::connectKeeper()
{
    connect(&keeper_, &RunKeeper::changed, &parts_.panel, &LibraryPanel::refresh);
    connect(&keeper_, &RunKeeper::opened, this, &LibraryDesk::offerInterrupted);
    connect(&keeper_, &RunKeeper::openFailed, this, [this](const QString &reason) {
        parts_.banner.showMessage(MessageBanner::Kind::Error, tr("Runs are not kept."), reason);
    });
    connect(&keeper_, &RunKeeper::stopped, this, [this](const QString &reason) {
        parts_.banner.showMessage(MessageBanner::Kind::Error, tr("The run is not kept any further."), reason);
    });
}

void LibraryDesk::open(const std::filesystem::path &folder)
{
    keeper_.open(folder);
    reader_.setLibrary(folder);
    parts_.panel.open(folder);
}

void LibraryDesk::offerInterrupted(const std::vector<RunEntry> &runs)
{
    if (runs.empty() || parts_.controller.running())
        return; // or somebody was faster
    const RunEntry &left = runs.front();
    const RunId run = left.id;
    std::vector<RunId> told; // all of them, and none is asked about again
    for (const RunEntry &entry : runs)
        told.push_back(entry.id);
    std::vector<MessageBanner::Offer> offers;
    if (left.unfinished())
        offers.push_back({tr("Continue"), QStringLiteral("continueInterruptedButton"), [this, run, told] {
                              keeper_.answer(told);
                              onItsOwnDevice_ = true;
                              read(run, Purpose::GoOn);
                          }});
    offers.push_back({tr("Keep what there is"), QStringLiteral("keepInterruptedButton"), [this, run, told] {
                          keeper_.answer(told);
                          parts_.banner.hide();
                          parts_.panel.choose(run);
                          emit panelWanted();
                      }});
    offers.push_back({tr("Discard"), QStringLiteral("discardInterruptedButton"), [this, run, told] {
                          keeper_.answer(told);
                          parts_.banner.hide();
                          parts_.panel.remove(run);
                          emit panelWanted(); // where it can be undone
                      }});
    QString text = tr("“%1”: %2 of %3 tokens are there.")
                       .arg(QString::fromStdString(left.prompt))
                       .arg(left.tokens)
                       .arg(left.totalTokens);
    if (runs.size() > 1)
        text += QLatin1Char(' ') + tr("The library has %1 more like it.").arg(runs.size() - 1);
    parts_.banner.showMessage(MessageBanner::Kind::Info, tr("A run was going on when the program ended."),
                              text, std::move(offers), [this, told] { keeper_.answer(told); });
}

void LibraryDesk::read(RunId run, Purpose purpose)
{
    if (purpose != Purpose::Export && parts_.controller.running()) {
        parts_.banner.showMessage(MessageBanner::Kind::Info, tr("A run is going on."),
                                  tr("Cancel it or wait until it is done, then show another one."));
        return;
    }
    parts_.banner.hide();
    purpose_ = purpose;
    reader_.read(run);
}

void LibraryDesk::take(const KeptRunContent &content)
{
    const bool anyFrame = !content.frames.empty() && !content.frames.front().empty();
    if (purpose_ == Purpose::Export && anyFrame) {
        emit exportAsked(content);
        return;
    }
    if (purpose_ == Purpose::Export) {
        parts_.banner.showMessage(MessageBanner::Kind::Info, tr("There is nothing to save."),
                                  tr("No frame of this run is whole."));
        return;
    }
    if (!parts_.controller.show(content.trace, content.frames)) {
        parts_.banner.showMessage(MessageBanner::Kind::Info, tr("A run is going on."),
                                  tr("Cancel it or wait until it is done, then show another one."));
        return;
    }
    keeper_.takeShown(content.entry.id);
    if (purpose_ == Purpose::GoOn)
        goOn(content.trace.settings());
    else if (!anyFrame)
        parts_.banner.showMessage(
            MessageBanner::Kind::Info, tr("No frame of this run is whole."),
            tr("The panels show what it came to: %1 tokens.").arg(content.entry.tokens));
}

void LibraryDesk::goOn(const RunSettings &settings)
{
    const QString device = onItsOwnDevice_ ? QString::fromStdString(parts_.controller.device())
                                           : QString::fromStdString(parts_.settings.device());
    if (parts_.settings.hasModel() &&
        parts_.settings.model().checkpoint->folder() == std::filesystem::path(settings.modelFolder)) {
        emit goOnAsked(device);
        return;
    }
    onDevice_ = device;
    emit modelWanted(QString::fromStdString(settings.modelFolder));
}

void LibraryDesk::takeModel(const QString &name, const QString &folder)
{
    keeper_.setModelName(name.toStdString());
    const auto device = std::exchange(onDevice_, std::nullopt);
    if (device && folder.toStdString() == parts_.record.trace().settings().modelFolder)
        emit goOnAsked(*device);
}

void LibraryDesk::useSettings(const RunSettings &settings)
{
    parts_.settings.setPrompt(QString::fromStdString(settings.prompt));
    parts_.settings.setSeed(settings.seed);
    parts_.settings.setSeedLocked(true);
    parts_.settings.setFrames(settings.frames);
    parts_.settings.setGuidance(static_cast<double>(settings.sampler.cfg));
    parts_.settings.setTemperature(static_cast<double>(settings.sampler.temperature));
    parts_.settings.setTopK(settings.sampler.topK);
    parts_.settings.setTopP(static_cast<double>(settings.sampler.topP));
    parts_.settings.setDevice(QString::fromStdString(settings.device));
    parts_.settings.replay().setPolicy(settings.replay);
}

} // namespace fastcar::ui
