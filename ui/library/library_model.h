// SPDX-License-Identifier: Apache-2.0
//
// The runs of the library that a query finds, one row each. All their numbers are here at once; what is known
// of a run is read when a view asks for its row, a page at a time and in the background: until it is there
// the row is empty. What other programs do to the library is seen within some seconds. While nobody looks,
// nothing is asked of the library but what a person does to it.
#pragma once

#include "engine/library/library_query.h"
#include "ui/bridge/library_queue.h"
#include "ui/models/paced_refresh.h"

#include <QAbstractListModel>
#include <QTimer>

#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace fastcar::ui {

class LibraryModel : public QAbstractListModel {
    Q_OBJECT
public:
    explicit LibraryModel(QObject *parent = nullptr);

    void open(const std::filesystem::path &folder);
    bool isOpen() const { return queue_ != nullptr; }
    std::filesystem::path folder() const { return queue_ ? queue_->folder() : std::filesystem::path(); }

    const LibraryQuery &query() const { return query_; }
    void setQuery(const LibraryQuery &query);
    /// Whether anybody sees it. What changed until somebody looks is read when they do.
    void setWatched(bool watched);
    /// The rows are those of the library, as far as is known.
    bool upToDate() const { return !stale_ && !listing_; }
    /// The rows have been counted at least once.
    bool counted() const { return counted_; }

    int rowCount(const QModelIndex &parent = {}) const override;
    /// DisplayRole: the prompt; ToolTipRole; AccessibleTextRole.
    QVariant data(const QModelIndex &index, int role) const override;
    /// Null while it is on its way.
    const RunEntry *entry(const QModelIndex &index) const;
    RunId idOf(const QModelIndex &index) const;
    QModelIndex indexOf(RunId run) const;
    RunFolder filesOf(RunId run) const { return {folder(), run}; }

    // What a person does. The rows follow when it is written.
    void rate(const std::vector<RunId> &runs, int stars);
    void setNote(RunId run, const QString &note);
    void remove(const std::vector<RunId> &runs);
    void restore(const std::vector<RunId> &runs);
    void erase(const std::vector<RunId> &runs);

    LibraryQueue *queue() { return queue_.get(); }

public slots:
    /// A run has changed, or all may have. A run that goes on says so often: between two readings is a rest.
    void refresh();

signals:
    /// The rows are those of the query, as the library is now.
    void refreshed();
    void diskUseChanged(const fastcar::DiskUse &use);
    void choicesChanged(const QStringList &devices, const QStringList &models);
    /// What was asked for was not done.
    void failed(const QString &reason);

private:
    struct Listing {
        std::vector<RunId> ids;
        std::vector<std::string> devices, models;
        DiskUse use;
        std::int64_t version = 0;
    };
    void refreshNow();
    void list();
    static Result<Listing> listingOf(const Library &library, const LibraryQuery &query);
    void take(Listing listing);
    void takeIds(std::vector<RunId> ids);
    void askForWanted();
    void takeEntries(std::vector<RunEntry> entries);
    void lookForChanges();
    /// Does it to each of them; the first refusal is told.
    template <typename Change>
    void changeEach(const std::vector<RunId> &runs, Change change);

    LibraryQuery query_;
    std::vector<RunId> ids_;
    std::unordered_map<RunId, int> rows_;
    std::unordered_map<RunId, RunEntry> entries_; // of the rows that were asked for
    mutable std::set<int> wanted_;                // rows that a view has asked for
    mutable QTimer ask_;
    QTimer look_;
    PacedRefresh refresh_;
    bool watched_ = false;
    bool stale_ = true; // what is here was never read, or something has changed while nobody looked
    bool counted_ = false;
    bool listing_ = false; // is being made
    bool again_ = false;   // and one more is needed
    std::int64_t version_ = 0;
    DiskUse use_;
    QStringList devices_, models_;
    std::unique_ptr<LibraryQueue> queue_; // last: its answers come here
};

} // namespace fastcar::ui
