// SPDX-License-Identifier: Apache-2.0
//
// What the sensors of an accelerator card say of it at this moment: measured by the card, not reckoned.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace fastcar {

struct CardSensors {
    struct Temperature {
        std::string place; // "FPGA"
        double celsius = 0.0;
        bool operator==(const Temperature &) const = default;
    };
    std::optional<double> watts; // of the whole card
    std::vector<Temperature> temperatures;

    bool any() const { return watts || !temperatures.empty(); }
    bool operator==(const CardSensors &) const = default;
};

} // namespace fastcar
