// SPDX-License-Identifier: Apache-2.0
//
// Controls by the names that they have for whoever drives the program.
#pragma once

#include <QObject>

namespace fastcar::ui {

/// The one of that name within `place`. A test cannot go on without it.
template <typename T>
T *namedControl(const QObject &place, const char *name)
{
    auto *found = place.findChild<T *>(QLatin1String(name));
    if (!found)
        qFatal("No control is named %s", name);
    return found;
}

} // namespace fastcar::ui
