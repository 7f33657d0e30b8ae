// SPDX-License-Identifier: Apache-2.0
#include "ui/window/middle_pages.h"

#include <QAction>
#include <QActionGroup>

#include <algorithm>

namespace fastcar::ui {

MiddlePages::MiddlePages(QWidget *parent)
    : QStackedWidget(parent)
    , group_(new QActionGroup(this))
{
    setObjectName(QStringLiteral("middlePages"));
}

void MiddlePages::add(const Page &page)
{
    entries_.push_back({page});
    addWidget(page.widget);
    if (page.whileEmpty)
        addWidget(page.whileEmpty);

    auto *action = new QAction(page.title, this);
    action->setObjectName(page.name + QStringLiteral("PageAction"));
    action->setShortcut(page.keys);
    action->setCheckable(true);
    group_->addAction(action);
    actions_.push_back(action);
    connect(action, &QAction::triggered, this, [this, name = page.name] { choose(name); });
    if (chosen_.isEmpty())
        choose(page.name);
}

MiddlePages::Entry *MiddlePages::find(const QString &name)
{
    const auto found =
        std::ranges::find_if(entries_, [&](const Entry &entry) { return entry.page.name == name; });
    return found == entries_.end() ? nullptr : &*found;
}

void MiddlePages::choose(const QString &name)
{
    if (!find(name))
        return;
    const bool other = name != chosen_;
    chosen_ = name;
    showChosen();
    if (other)
        emit pageChosen(chosen_);
}

QString MiddlePages::firstPage(TaskLayout layout) const
{
    for (const Entry &entry : entries_)
        if (entry.page.firstIn.contains(layout))
            return entry.page.name;
    return entries_.empty() ? QString() : entries_.front().page.name;
}

void MiddlePages::setEmpty(const QString &name, bool empty)
{
    if (Entry *entry = find(name)) {
        entry->empty = empty;
        showChosen();
    }
}

QSize MiddlePages::minimumSizeHint() const
{
    return currentWidget() ? currentWidget()->minimumSizeHint() : QSize();
}

void MiddlePages::showChosen()
{
    const Entry *entry = find(chosen_);
    if (!entry)
        return;
    const bool standIn = entry->empty && entry->page.whileEmpty;
    QWidget *shown = standIn ? entry->page.whileEmpty : entry->page.widget;
    if (currentWidget() != shown) {
        setCurrentWidget(shown);
        updateGeometry();
    }
    actions_.at(static_cast<std::size_t>(entry - entries_.data()))->setChecked(true);
}

} // namespace fastcar::ui
