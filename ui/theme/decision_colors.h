// SPDX-License-Identifier: Apache-2.0
//
// The colours of decisions where very many stand side by side: what was computed is quiet, and what was
// replayed is the brighter against the ground the longer its chain is (how many frames on end its output has
// been replayed). Chains run evenly in lightness, so that they read in grey print and to colour-blind eyes.
#pragma once

#include <QColor>

#include <array>

namespace fastcar::ui {

struct DecisionColors {
    QRgb ground = 0;      // nothing is there (yet)
    QRgb notEligible = 0; // computed: could not have been replayed
    QRgb computed = 0;    // computed though it could have been replayed
    std::array<QRgb, 256> chains{};

    /// Replayed for the `chain`th time on end, 1 and more, of `longest`; steps up at 2, 4, 8, ...
    QRgb replayed(int chain, int longest) const { return chains[chainIndex(chain, longest)]; }

    static std::size_t chainIndex(int chain, int longest);
};

/// Of the theme at hand.
const DecisionColors &decisionColors();

} // namespace fastcar::ui
