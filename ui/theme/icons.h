// SPDX-License-Identifier: Apache-2.0
//
// The icons of resources/icons, drawn in the text colour of the theme at hand whatever size is asked for.
#pragma once

#include <QIcon>
#include <QString>

namespace fastcar::ui {

/// `name` without folder and ending, e.g. "play". Follows a change of the theme by itself.
QIcon icon(const QString &name);

} // namespace fastcar::ui
