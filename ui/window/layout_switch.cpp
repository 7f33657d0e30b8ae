// SPDX-License-Identifier: Apache-2.0
#include "ui/window/layout_switch.h"

#include <QAction>
#include <QHBoxLayout>
#include <QToolButton>

namespace fastcar::ui {

LayoutSwitch::LayoutSwitch(const std::vector<QAction *> &actions, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("layoutSwitch"));
    setAccessibleName(tr("Task layout"));
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 2, 8, 0);
    line->setSpacing(2);
    for (QAction *action : actions) {
        auto *segment = new QToolButton(this);
        segment->setDefaultAction(action);
        segment->setToolButtonStyle(Qt::ToolButtonTextOnly);
        segment->setProperty("kind", "segment");
        segment->setAccessibleName(tr("Layout %1").arg(action->text()));
        segment->setFocusPolicy(Qt::TabFocus);
        line->addWidget(segment);
    }
}

} // namespace fastcar::ui
