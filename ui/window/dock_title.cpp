// SPDX-License-Identifier: Apache-2.0
#include "ui/window/dock_title.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QDockWidget>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace fastcar::ui {

DockTitle::DockTitle(QDockWidget *dock)
    : QWidget(dock)
{
    setProperty("role", "dockTitle");
    setAttribute(Qt::WA_StyledBackground);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(14, 5, 6, 5);
    auto *name = new QLabel(dock->windowTitle(), this);
    name->setFont(headingFont());
    auto *apart = new QToolButton(this);
    apart->setIcon(icon(QStringLiteral("window")));
    apart->setIconSize({12, 12});
    apart->setProperty("kind", "flat");
    apart->setFocusPolicy(Qt::NoFocus);
    apart->setAccessibleName(tr("%1 in a window of its own").arg(dock->windowTitle()));
    apart->setToolTip(tr("A window of its own, and back"));
    apart->setVisible(dock->features() & QDockWidget::DockWidgetFloatable);
    connect(dock, &QDockWidget::featuresChanged, apart, [apart](QDockWidget::DockWidgetFeatures features) {
        apart->setVisible(features & QDockWidget::DockWidgetFloatable);
    });
    connect(apart, &QToolButton::clicked, dock, [dock] { dock->setFloating(!dock->isFloating()); });
    auto *close = new QToolButton(this);
    close->setIcon(icon(QStringLiteral("close")));
    close->setIconSize({12, 12});
    close->setProperty("kind", "flat");
    close->setFocusPolicy(Qt::NoFocus);
    close->setAccessibleName(tr("Close %1").arg(dock->windowTitle()));
    close->setToolTip(tr("Close; the View menu opens it again"));
    line->addWidget(name);
    line->addStretch(1);
    line->addWidget(apart);
    line->addWidget(close);
    connect(close, &QToolButton::clicked, dock, &QDockWidget::close);
}

} // namespace fastcar::ui
