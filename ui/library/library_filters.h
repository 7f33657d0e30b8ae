// SPDX-License-Identifier: Apache-2.0
//
// What the gallery shows, and in which order: words to look for, and filters in words of their own.
#pragma once

#include "engine/library/library_query.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QToolButton;

namespace fastcar::ui {

class LibraryFilters : public QWidget {
    Q_OBJECT
public:
    explicit LibraryFilters(QWidget *parent = nullptr);

    LibraryQuery query() const;
    /// Something is looked for: what does not show may be there nevertheless.
    bool narrows() const;
    /// What there is to choose from.
    void setChoices(const QStringList &devices, const QStringList &models);

public slots:
    void clear();
    void focusWords();

signals:
    void changed();

private:
    QWidget *makeMore();
    QComboBox *makeCombo(const QString &name, const QString &what);
    int activeFilters() const;
    void take();

    QLineEdit *words_ = nullptr;
    QToolButton *open_ = nullptr;
    QWidget *more_ = nullptr;
    QComboBox *order_ = nullptr;
    QComboBox *state_ = nullptr;
    QComboBox *stars_ = nullptr;
    QComboBox *device_ = nullptr;
    QComboBox *model_ = nullptr;
    QComboBox *replay_ = nullptr;
    QComboBox *time_ = nullptr;
    QToolButton *clear_ = nullptr;
    QTimer typed_;
};

} // namespace fastcar::ui
