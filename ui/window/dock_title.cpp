// SPDX-License-Identifier: Apache-2.0
#include "ui/window/dock_title.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QDockWidget>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace fastcar::ui {

namespace {

QToolButton *flatButton(const QString &iconName, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(icon(iconName));
    button->setIconSize({12, 12});
    button->setProperty("kind", "flat");
    button->setFocusPolicy(Qt::NoFocus);
    return button;
}

} // namespace

DockTitle::DockTitle(QDockWidget *dock)
    : QWidget(dock)
{
    setProperty("role", "dockTitle");
    setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    row_ = new QWidget(this);
    column->addWidget(row_);
    auto *line = new QHBoxLayout(row_);
    line->setContentsMargins(14, 5, 6, 5);
    auto *name = new QLabel(dock->windowTitle(), row_);
    name->setFont(headingFont());
    auto *apart = flatButton(QStringLiteral("window"), row_);
    apart->setAccessibleName(tr("%1 in a window of its own").arg(dock->windowTitle()));
    apart->setToolTip(tr("A window of its own, and back"));
    apart->setVisible(dock->features() & QDockWidget::DockWidgetFloatable);
    connect(dock, &QDockWidget::featuresChanged, apart, [apart](QDockWidget::DockWidgetFeatures features) {
        apart->setVisible(features & QDockWidget::DockWidgetFloatable);
    });
    connect(apart, &QToolButton::clicked, dock, [dock] { dock->setFloating(!dock->isFloating()); });
    line->addWidget(name);
    line->addStretch(1);
    line->addWidget(apart);
    line->addWidget(makeCloseButton(dock, row_));
}

QString DockTitle::closeText(const QDockWidget &dock)
{
    return tr("Close %1").arg(dock.windowTitle());
}

QToolButton *DockTitle::makeCloseButton(QDockWidget *dock, QWidget *parent)
{
    QToolButton *close = flatButton(QStringLiteral("close"), parent);
    close->setAccessibleName(closeText(*dock));
    close->setToolTip(tr("Close; the View menu opens it again"));
    connect(close, &QToolButton::clicked, dock, &QDockWidget::close);
    return close;
}

void DockTitle::setInTab(bool inTab)
{
    if (inTab == inTab_)
        return;
    inTab_ = inTab;
    row_->setVisible(!inTab);
    updateGeometry();
}

// A dock gives its title the height that it asks for, hidden or not.

QSize DockTitle::sizeHint() const
{
    return inTab_ ? QSize(0, 0) : QWidget::sizeHint();
}

QSize DockTitle::minimumSizeHint() const
{
    return inTab_ ? QSize(0, 0) : QWidget::minimumSizeHint();
}

} // namespace fastcar::ui
