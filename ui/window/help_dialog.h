// SPDX-License-Identifier: Apache-2.0
//
// Help on one page, without leaving the program: what the words mean. And what the program is.
#pragma once

class QWidget;

namespace fastcar::ui {

/// Shows the page beside `parent`'s window, which stays usable.
void showWords(QWidget *parent);
void showAbout(QWidget *parent);

} // namespace fastcar::ui
