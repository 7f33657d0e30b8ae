// SPDX-License-Identifier: Apache-2.0
//
// The style below the style sheet: Qt's Fusion, but for what a sheet cannot say.
#pragma once

#include <QProxyStyle>

namespace fastcar::ui {

class StudioStyle : public QProxyStyle {
public:
    StudioStyle();

    /// The panel behind a drop-down list has the list's frame and ground; where two scroll bars meet there is
    /// nothing.
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
};

} // namespace fastcar::ui
