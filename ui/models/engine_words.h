// SPDX-License-Identifier: Apache-2.0
//
// What the engine says, for the window. The engine speaks English; the sentences of it that a person may well
// meet stand here as patterns, so that they can be translated: names and numbers are taken over. What is not
// among them stays as it is.
#pragma once

#include "engine/base/result.h"

#include <QString>

namespace fastcar::ui {

QString engineWords(const std::string &text);
inline QString engineWords(const Error &error)
{
    return engineWords(error.message);
}

} // namespace fastcar::ui
