// SPDX-License-Identifier: Apache-2.0
#include "tests/decode/golden.h"

#include <QFile>
#include <QJsonDocument>

#include <cmath>
#include <cstdlib>
#include <iostream>
#include <limits>

namespace fastcar::golden {

namespace {

/// A test cannot go on without its data.
template <typename T>
T orDie(Result<T> result)
{
    if (!result) {
        std::cerr << result.error().message << '\n';
        std::abort();
    }
    return std::move(result).value();
}

} // namespace

const Model &model()
{
    static const Model opened = orDie(Model::open(folder + "checkpoint"));
    return opened;
}

QJsonObject manifest()
{
    QFile file(QString::fromStdString(folder + "manifest.json"));
    if (!file.open(QIODevice::ReadOnly))
        std::abort();
    return QJsonDocument::fromJson(file.readAll()).object();
}

std::map<std::string, NpyArray> vectors(const std::string &file)
{
    return orDie(readNpz(folder + file));
}

std::string promptOf(const QJsonObject &setting)
{
    return manifest()["prompts"].toObject()[setting["prompt"].toString()].toString().toStdString();
}

std::vector<std::optional<float>> thresholdsOf(const QJsonObject &setting)
{
    std::vector<std::optional<float>> thresholds;
    for (const auto &tau : setting["tau"].toArray()) {
        if (tau.isNull())
            thresholds.emplace_back(std::nullopt);
        else if (std::abs(tau.toDouble()) >= 1e30)
            thresholds.emplace_back(std::copysign(std::numeric_limits<float>::infinity(), tau.toDouble()));
        else
            thresholds.emplace_back(static_cast<float>(tau.toDouble()));
    }
    return thresholds;
}

double relativeDifference(std::span<const float> ours, std::span<const float> expected)
{
    if (ours.size() != expected.size())
        return std::numeric_limits<double>::infinity();
    double largest = 0.0;
    double difference = 0.0;
    for (std::size_t i = 0; i < ours.size(); ++i) {
        if (std::isnan(ours[i]) != std::isnan(expected[i]))
            return std::numeric_limits<double>::infinity();
        if (std::isnan(ours[i]))
            continue;
        largest = std::max(largest, std::abs(static_cast<double>(expected[i])));
        difference =
            std::max(difference, std::abs(static_cast<double>(ours[i]) - static_cast<double>(expected[i])));
    }
    return largest > 0.0 ? difference / largest : difference;
}

} // namespace fastcar::golden
