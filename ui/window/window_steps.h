// SPDX-License-Identifier: Apache-2.0
//
// What a person would do in the window, in words: for pictures of what opens only on a click.
//
// clang-format off
//     click NAME                   the control, or the action, of this object name ("presetsButton", "paletteAction")
//     choose NAME INDEX            of a list that drops down, from 0
//     type TEXT                    into the field that has the focus
//     keys SEQUENCE                pressed where the focus is
//     layout NAME                  generate, tune, hardware or compare
//     select FRAME POSITION LAYER  each from 0; position -1: none
//     dock NAME EXTENT             its width; at the bottom its height
//     show NAME                    the control is scrolled into view
//     point NAME X Y               the pointer rests on the control, at these hundredths of its width and height
//     wheel NAME X Y STEPS         turned there; away from oneself is positive
//     drop FILE                    onto the window
//     size WIDTH HEIGHT            of the window
//     wait MILLISECONDS            before the next step
//     finish                       the run that goes on is waited for
// clang-format on
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

namespace fastcar::ui {

class MainWindow;

/// One after the other, in the event loop, also while a dialog has one of its own; then `done` is told:
/// empty, or the step that could not be done and why.
void takeSteps(MainWindow &window, const QStringList &steps,
               std::function<void(const QString &failure)> done);

} // namespace fastcar::ui
