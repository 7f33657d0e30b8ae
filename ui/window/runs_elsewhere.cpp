// SPDX-License-Identifier: Apache-2.0
#include "ui/window/runs_elsewhere.h"

#include "ui/bridge/run_keeper.h"
#include "ui/models/run_queue.h"
#include "ui/window/message_banner.h"
#include "ui/window/run_ending.h"

namespace fastcar::ui {

RunsElsewhere::RunsElsewhere(const Parts &parts, QObject *parent)
    : QObject(parent)
    , parts_(parts)
{
}

void RunsElsewhere::setLibrary(const std::filesystem::path &folder)
{
    job_.drop();
    folder_ = folder;
    known_.clear();
    emit changed();
}

bool RunsElsewhere::shownWentOn() const
{
    const auto run = parts_.keeper.runAtHand();
    const auto found = run ? known_.find(*run) : known_.end();
    return found != known_.end() && found->second.tokens > parts_.record.trace().tokens();
}

void RunsElsewhere::look()
{
    std::vector<RunId> runs = parts_.queue.keptRuns();
    if (const auto shown = parts_.keeper.runAtHand(); shown && canGoOn(parts_.controller, parts_.record))
        runs.push_back(*shown);
    if (runs.empty() || folder_.empty())
        return;
    job_.ask(
        this,
        [folder = folder_, runs](const std::stop_token &) -> Result<std::vector<RunEntry>> {
            const auto library = Library::openToRead(folder);
            return library ? library->entries(runs) : library.error();
        },
        [this](const Result<std::vector<RunEntry>> &found) {
            if (found) // otherwise the library's panel says why not
                take(*found);
        });
}

void RunsElsewhere::take(const std::vector<RunEntry> &runs)
{
    std::vector<RunEntry> news;
    for (const RunEntry &run : runs) {
        const auto before = known_.find(run.id);
        const bool told = before != known_.end() && before->second.state == run.state;
        known_.insert_or_assign(run.id, run);
        const bool left = leavesQueue(run);
        const bool shown =
            run.id == parts_.keeper.runAtHand() && !parts_.controller.running() && shownWentOn();
        if (left || (shown && !told))
            news.push_back(run);
    }
    if (!news.empty())
        tell(news);
    emit changed();
}

/// It is done. Who has begun it anew meanwhile has another run in mind.
bool RunsElsewhere::leavesQueue(const RunEntry &run)
{
    const auto settings = runSettingsFromJson(run.settingsJson);
    if (run.state != RunState::Done || !settings)
        return false;
    RunQueue &queue = parts_.queue;
    for (int row = queue.size() - 1; row >= 0; --row)
        if (queue.at(row).state > RunQueue::State::Waiting && queue.at(row).run == run.id &&
            sameAsked(queue.at(row).settings, *settings)) {
            queue.remove(row);
            return true;
        }
    return false;
}

void RunsElsewhere::tell(const std::vector<RunEntry> &runs)
{
    const RunEntry &run = runs.front();
    const QString prompt = QString::fromStdString(run.prompt);
    QString text =
        run.state == RunState::Done
            ? tr("“%1” is done: run %2 of the library.").arg(prompt).arg(run.id)
            : tr("“%1” came to token %2 of %3 there.").arg(prompt).arg(run.tokens).arg(run.totalTokens);
    if (runs.size() > 1)
        text += QLatin1Char(' ') +
                (runs.size() == 2 ? tr("So did another one.") : tr("So did %1 others.").arg(runs.size() - 1));
    std::vector<MessageBanner::Offer> offers;
    if (run.state != RunState::Running)
        offers.push_back({tr("Show"), QStringLiteral("showElsewhereButton"), [this, id = run.id] {
                              parts_.banner.hide();
                              emit showAsked(id);
                          }});
    parts_.banner.showMessage(MessageBanner::Kind::Info, tr("A run went on in another program."), text,
                              std::move(offers));
}

} // namespace fastcar::ui
