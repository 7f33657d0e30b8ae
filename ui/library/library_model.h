// SPDX-License-Identifier: Apache-2.0
//
// The runs of the library that a query finds, one row each. All their numbers are here at once; what is known
// of a run is read when a view asks for its row, a page at a time and in the background: until it is there
// the row is empty. What other programs do to the library is seen within some seconds.
#pragma once

#include "engine/library/library_query.h"
#include "ui/bridge/library_queue.h"

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
    using QAbstractListModel::QAbstractListModel;

    void open(const std::filesystem::path &folder);
    bool isOpen() const { return queue_ != nullptr; }
    std::filesystem::path folder() const { return queue_ ? queue_->folder() : std::filesystem::path(); }

    const LibraryQuery &query() const { return query_; }
    void setQuery(const LibraryQuery &query);
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
    /// A run has changed, or all may have.
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
    bool counted_ = false;
    bool listing_ = false; // is being made
    bool again_ = false;   // and one more is needed
    std::int64_t version_ = 0;
    DiskUse use_;
    QStringList devices_, models_;
    std::unique_ptr<LibraryQueue> queue_; // last: its answers come here
};

} // namespace fastcar::ui
