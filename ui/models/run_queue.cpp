// SPDX-License-Identifier: Apache-2.0
#include "ui/models/run_queue.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaEnum>
#include <QSaveFile>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

QString nameOf(RunQueue::State state)
{
    return QString::fromLatin1(QMetaEnum::fromType<RunQueue::State>().valueToKey(static_cast<int>(state)));
}

/// Nothing for what no version of ours has written.
std::optional<RunQueue::Entry> entryFrom(const QJsonObject &object)
{
    auto read = runSettingsFromJson(object[QLatin1String("settings")].toString().toStdString());
    bool known = false;
    const int state = QMetaEnum::fromType<RunQueue::State>().keyToValue(
        object[QLatin1String("state")].toString().toLatin1().constData(), &known);
    if (!read || !known)
        return std::nullopt;
    return RunQueue::Entry{.number = 0,
                           .settings = std::move(read).value(),
                           .state = static_cast<RunQueue::State>(state),
                           .reason = object[QLatin1String("reason")].toString(),
                           .run = object[QLatin1String("run")].toInteger()};
}

QJsonObject toObject(const RunQueue::Entry &entry)
{
    // As text: a seed has more figures than a JSON number of Qt's keeps.
    QJsonObject object{{QStringLiteral("settings"), QString::fromStdString(toJson(entry.settings))},
                       {QStringLiteral("state"), nameOf(entry.state)},
                       {QStringLiteral("reason"), entry.reason}};
    if (entry.run != 0)
        object[QStringLiteral("run")] = static_cast<qint64>(entry.run);
    return object;
}

/// What somebody asked for, without what the engine fills in.
RunSettings asked(RunSettings settings)
{
    settings.modelDigest.clear();
    settings.version.clear();
    settings.continued.clear();
    return settings;
}

QString replayText(const ReplayPolicy &policy)
{
    if (policy.target)
        return RunQueue::tr("target %1 %").arg(100.0 * static_cast<double>(policy.target->ratio), 0, 'f', 0);
    const auto &thresholds = policy.thresholds;
    const bool off = std::ranges::none_of(
        thresholds, [](const auto &threshold) { return threshold && *threshold < INFINITY; });
    if (off)
        return RunQueue::tr("dense");
    const auto same = [&](const auto &threshold) { return threshold == thresholds.front(); };
    if (!std::ranges::all_of(thresholds, same))
        return RunQueue::tr("τ by layer");
    const double value = static_cast<double>(*thresholds.front());
    return std::isinf(value) ? RunQueue::tr("all replayed") : RunQueue::tr("τ %1").arg(value, 0, 'f', 2);
}

} // namespace

bool sameAsked(const RunSettings &a, const RunSettings &b)
{
    return asked(a) == asked(b);
}

QString settingsLine(const RunSettings &settings)
{
    // First what runs of one prompt differ in.
    QStringList parts{RunQueue::tr("seed %1").arg(settings.seed), replayText(settings.replay)};
    parts += settings.frames == 1 ? RunQueue::tr("1 frame") : RunQueue::tr("%1 frames").arg(settings.frames);
    if (settings.videos > 1)
        parts += RunQueue::tr("%1 videos").arg(settings.videos);
    parts += QString::fromStdString(settings.device);
    return parts.join(QStringLiteral(" · "));
}

RunQueue::RunQueue(const QString &file, QObject *parent)
    : QAbstractListModel(parent)
    , file_(file)
{
    load();
}

int RunQueue::waiting() const
{
    return static_cast<int>(std::ranges::count(entries_, State::Waiting, &Entry::state));
}

std::optional<int> RunQueue::next() const
{
    return waiting() > 0 ? std::optional(firstWaiting()) : std::nullopt;
}

std::optional<int> RunQueue::rowOf(quint64 number) const
{
    const auto found = std::ranges::find(entries_, number, &Entry::number);
    return found != entries_.end() ? std::optional(static_cast<int>(found - entries_.begin())) : std::nullopt;
}

std::optional<int> RunQueue::endedRowOf(const RunSettings &settings, quint64 likelier) const
{
    std::optional<int> found;
    for (int row = size() - 1; row >= firstEnded(); --row)
        if (sameAsked(at(row).settings, settings) && (!found || at(*found).number != likelier))
            found = row;
    return found;
}

std::vector<std::int64_t> RunQueue::keptRuns() const
{
    std::vector<std::int64_t> runs;
    for (int row = firstEnded(); row < size(); ++row)
        if (at(row).run != 0)
            runs.push_back(at(row).run);
    return runs;
}

void RunQueue::keepAs(quint64 number, std::int64_t run)
{
    const auto row = rowOf(number);
    if (!row || at(*row).run == run)
        return;
    entries_[static_cast<std::size_t>(*row)].run = run;
    save();
}

void RunQueue::insert(int row, Entry entry)
{
    beginInsertRows({}, row, row);
    entries_.insert(entries_.begin() + row, std::move(entry));
    endInsertRows();
}

RunQueue::Entry RunQueue::take(int row)
{
    beginRemoveRows({}, row, row);
    Entry entry = std::move(entries_[static_cast<std::size_t>(row)]);
    entries_.erase(entries_.begin() + row);
    endRemoveRows();
    return entry;
}

void RunQueue::add(const RunSettings &settings, int runs, bool first)
{
    int row = first ? firstWaiting() : firstEnded();
    for (int run = 0; run < runs; ++run) {
        Entry entry{
            .number = ++lastNumber_, .settings = settings, .state = State::Waiting, .reason = {}, .run = 0};
        entry.settings.seed += static_cast<std::uint64_t>(run);
        insert(row++, std::move(entry));
    }
    save();
}

void RunQueue::start(int row)
{
    Entry entry = take(row);
    entry.state = State::Running;
    entry.reason.clear();
    insert(0, std::move(entry));
    save();
}

void RunQueue::finish()
{
    if (!running())
        return;
    take(0);
    save();
}

void RunQueue::end(State state, const QString &reason)
{
    if (!running())
        return;
    Entry entry = take(0);
    entry.state = state;
    entry.reason = reason;
    insert(firstEnded(), std::move(entry));
    save();
}

void RunQueue::retry(int row, bool first)
{
    if (row < firstEnded() || row >= size())
        return;
    Entry entry = take(row);
    entry.state = State::Waiting;
    entry.reason.clear();
    entry.run = 0; // it begins anew
    insert(first ? firstWaiting() : firstEnded(), std::move(entry));
    save();
}

void RunQueue::remove(int row)
{
    if (row < firstWaiting() || row >= size())
        return;
    take(row);
    save();
}

void RunQueue::removeWaiting()
{
    for (int row = firstEnded() - 1; row >= firstWaiting(); --row)
        take(row);
    save();
}

bool RunQueue::move(int row, int steps)
{
    const int target = row + steps;
    if (row < firstWaiting() || row >= firstEnded() || steps == 0)
        return false;
    // moveRows() wants the row before which it goes.
    return moveRows({}, row, 1, {}, steps > 0 ? target + 1 : target);
}

bool RunQueue::moveRows(const QModelIndex &, int source, int count, const QModelIndex &, int target)
{
    const bool waits = source >= firstWaiting() && source + count <= firstEnded();
    const int before = std::clamp(target, firstWaiting(), firstEnded());
    if (!waits || count < 1 || (before >= source && before <= source + count) ||
        !beginMoveRows({}, source, source + count - 1, {}, before))
        return false;
    const auto first = entries_.begin() + source;
    const auto last = first + count;
    if (before < source)
        std::rotate(entries_.begin() + before, first, last);
    else
        std::rotate(first, last, entries_.begin() + before);
    endMoveRows();
    save();
    return true;
}

int RunQueue::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : size();
}

QVariant RunQueue::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= size())
        return {};
    const Entry &entry = at(index.row());
    const QString prompt = QString::fromStdString(entry.settings.prompt);
    switch (role) {
    case Qt::DisplayRole:
        return prompt;
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2").arg(prompt, settingsLine(entry.settings));
    case Qt::AccessibleDescriptionRole:
        return entry.reason;
    case Qt::ToolTipRole:
        return QStringLiteral("<p>%1</p><p>%2<br>%3</p><p>%4</p>")
            .arg(prompt.toHtmlEscaped(), settingsLine(entry.settings).toHtmlEscaped(),
                 QString::fromStdString(entry.settings.modelFolder).toHtmlEscaped(),
                 entry.reason.toHtmlEscaped());
    default:
        return {};
    }
}

Qt::ItemFlags RunQueue::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled; // between the others
    const bool waits = at(index.row()).state == State::Waiting;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | (waits ? Qt::ItemIsDragEnabled : Qt::NoItemFlags);
}

void RunQueue::load()
{
    QFile file(file_);
    if (file_.isEmpty() || !file.exists())
        return;
    QJsonParseError parsing;
    const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    const QJsonDocument document = QJsonDocument::fromJson(text, &parsing);
    if (!document.isArray()) {
        loadError_ =
            tr("The queue of last time could not be read from %1: %2. It is empty now; the file is kept "
               "beside it as %3.")
                .arg(file_, file.isOpen() ? parsing.errorString() : file.errorString(),
                     QFileInfo(file_).fileName() + QStringLiteral(".unreadable"));
        QFile::remove(file_ + QStringLiteral(".unreadable"));
        QFile::copy(file_, file_ + QStringLiteral(".unreadable"));
        return;
    }
    for (const QJsonValue &value : document.array()) {
        auto entry = entryFrom(value.toObject());
        if (!entry)
            continue;
        if (entry->state == State::Running) {
            entry->state = State::Interrupted;
            entry->reason = tr("The program ended while this run was going on.");
        }
        entry->number = ++lastNumber_;
        entries_.push_back(std::move(*entry));
    }
    std::ranges::stable_sort(entries_, {}, [](const Entry &entry) { return entry.state != State::Waiting; });
}

void RunQueue::save()
{
    if (held_ > 0) {
        unsaved_ = true;
        return;
    }
    emit changed();
    if (file_.isEmpty())
        return;
    QJsonArray list;
    for (const Entry &entry : entries_)
        list += toObject(entry);
    QDir().mkpath(QFileInfo(file_).absolutePath());
    QSaveFile file(file_);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(list).toJson()) < 0 || !file.commit())
        emit saveFailed(tr("The queue was not written to %1: %2. It will be lost when the program ends.")
                            .arg(file_, file.errorString()));
}

} // namespace fastcar::ui
