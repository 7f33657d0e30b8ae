// SPDX-License-Identifier: Apache-2.0
//
// The published modules' numbers (tests/data/golden/README.md), for tests to hold ours against.
#pragma once

#include "engine/decode/generation.h"
#include "engine/tensor/npy.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <map>
#include <span>
#include <string>

namespace fastcar::golden {

inline const std::string folder = FASTCAR_TEST_DATA "/golden/";

/// Opened once for a test program.
const Model &model();
QJsonObject manifest();
std::map<std::string, NpyArray> vectors(const std::string &file);
/// The prompt of a setting of the manifest.
std::string promptOf(const QJsonObject &setting);
/// `tau` of the manifest: null is a layer without a threshold; 1e30 stands for infinity.
std::vector<std::optional<float>> thresholdsOf(const QJsonObject &setting);

/// The largest difference, relative to the largest magnitude among the finite `expected`; infinity where one
/// is NaN and the other is not.
double relativeDifference(std::span<const float> ours, std::span<const float> expected);

} // namespace fastcar::golden
