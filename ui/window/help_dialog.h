// SPDX-License-Identifier: Apache-2.0
//
// Help on one page, without leaving the program: the words and the keys. And what the program is.
#pragma once

class QWidget;

namespace fastcar::ui {

/// Shows the page beside `parent`'s window, which stays usable.
void showHelp(QWidget *parent);
void showAbout(QWidget *parent);

} // namespace fastcar::ui
