// SPDX-License-Identifier: Apache-2.0
//
// The prompts that runs were made from, the newest first, each once; and which of them are favourites. Every
// change is written to a JSON file, so that it lasts over restarts.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace fastcar::ui {

class PromptHistory : public QObject {
    Q_OBJECT
public:
    struct Entry {
        QString prompt;
        bool favourite = false;
    };

    /// Takes what `file` holds; what is none of ours is passed over. An empty name keeps nothing.
    explicit PromptHistory(const QString &file, QObject *parent = nullptr);

    /// Newest first.
    const std::vector<Entry> &entries() const { return entries_; }
    /// Those in which every word of `text` stands, in any case; favourites before the others.
    QStringList matching(const QString &text) const;
    bool isFavourite(const QString &prompt) const;

public slots:
    /// A run is made from `prompt`: it becomes the newest. Without more than blanks it is none.
    void add(const QString &prompt);
    void setFavourite(const QString &prompt, bool favourite);
    void remove(const QString &prompt);

signals:
    void changed();
    void saveFailed(const QString &reason);

private:
    void load();
    void save();
    std::vector<Entry>::iterator find(const QString &prompt);
    void dropOldest();

    QString file_;
    std::vector<Entry> entries_;
};

/// Walks through a history with two keys, as in a shell: up to older prompts, down to newer ones, and below
/// the newest back to what had been typed.
class HistoryWalk {
public:
    explicit HistoryWalk(const PromptHistory &history)
        : history_(history)
    {
    }

    /// What stands there now is `text`. Nothing where there is no older (or newer) one.
    std::optional<QString> older(const QString &text);
    std::optional<QString> newer(const QString &text);
    /// Something else was typed: the next step begins at the newest.
    void restart() { place_ = -1; }

private:
    const PromptHistory &history_;
    int place_ = -1; // in the entries; -1: at what was typed
    QString typed_;
};

} // namespace fastcar::ui
