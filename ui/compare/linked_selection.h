// SPDX-License-Identifier: Apache-2.0
//
// Keeps the comparison's selection and the window's at the same place, where the run that the window shows is
// one of those that are compared: a token that is chosen in one is chosen in the other.
#pragma once

#include "ui/models/selection.h"

#include <QObject>

#include <optional>

namespace fastcar::ui {

class LinkedSelection : public QObject {
    Q_OBJECT
public:
    /// Both outlive it.
    LinkedSelection(Selection &compared, Selection &window, QObject *parent = nullptr);

    /// The window's frame is the comparison's plus `offset`; nothing: they have nothing to do with each
    /// other.
    void link(std::optional<int> offset);

private:
    void toWindow();
    void toComparison();

    Selection &compared_;
    Selection &window_;
    std::optional<int> offset_;
    bool copying_ = false; // what is half taken over is not given back
};

} // namespace fastcar::ui
