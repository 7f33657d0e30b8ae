// SPDX-License-Identifier: Apache-2.0
//
// The runs that are to be made, in their order: the one that is going on, those that wait, and behind them
// those that did not come to their end, with the reason. One that is done leaves the queue. Every change is
// written to a file, so that the queue outlives the program: a run that was going on when it ended stands as
// interrupted. Who starts the runs is QueueRunner.
#pragma once

#include "engine/decode/run_settings.h"

#include <QAbstractListModel>
#include <QString>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace fastcar::ui {

class RunQueue : public QAbstractListModel {
    Q_OBJECT
public:
    enum class State { Running, Waiting, Cancelled, Failed, Interrupted };
    Q_ENUM(State)

    struct Entry {
        quint64 number = 0; // its own as long as the program runs
        RunSettings settings;
        State state = State::Waiting;
        QString reason;       // why it did not come to its end
        std::int64_t run = 0; // its number in the library; 0: it has none there
    };

    /// Takes what `file` holds; where it cannot be read, the queue is empty and loadError() says why. An
    /// empty name keeps nothing.
    explicit RunQueue(const QString &file, QObject *parent = nullptr);

    const Entry &at(int row) const { return entries_.at(static_cast<std::size_t>(row)); }
    int size() const { return static_cast<int>(entries_.size()); }
    int waiting() const;
    bool running() const { return !entries_.empty() && entries_.front().state == State::Running; }
    /// The row whose turn it is.
    std::optional<int> next() const;
    std::optional<int> rowOf(quint64 number) const;
    /// Of the run of `settings`, which did not come to its end; `likelier` where several are like it.
    std::optional<int> endedRowOf(const RunSettings &settings, quint64 likelier) const;
    /// Those that did not come to their end and are kept in the library.
    std::vector<std::int64_t> keptRuns() const;
    const QString &loadError() const { return loadError_; }

    /// As many runs as `runs`, their seeds following each other, behind all that wait or before them.
    void add(const RunSettings &settings, int runs = 1, bool first = false);
    /// One that waits, or that had ended, is going on from now on. There is no other.
    void start(int row);
    /// The library keeps it as its run `run`.
    void keepAs(quint64 number, std::int64_t run);
    /// The one that is going on is done and leaves.
    void finish();
    /// It ended before that.
    void end(State state, const QString &reason);
    /// One that had ended waits again, behind the others; or, `first`, before them.
    void retry(int row, bool first = false);
    /// The one that is going on cannot be removed.
    void remove(int row);
    /// All that wait.
    void removeWaiting();
    /// Of one that waits, among those that wait. False: it stands where it can.
    bool move(int row, int steps);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    bool moveRows(const QModelIndex &sourceParent, int source, int count, const QModelIndex &targetParent,
                  int target) override;

    /// While one lives, what is done to the queue is one change: told of and written once, at the end.
    class OneChange {
    public:
        explicit OneChange(RunQueue &queue)
            : queue_(queue)
        {
            ++queue_.held_;
        }
        ~OneChange()
        {
            if (--queue_.held_ == 0 && std::exchange(queue_.unsaved_, false))
                queue_.save();
        }
        OneChange(const OneChange &) = delete;
        OneChange &operator=(const OneChange &) = delete;

    private:
        RunQueue &queue_;
    };

signals:
    void changed();
    void saveFailed(const QString &reason);

private:
    int firstWaiting() const { return running() ? 1 : 0; }
    int firstEnded() const { return firstWaiting() + waiting(); }
    void insert(int row, Entry entry);
    Entry take(int row);
    void load();
    void save();

    QString file_;
    QString loadError_;
    quint64 lastNumber_ = 0;
    int held_ = 0;               // changes that are not told of yet
    bool unsaved_ = false;       // meanwhile
    std::vector<Entry> entries_; // in the order of State: running, waiting, ended
};

/// What somebody asked for is the same, whatever the engine fills in.
bool sameAsked(const RunSettings &a, const RunSettings &b);

/// "8 frames · 2 videos · seed 12 · τ 0.5 · cpu": what tells a run from its neighbours.
QString settingsLine(const RunSettings &settings);

} // namespace fastcar::ui
