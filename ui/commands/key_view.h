// SPDX-License-Identifier: Apache-2.0
//
// The actions of a window and their keys, in groups, with a field to search them by name, by group or by key.
#pragma once

#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QWidget>

class QAction;
class QLineEdit;
class QTreeView;

namespace fastcar::ui {

class ActionCatalog;

class KeyView : public QWidget {
    Q_OBJECT
public:
    enum class Which { WithKeys, All };

    /// `catalog` outlives the view.
    KeyView(const ActionCatalog &catalog, Which which, QWidget *parent = nullptr);

    /// Null: none, or a group.
    QAction *chosen() const;
    void choose(const QAction *action);
    /// Actions that are listed now.
    int count() const;

signals:
    void chosenChanged();

private:
    void fill();
    void sift(const QString &words);
    QModelIndex indexOf(const QAction *action) const;

    const ActionCatalog &catalog_;
    Which which_;
    QStandardItemModel model_;
    QSortFilterProxyModel sifted_;
    QLineEdit *search_ = nullptr;
    QTreeView *tree_ = nullptr;
};

} // namespace fastcar::ui
