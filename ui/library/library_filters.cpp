// SPDX-License-Identifier: Apache-2.0
#include "ui/library/library_filters.h"

#include <QComboBox>
#include <QDateTime>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

namespace fastcar::ui {

namespace {

using Order = LibraryQuery::Order;

constexpr int typingMs = 150;

/// What the first combo shows: a state, or one of these.
enum class Which { All, Unfinished, Deleted, State };

void setFilter(LibraryQuery &query, Which which, RunState state)
{
    query.unfinished = which == Which::Unfinished;
    query.deleted = which == Which::Deleted;
    if (which == Which::State)
        query.state = state;
}

struct ReplayBand {
    std::optional<double> least, most;
};
constexpr ReplayBand replayBands[] = {{}, {0.75, {}}, {0.5, 0.75}, {0.25, 0.5}, {{}, 0.25}};

/// Days back from the begin of this one.
constexpr int anyTime = -1;

std::int64_t beginOfDay(int daysAgo)
{
    return QDate::currentDate().addDays(-daysAgo).startOfDay().toMSecsSinceEpoch();
}

void refill(QComboBox &combo, const QString &any, const QStringList &names)
{
    const QString chosen = combo.currentData().toString();
    const QSignalBlocker quiet(combo);
    combo.clear();
    combo.addItem(any);
    for (const QString &name : names)
        combo.addItem(name, name);
    combo.setCurrentIndex(std::max(0, combo.findData(chosen)));
}

} // namespace

LibraryFilters::LibraryFilters(QWidget *parent)
    : QWidget(parent)
{
    words_ = new QLineEdit(this);
    words_->setObjectName(QStringLiteral("librarySearch"));
    words_->setAccessibleName(tr("Search the library"));
    words_->setPlaceholderText(tr("Search prompts and notes"));
    words_->setToolTip(tr("Words, or their beginnings"));
    words_->setClearButtonEnabled(true);
    open_ = new QToolButton(this);
    open_->setObjectName(QStringLiteral("libraryFiltersButton"));
    open_->setCheckable(true);
    open_->setProperty("kind", "flat");
    order_ = makeCombo(QStringLiteral("libraryOrder"), tr("Order"));
    for (const auto &[text, order] : {std::pair(tr("Newest first"), Order::Newest),
                                      {tr("Oldest first"), Order::Oldest},
                                      {tr("Best rated first"), Order::BestRated},
                                      {tr("Most replayed first"), Order::MostReplayed},
                                      {tr("Longest first"), Order::Longest},
                                      {tr("Largest first"), Order::Largest},
                                      {tr("By prompt"), Order::ByPrompt}})
        order_->addItem(text, static_cast<int>(order));
    more_ = makeMore();
    more_->hide();

    auto *top = new QHBoxLayout;
    top->setSpacing(6);
    top->addWidget(words_, 1);
    top->addWidget(open_);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 10, 14, 6);
    column->setSpacing(6);
    column->addLayout(top);
    column->addWidget(order_);
    column->addWidget(more_);

    typed_.setSingleShot(true);
    typed_.setInterval(typingMs);
    connect(words_, &QLineEdit::textChanged, &typed_, qOverload<>(&QTimer::start));
    connect(&typed_, &QTimer::timeout, this, &LibraryFilters::changed);
    connect(open_, &QToolButton::toggled, more_, &QWidget::setVisible);
    take();
}

QComboBox *LibraryFilters::makeCombo(const QString &name, const QString &what)
{
    auto *combo = new QComboBox(this);
    combo->setObjectName(name);
    combo->setAccessibleName(what);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(8);
    connect(combo, &QComboBox::currentIndexChanged, this, &LibraryFilters::take);
    return combo;
}

QWidget *LibraryFilters::makeMore()
{
    state_ = makeCombo(QStringLiteral("libraryState"), tr("State"));
    const auto addWhich = [this](const QString &text, Which which, RunState state = RunState::Done) {
        state_->addItem(text, QPoint(static_cast<int>(which), static_cast<int>(state)));
    };
    addWhich(tr("All runs"), Which::All);
    addWhich(tr("Done"), Which::State, RunState::Done);
    addWhich(tr("Can go on"), Which::Unfinished);
    addWhich(tr("Failed"), Which::State, RunState::Failed);
    addWhich(tr("Interrupted"), Which::State, RunState::Interrupted);
    addWhich(tr("Deleted"), Which::Deleted);
    stars_ = makeCombo(QStringLiteral("libraryStars"), tr("Stars"));
    stars_->addItem(tr("Any rating"), 0);
    stars_->addItem(tr("Rated"), 1);
    for (int stars = 2; stars < mostStars; ++stars)
        stars_->addItem(tr("%1 stars or more").arg(stars), stars);
    stars_->addItem(tr("%1 stars").arg(mostStars), mostStars);
    device_ = makeCombo(QStringLiteral("libraryDevice"), tr("Device"));
    model_ = makeCombo(QStringLiteral("libraryModel"), tr("Model"));
    setChoices({}, {});
    replay_ = makeCombo(QStringLiteral("libraryReplay"), tr("Replay"));
    for (const QString &text :
         {tr("Any replay"), tr("75 % or more"), tr("50 to 75 %"), tr("25 to 50 %"), tr("25 % or less")})
        replay_->addItem(text);
    time_ = makeCombo(QStringLiteral("libraryTime"), tr("Time"));
    time_->addItem(tr("Any time"), anyTime);
    time_->addItem(tr("Today"), 0);
    time_->addItem(tr("Last 7 days"), 6);
    time_->addItem(tr("Last 30 days"), 29);
    clear_ = new QToolButton(this);
    clear_->setObjectName(QStringLiteral("libraryClearButton"));
    clear_->setText(tr("Clear filters"));
    clear_->setProperty("kind", "flat");
    connect(clear_, &QToolButton::clicked, this, &LibraryFilters::clear);

    auto *more = new QWidget(this);
    auto *grid = new QGridLayout(more);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(6);
    int place = 0;
    for (QComboBox *combo : {state_, stars_, device_, model_, replay_, time_}) {
        grid->addWidget(combo, place / 2, place % 2);
        ++place;
    }
    grid->addWidget(clear_, place / 2, 0, 1, 2, Qt::AlignRight);
    return more;
}

void LibraryFilters::setChoices(const QStringList &devices, const QStringList &models)
{
    refill(*device_, tr("Any device"), devices);
    refill(*model_, tr("Any model"), models);
}

LibraryQuery LibraryFilters::query() const
{
    LibraryQuery query;
    query.words = words_->text().toStdString();
    const QPoint which = state_->currentData().toPoint();
    setFilter(query, static_cast<Which>(which.x()), static_cast<RunState>(which.y()));
    query.leastRating = stars_->currentData().toInt();
    query.device = device_->currentData().toString().toStdString();
    query.model = model_->currentData().toString().toStdString();
    const ReplayBand &band = replayBands[std::max(0, replay_->currentIndex())];
    query.leastReplay = band.least;
    query.mostReplay = band.most;
    if (const int days = time_->currentData().toInt(); days != anyTime)
        query.fromMs = beginOfDay(days);
    query.order = static_cast<Order>(order_->currentData().toInt());
    return query;
}

int LibraryFilters::activeFilters() const
{
    int active = 0;
    for (const QComboBox *combo : {state_, stars_, device_, model_, replay_, time_})
        active += combo->currentIndex() > 0;
    return active;
}

bool LibraryFilters::narrows() const
{
    return activeFilters() > 0 || !words_->text().trimmed().isEmpty();
}

void LibraryFilters::clear()
{
    {
        const QSignalBlocker quiet(this);
        words_->clear();
        for (QComboBox *combo : {state_, stars_, device_, model_, replay_, time_})
            combo->setCurrentIndex(0);
        typed_.stop();
    }
    take();
}

void LibraryFilters::focusWords()
{
    words_->setFocus(Qt::ShortcutFocusReason);
    words_->selectAll();
}

void LibraryFilters::take()
{
    if (!clear_)
        return; // being made
    const int active = activeFilters();
    open_->setText(active == 0 ? tr("Filters") : tr("Filters (%1)").arg(active));
    clear_->setEnabled(active > 0 || !words_->text().isEmpty());
    emit changed();
}

} // namespace fastcar::ui
