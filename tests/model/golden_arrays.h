// SPDX-License-Identifier: Apache-2.0
//
// The golden model and vectors, and the comparison that they ask for: relative to an array's largest
// magnitude.
#pragma once

#include "engine/checkpoint/checkpoint.h"
#include "engine/tensor/npy.h"

#include <QTest>

#include <cmath>
#include <map>
#include <memory>
#include <span>
#include <string>

namespace fastcar {

inline std::shared_ptr<const Checkpoint> openGoldenCheckpoint()
{
    auto opened = Checkpoint::open(FASTCAR_TEST_DATA "/golden/checkpoint");
    if (!opened)
        qFatal("%s", opened.error().message.c_str());
    return *opened;
}

class GoldenArrays {
public:
    explicit GoldenArrays(const std::string &name)
    {
        auto read = readNpz(FASTCAR_TEST_DATA "/golden/vectors/" + name + ".npz");
        if (!read)
            qFatal("%s", read.error().message.c_str());
        arrays_ = std::move(*read);
    }
    template <typename T>
    std::span<const T> get(const std::string &name) const
    {
        const auto found = arrays_.find(name);
        if (found == arrays_.end())
            qFatal("the golden file has no %s", name.c_str());
        const auto values = found->second.as<T>();
        if (!values)
            qFatal("%s", values.error().message.c_str());
        return *values;
    }

private:
    std::map<std::string, NpyArray> arrays_;
};

/// |actual - expected| <= tolerance everywhere; an expected NaN asks for nothing.
inline void compareWithin(std::span<const float> actual, std::span<const float> expected, float tolerance)
{
    QCOMPARE(actual.size(), expected.size());
    for (std::size_t i = 0; i < actual.size(); ++i)
        if (!std::isnan(expected[i]) && !(std::abs(actual[i] - expected[i]) <= tolerance))
            QFAIL(qPrintable(QString("element %1: %2 instead of %3, allowed were %4")
                                 .arg(i)
                                 .arg(static_cast<double>(actual[i]))
                                 .arg(static_cast<double>(expected[i]))
                                 .arg(static_cast<double>(tolerance))));
}

inline float largestMagnitude(std::span<const float> values)
{
    float largest = 0.0f;
    for (const float v : values)
        if (!std::isnan(v))
            largest = std::max(largest, std::abs(v));
    return largest;
}

/// Within 1e-4 of the largest magnitude, as the vectors' description asks of an f32 implementation.
inline void compareGolden(std::span<const float> actual, std::span<const float> expected)
{
    compareWithin(actual, expected, 1e-4f * largestMagnitude(expected));
}

} // namespace fastcar
