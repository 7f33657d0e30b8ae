// SPDX-License-Identifier: Apache-2.0
//
// The model folders that were opened, the newest first. A folder that is no longer there is not offered, but
// kept: its disk may come back.
#pragma once

#include "ui/models/preferences.h"

#include <QStringList>

namespace fastcar::ui {

class RecentModels {
public:
    /// `preferences` outlive it.
    explicit RecentModels(Preferences &preferences)
        : preferences_(preferences)
    {
    }

    void noteOpened(const QString &folder);
    /// Those that are there now.
    QStringList folders() const;
    void forgetAll();

private:
    Preferences &preferences_;
};

} // namespace fastcar::ui
