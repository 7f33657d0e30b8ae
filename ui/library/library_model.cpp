// SPDX-License-Identifier: Apache-2.0
#include "ui/library/library_model.h"

#include "ui/library/run_words.h"
#include "ui/models/engine_words.h"

#include <algorithm>

namespace fastcar::ui {

namespace {

constexpr int pageRows = 64;       // are read together
constexpr std::size_t kept = 4096; // entries; then all are read again as they are needed
constexpr int lookIntervalMs = 3000;
constexpr int restMs = 250; // between two readings of what goes on by itself

QStringList toStrings(const std::vector<std::string> &texts)
{
    QStringList strings;
    for (const std::string &text : texts)
        strings += QString::fromStdString(text);
    return strings;
}

} // namespace

LibraryModel::LibraryModel(QObject *parent)
    : QAbstractListModel(parent)
    , refresh_(this, restMs)
{
    ask_.setSingleShot(true);
    ask_.setInterval(0);
    connect(&ask_, &QTimer::timeout, this, &LibraryModel::askForWanted);
    look_.setInterval(lookIntervalMs);
    connect(&look_, &QTimer::timeout, this, &LibraryModel::lookForChanges);
    connect(&refresh_, &PacedRefresh::due, this, &LibraryModel::list);
}

void LibraryModel::open(const std::filesystem::path &folder)
{
    queue_ = std::make_unique<LibraryQueue>(folder, this);
    listing_ = again_ = false;
    refreshNow();
}

void LibraryModel::setWatched(bool watched)
{
    if (watched == watched_)
        return;
    watched_ = watched;
    if (!watched_) {
        look_.stop();
        return;
    }
    look_.start();
    if (stale_)
        refreshNow();
    else if (queue_)
        lookForChanges(); // of other programs
}

void LibraryModel::setQuery(const LibraryQuery &query)
{
    if (query == query_)
        return;
    query_ = query;
    refreshNow();
}

int LibraryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ids_.size());
}

RunId LibraryModel::idOf(const QModelIndex &index) const
{
    return index.isValid() ? ids_.at(static_cast<std::size_t>(index.row())) : 0;
}

QModelIndex LibraryModel::indexOf(RunId run) const
{
    const auto found = rows_.find(run);
    return found == rows_.end() ? QModelIndex() : index(found->second);
}

const RunEntry *LibraryModel::entry(const QModelIndex &index) const
{
    if (!index.isValid())
        return nullptr;
    const auto found = entries_.find(idOf(index));
    if (found != entries_.end())
        return &found->second;
    wanted_.insert(index.row());
    if (!ask_.isActive())
        ask_.start();
    return nullptr;
}

QVariant LibraryModel::data(const QModelIndex &index, int role) const
{
    const RunEntry *run = entry(index);
    if (!run)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return QString::fromStdString(run->prompt);
    case Qt::ToolTipRole:
        return toolTipOf(*run);
    case Qt::AccessibleTextRole:
        return spokenTextOf(*run);
    default:
        return {};
    }
}

Result<LibraryModel::Listing> LibraryModel::listingOf(const Library &library, const LibraryQuery &query)
{
    Listing listing;
    auto version = library.version();
    auto ids = version ? library.ids(query) : version.error();
    auto devices = ids ? library.devices() : ids.error();
    auto models = devices ? library.models() : devices.error();
    const auto use = models ? library.diskUse() : models.error();
    if (!use)
        return use.error();
    return Listing{.ids = std::move(*ids),
                   .devices = std::move(*devices),
                   .models = std::move(*models),
                   .use = *use,
                   .version = *version};
}

void LibraryModel::refresh()
{
    stale_ = true;
    if (watched_)
        refresh_.ask();
}

/// Somebody has done something and waits for it.
void LibraryModel::refreshNow()
{
    stale_ = true;
    if (watched_)
        refresh_.askNow();
}

void LibraryModel::list()
{
    if (!queue_ || !watched_)
        return;
    again_ = listing_;
    if (listing_)
        return;
    listing_ = true;
    stale_ = false;
    queue_->ask([query = query_](Library &library) { return listingOf(library, query); },
                [this](Result<Listing> listing) {
                    listing_ = false;
                    if (!listing)
                        emit failed(engineWords(listing.error()));
                    else if (!again_)
                        take(std::move(*listing));
                    if (std::exchange(again_, false))
                        list();
                });
}

void LibraryModel::take(Listing listing)
{
    version_ = listing.version;
    takeIds(std::move(listing.ids));
    // What is shown may have changed; it stays until it has been read again.
    if (entries_.size() > kept)
        entries_.clear();
    std::vector<RunId> shown;
    for (const auto &[run, entry] : entries_)
        shown.push_back(run);
    if (!shown.empty())
        queue_->ask([shown](Library &library) { return library.entries(shown); },
                    [this](Result<std::vector<RunEntry>> entries) {
                        if (entries)
                            takeEntries(std::move(*entries));
                    });
    counted_ = true;
    emit diskUseChanged(listing.use);
    emit choicesChanged(toStrings(listing.devices), toStrings(listing.models));
    emit refreshed();
}

/// Only the rows between what is equal at both ends change, so that a view keeps its place and its selection
/// when a run appears or goes.
void LibraryModel::takeIds(std::vector<RunId> ids)
{
    const auto [oldHead, newHead] = std::ranges::mismatch(ids_, ids);
    const auto head = oldHead - ids_.begin();
    std::ptrdiff_t tail = 0;
    const auto most = std::min(std::ssize(ids_), std::ssize(ids)) - head;
    while (tail < most && ids_[ids_.size() - 1 - static_cast<std::size_t>(tail)] ==
                              ids[ids.size() - 1 - static_cast<std::size_t>(tail)])
        ++tail;
    const auto removed = std::ssize(ids_) - head - tail;
    const auto added = std::ssize(ids) - head - tail;
    const auto changeRows = [&](auto change) {
        change();
        rows_.clear();
        for (std::size_t row = 0; row < ids_.size(); ++row)
            rows_[ids_[row]] = static_cast<int>(row);
    };
    if (removed > 0) {
        beginRemoveRows({}, static_cast<int>(head), static_cast<int>(head + removed - 1));
        changeRows([&] { ids_.erase(ids_.begin() + head, ids_.begin() + head + removed); });
        endRemoveRows();
    }
    if (added > 0) {
        beginInsertRows({}, static_cast<int>(head), static_cast<int>(head + added - 1));
        changeRows([&] { ids_.insert(ids_.begin() + head, ids.begin() + head, ids.begin() + head + added); });
        endInsertRows();
    }
    wanted_.clear();
}

void LibraryModel::askForWanted()
{
    std::vector<RunId> missing;
    std::set<int> pages;
    for (const int row : wanted_)
        pages.insert(row / pageRows);
    wanted_.clear();
    for (const int page : pages)
        for (int row = page * pageRows; row < std::min((page + 1) * pageRows, rowCount()); ++row)
            if (const RunId run = ids_[static_cast<std::size_t>(row)]; !entries_.contains(run))
                missing.push_back(run);
    if (missing.empty() || !queue_)
        return;
    queue_->ask([missing](Library &library) { return library.entries(missing); },
                [this](Result<std::vector<RunEntry>> entries) {
                    if (entries)
                        takeEntries(std::move(*entries));
                    else
                        emit failed(engineWords(entries.error()));
                });
}

void LibraryModel::takeEntries(std::vector<RunEntry> entries)
{
    for (RunEntry &entry : entries) {
        const RunId run = entry.id;
        entries_.insert_or_assign(run, std::move(entry));
        if (const QModelIndex index = indexOf(run); index.isValid())
            emit dataChanged(index, index);
    }
}

void LibraryModel::lookForChanges()
{
    if (!queue_)
        return;
    queue_->ask([](Library &library) { return library.version(); },
                [this](Result<std::int64_t> version) {
                    if (version && *version != version_)
                        refresh();
                });
}

template <typename Change>
void LibraryModel::changeEach(const std::vector<RunId> &runs, Change change)
{
    queue_->ask(
        [runs, change](Library &library) {
            Result<void> all;
            for (const RunId run : runs)
                if (auto done = change(library, run); !done && all)
                    all = done;
            return all;
        },
        [this](Result<void> done) {
            if (!done)
                emit failed(engineWords(done.error()));
            refreshNow();
        });
}

void LibraryModel::rate(const std::vector<RunId> &runs, int stars)
{
    changeEach(runs, [stars](Library &library, RunId run) { return library.rate(run, stars); });
}

void LibraryModel::setNote(RunId run, const QString &note)
{
    changeEach({run},
               [note = note.toStdString()](Library &library, RunId id) { return library.setNote(id, note); });
}

void LibraryModel::remove(const std::vector<RunId> &runs)
{
    changeEach(runs, [](Library &library, RunId run) { return library.remove(run); });
}

void LibraryModel::restore(const std::vector<RunId> &runs)
{
    changeEach(runs, [](Library &library, RunId run) { return library.restore(run); });
}

void LibraryModel::erase(const std::vector<RunId> &runs)
{
    changeEach(runs, [](Library &library, RunId run) { return library.erase({run}); });
}

} // namespace fastcar::ui
