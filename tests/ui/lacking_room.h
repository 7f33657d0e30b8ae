// SPDX-License-Identifier: Apache-2.0
//
// What is seen of a window and lacks room: words that are cut, controls of which a part is hidden; and what
// makes a window as large as it is.
#pragma once

#include "tests/ui/cut_words.h"
#include "ui/theme/told_line.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QStyleOptionComboBox>
#include <QToolButton>

namespace fastcar::ui {

inline bool scrolls(const QWidget *widget)
{
    for (const QWidget *around = widget->parentWidget(); around; around = around->parentWidget())
        if (qobject_cast<const QAbstractScrollArea *>(around))
            return true;
    return false;
}

inline int widthOf(const QFontMetrics &metrics, const QString &text)
{
    return metrics.size(Qt::TextShowMnemonic, text).width();
}

/// Empty, or what is wrong with it.
inline QString lackOf(const QWidget &widget)
{
    const auto lacks = [&](int needs, int has, const QString &text) {
        return needs <= has ? QString()
                            : QStringLiteral("%1 “%2” has %3 of %4 pixels")
                                  .arg(widget.objectName(), text)
                                  .arg(has)
                                  .arg(needs);
    };
    if (const auto *label = qobject_cast<const QLabel *>(&widget)) {
        if (qobject_cast<const ToldLine *>(label) || label->text().isEmpty())
            return {}; // which says by dots that there is more, and has it in its tool tip
        if (label->wordWrap())
            return lacks(label->heightForWidth(label->width()), label->height(), label->text());
        return lacks(label->textFormat() == Qt::PlainText || !Qt::mightBeRichText(label->text())
                         ? widthOf(label->fontMetrics(), label->text())
                         : label->sizeHint().width(),
                     label->contentsRect().width(), label->text());
    }
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget)) {
        const auto *tool = qobject_cast<const QToolButton *>(button);
        const bool words = !tool || tool->toolButtonStyle() != Qt::ToolButtonIconOnly;
        if (button->text().isEmpty() || !words)
            return {};
        const QString low = lacks(button->sizeHint().height(), button->height(), button->text());
        return low.isEmpty() ? lacks(button->sizeHint().width(), button->width(), button->text()) : low;
    }
    if (const auto *combo = qobject_cast<const QComboBox *>(&widget)) {
        QStyleOptionComboBox option;
        option.initFrom(combo);
        option.editable = false;
        const QRect room =
            combo->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, combo);
        return lacks(widthOf(combo->fontMetrics(), combo->currentText()), room.width(), combo->currentText());
    }
    if (const auto *header = qobject_cast<const QHeaderView *>(&widget);
        header && header->orientation() == Qt::Horizontal && header->model()) {
        for (int section = 0; section < header->count(); ++section) {
            const QString title = header->model()->headerData(section, Qt::Horizontal).toString();
            const QString lack =
                lacks(widthOf(header->fontMetrics(), title), header->sectionSize(section), title);
            if (!lack.isEmpty() && !header->isSectionHidden(section))
                return lack;
        }
        return {};
    }
    if (const auto *spin = qobject_cast<const QAbstractSpinBox *>(&widget)) {
        const auto *line = spin->findChild<QLineEdit *>();
        return lacks(line->fontMetrics().horizontalAdvance(line->text()) + 2, line->width(), line->text());
    }
    return {};
}

inline bool isOurs(const QWidget &widget)
{
    return QByteArrayView(widget.metaObject()->className()).startsWith("fastcar");
}

/// Of ours, or the inner part of one that scrolls.
inline bool paintsItself(const QWidget &widget)
{
    const auto *around = qobject_cast<const QAbstractScrollArea *>(widget.parentWidget());
    return isOurs(widget) || (around && isOurs(*around) && around->viewport() == &widget);
}

inline QString nameOf(const QWidget &widget)
{
    return widget.objectName().isEmpty() || isOurs(*widget.parentWidget())
               ? widget.parentWidget()->objectName()
               : widget.objectName();
}

/// What makes a window as large as it is at least.
inline QStringList partsOf(const QMainWindow &window)
{
    QStringList parts;
    const auto add = [&](const QString &name, const QWidget &part) {
        parts += QStringLiteral("%1 %2 × %3")
                     .arg(name)
                     .arg(part.minimumSizeHint().width())
                     .arg(part.minimumSizeHint().height());
    };
    for (const auto *dock : window.findChildren<QDockWidget *>())
        if (dock->isVisible())
            add(dock->objectName(), *dock);
    add(QStringLiteral("middle"), *window.centralWidget());
    return parts;
}

inline QStringList lacksIn(const QWidget &window)
{
    QStringList lacks;
    for (auto *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->visibleRegion().isEmpty())
            continue; // behind a tab
        if (const QString lack = lackOf(*widget); !lack.isEmpty())
            lacks += lack;
        if (paintsItself(*widget))
            for (const QString &words : cutWordsOf(*widget))
                lacks += QStringLiteral("%1 cuts “%2”").arg(nameOf(*widget), words);
        const bool speaks = qobject_cast<const QLabel *>(widget) ||
                            qobject_cast<const QAbstractButton *>(widget) ||
                            qobject_cast<const QComboBox *>(widget);
        if (speaks && !scrolls(widget) && !widget->visibleRegion().contains(widget->rect()) &&
            widget->visibleRegion().boundingRect() != widget->rect())
            lacks += QStringLiteral("%1 is cut").arg(widget->objectName());
    }
    return lacks;
}

} // namespace fastcar::ui
