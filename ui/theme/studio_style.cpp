// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/studio_style.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace fastcar::ui {

StudioStyle::StudioStyle()
    : QProxyStyle(QStringLiteral("Fusion"))
{
}

void StudioStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                const QWidget *widget) const
{
    switch (element) {
    case PE_PanelMenu: // a menu's own is the sheet's
        painter->fillRect(option->rect, themeColors().border);
        painter->fillRect(option->rect.adjusted(1, 1, -1, -1), themeColors().panel);
        return;
    case PE_PanelScrollAreaCorner:
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

} // namespace fastcar::ui
