// SPDX-License-Identifier: Apache-2.0
#include "ui/models/prompt_history.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>

namespace fastcar::ui {

namespace {

/// Favourites do not count: they stay until they are removed.
constexpr std::ptrdiff_t mostOthers = 500;

bool matches(const QString &prompt, const QStringList &words)
{
    return std::ranges::all_of(
        words, [&](const QString &word) { return prompt.contains(word, Qt::CaseInsensitive); });
}

} // namespace

PromptHistory::PromptHistory(const QString &file, QObject *parent)
    : QObject(parent)
    , file_(file)
{
    load();
}

std::vector<PromptHistory::Entry>::iterator PromptHistory::find(const QString &prompt)
{
    return std::ranges::find(entries_, prompt, &Entry::prompt);
}

void PromptHistory::add(const QString &prompt)
{
    const QString text = prompt.trimmed();
    if (text.isEmpty())
        return;
    const auto known = find(text);
    if (known == entries_.begin() && known != entries_.end())
        return;
    if (known == entries_.end())
        entries_.insert(entries_.begin(), Entry{.prompt = text});
    else
        std::rotate(entries_.begin(), known, known + 1);
    dropOldest();
    save();
}

void PromptHistory::dropOldest()
{
    while (std::ranges::count(entries_, false, &Entry::favourite) > mostOthers) {
        const auto oldest = std::ranges::find(entries_.rbegin(), entries_.rend(), false, &Entry::favourite);
        entries_.erase(std::next(oldest).base());
    }
}

void PromptHistory::setFavourite(const QString &prompt, bool favourite)
{
    const auto known = find(prompt);
    if (known == entries_.end() || known->favourite == favourite)
        return;
    known->favourite = favourite;
    save();
}

void PromptHistory::remove(const QString &prompt)
{
    const auto known = find(prompt);
    if (known == entries_.end())
        return;
    entries_.erase(known);
    save();
}

bool PromptHistory::isFavourite(const QString &prompt) const
{
    const auto known = std::ranges::find(entries_, prompt, &Entry::prompt);
    return known != entries_.end() && known->favourite;
}

QStringList PromptHistory::matching(const QString &text) const
{
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QStringList found;
    for (const bool favourite : {true, false})
        for (const Entry &entry : entries_)
            if (entry.favourite == favourite && matches(entry.prompt, words))
                found += entry.prompt;
    return found;
}

void PromptHistory::load()
{
    QFile file(file_);
    if (file_.isEmpty() || !file.open(QIODevice::ReadOnly))
        return;
    for (const QJsonValue &value : QJsonDocument::fromJson(file.readAll()).array()) {
        const QString prompt = value[QStringLiteral("prompt")].toString().trimmed();
        if (!prompt.isEmpty() && find(prompt) == entries_.end())
            entries_.push_back({.prompt = prompt, .favourite = value[QStringLiteral("favourite")].toBool()});
    }
    dropOldest();
}

void PromptHistory::save()
{
    emit changed();
    if (file_.isEmpty())
        return;
    QJsonArray list;
    for (const Entry &entry : entries_)
        list += QJsonObject{{QStringLiteral("prompt"), entry.prompt},
                            {QStringLiteral("favourite"), entry.favourite}};
    QDir().mkpath(QFileInfo(file_).absolutePath());
    QSaveFile file(file_);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(list).toJson()) < 0 || !file.commit())
        emit saveFailed(
            tr("The history of prompts was not written to %1: %2.").arg(file_, file.errorString()));
}

std::optional<QString> HistoryWalk::older(const QString &text)
{
    const auto &entries = history_.entries();
    int next = place_ + 1;
    // The newest is often what stands there already.
    while (next < static_cast<int>(entries.size()) && entries[static_cast<std::size_t>(next)].prompt == text)
        ++next;
    if (next >= static_cast<int>(entries.size()))
        return std::nullopt;
    if (place_ < 0)
        typed_ = text;
    place_ = next;
    return entries[static_cast<std::size_t>(place_)].prompt;
}

std::optional<QString> HistoryWalk::newer(const QString &text)
{
    if (place_ < 0)
        return std::nullopt;
    --place_;
    while (place_ >= 0 && history_.entries()[static_cast<std::size_t>(place_)].prompt == text)
        --place_;
    return place_ < 0 ? typed_ : history_.entries()[static_cast<std::size_t>(place_)].prompt;
}

} // namespace fastcar::ui
