// SPDX-License-Identifier: Apache-2.0
//
// Threads that work for nobody who waits: they get a processor where the others leave one, and a small share
// where they do not. What computes must not be driven off its core by them.
#pragma once

namespace fastcar {

/// Of the calling thread, at its beginning: its name (15 letters at the most) and its place behind the others. A
/// system that refuses harms nobody.
void enterBackground(const char *name);

} // namespace fastcar
