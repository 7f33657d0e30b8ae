// SPDX-License-Identifier: Apache-2.0
#include "ui/commands/key_view.h"

#include "ui/commands/action_catalog.h"
#include "ui/commands/action_keys.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QHeaderView>
#include <QLineEdit>
#include <QTreeView>
#include <QVBoxLayout>

namespace fastcar::ui {

namespace {
constexpr int actionName = Qt::UserRole;
} // namespace

KeyView::KeyView(const ActionCatalog &catalog, Which which, QWidget *parent)
    : QWidget(parent)
    , catalog_(catalog)
    , which_(which)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    search_ = new QLineEdit(this);
    search_->setObjectName(QStringLiteral("keySearch"));
    search_->setAccessibleName(tr("Search actions and keys"));
    search_->setPlaceholderText(tr("Search: a name, a panel, a key"));
    search_->setClearButtonEnabled(true);
    tree_ = new QTreeView(this);
    tree_->setObjectName(QStringLiteral("keyTree"));
    tree_->setAccessibleName(tr("Actions and their keys"));
    sifted_.setSourceModel(&model_);
    sifted_.setRecursiveFilteringEnabled(true);
    sifted_.setAutoAcceptChildRows(true); // of a group whose name was sought
    sifted_.setFilterCaseSensitivity(Qt::CaseInsensitive);
    sifted_.setFilterKeyColumn(-1);
    tree_->setModel(&sifted_);
    tree_->setRootIsDecorated(false);
    tree_->setItemsExpandable(false);
    tree_->setIndentation(12);
    tree_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    tree_->setAllColumnsShowFocus(true);
    tree_->header()->setStretchLastSection(false);
    column->addWidget(search_);
    column->addWidget(tree_, 1);
    fill();
    connect(search_, &QLineEdit::textChanged, this, &KeyView::sift);
    connect(&catalog_, &ActionCatalog::keysChanged, this, &KeyView::fill);
    connect(tree_->selectionModel(), &QItemSelectionModel::currentChanged, this, &KeyView::chosenChanged);
}

void KeyView::fill()
{
    const QAction *before = chosen();
    model_.clear();
    model_.setHorizontalHeaderLabels({tr("Action"), tr("Keys")});
    QMap<QString, QStandardItem *> groups;
    for (const ActionCatalog::Entry &entry : catalog_.entries()) {
        if (which_ == Which::WithKeys && entry.keys.isEmpty())
            continue;
        QStandardItem *&group = groups[entry.group];
        if (!group) {
            group = new QStandardItem(entry.group);
            group->setFont(headingFont());
            group->setSelectable(false);
            model_.appendRow(group);
        }
        auto *title = new QStandardItem(entry.title);
        title->setData(entry.action->objectName(), actionName);
        auto *keys = new QStandardItem(textOf(entry.keys));
        keys->setFont(numberFont(0.95));
        group->appendRow({title, keys});
    }
    tree_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    tree_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    sift(search_->text());
    choose(before);
}

void KeyView::sift(const QString &words)
{
    sifted_.setFilterFixedString(words.trimmed());
    tree_->expandAll();
    for (int row = 0; row < sifted_.rowCount(); ++row)
        tree_->setFirstColumnSpanned(row, {}, true);
}

QAction *KeyView::chosen() const
{
    const QModelIndex index = tree_->currentIndex().siblingAtColumn(0);
    const QString name = index.data(actionName).toString();
    return name.isEmpty() ? nullptr : catalog_.find(name);
}

QModelIndex KeyView::indexOf(const QAction *action) const
{
    const auto found = sifted_.match(sifted_.index(0, 0), actionName, action->objectName(), 1,
                                     Qt::MatchExactly | Qt::MatchRecursive);
    return found.isEmpty() ? QModelIndex() : found.front();
}

void KeyView::choose(const QAction *action)
{
    if (action)
        tree_->setCurrentIndex(indexOf(action));
}

int KeyView::count() const
{
    int count = 0;
    for (int row = 0; row < sifted_.rowCount(); ++row)
        count += sifted_.rowCount(sifted_.index(row, 0));
    return count;
}

} // namespace fastcar::ui
