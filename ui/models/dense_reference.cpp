// SPDX-License-Identifier: Apache-2.0
#include "ui/models/dense_reference.h"

#include <algorithm>
#include <cstdlib>

namespace fastcar::ui {

namespace {

/// Nothing but replay, and what a video does not depend on, may differ.
bool sameButReplay(const RunSettings &a, const RunSettings &b)
{
    return a.prompt == b.prompt && a.modelFolder == b.modelFolder && a.seed == b.seed &&
           a.sampler == b.sampler && a.attention == b.attention && a.device == b.device &&
           a.continued == b.continued;
}

struct Cell {
    int left = 0, top = 0, right = 0, bottom = 0; // pixels; right and bottom are outside
};

Cell cellOf(const TraceShape &shape, const Frame &frame, int position)
{
    const int column = position % shape.gridWidth;
    const int row = position / shape.gridWidth;
    return {.left = column * frame.width / shape.gridWidth,
            .top = row * frame.height / shape.gridHeight,
            .right = (column + 1) * frame.width / shape.gridWidth,
            .bottom = (row + 1) * frame.height / shape.gridHeight};
}

float meanDifference(const Frame &a, const Frame &b, const Cell &cell)
{
    std::int64_t sum = 0;
    for (int y = cell.top; y < cell.bottom; ++y) {
        const auto line = 3 * static_cast<std::size_t>(y) * static_cast<std::size_t>(a.width);
        for (auto i = line + 3 * static_cast<std::size_t>(cell.left);
             i < line + 3 * static_cast<std::size_t>(cell.right); ++i)
            sum += std::abs(a.rgb[i] - b.rgb[i]);
    }
    const int values = 3 * (cell.right - cell.left) * (cell.bottom - cell.top);
    return values > 0 ? static_cast<float>(sum) / static_cast<float>(values) : 0.0f;
}

} // namespace

DenseReference::DenseReference(const RunRecord &record, QObject *parent)
    : QObject(parent)
    , record_(record)
{
    connect(&record_, &RunRecord::phaseChanged, this, [this](Phase phase) {
        if (phase == Phase::Done)
            takeRun();
    });
    connect(&record_, &RunRecord::began, this, [this] {
        drift_.clear();
        emit changed();
    });
}

void DenseReference::takeRun()
{
    if (record_.replay().all().replayed > 0)
        return;
    std::vector<std::vector<SharedFrame>> pictures;
    for (int video = 0; video < record_.frames().videos(); ++video)
        pictures.push_back(record_.frames().wholePictures(video));
    take(record_.trace().settings(), std::move(pictures));
}

void DenseReference::take(const RunSettings &settings, std::vector<std::vector<SharedFrame>> pictures)
{
    settings_ = settings;
    pictures_ = std::move(pictures);
    drift_.clear();
    emit changed();
}

bool DenseReference::fits() const
{
    return record_.hasRun() && settings_ && sameButReplay(*settings_, record_.trace().settings());
}

std::optional<std::span<const float>> DenseReference::drift(int video, int frame) const
{
    const FrameStore &frames = record_.frames();
    const bool there = fits() && video < frames.videos() && frame < frames.frames() &&
                       frames.at(video, frame).whole && video < static_cast<int>(pictures_.size()) &&
                       frame < static_cast<int>(pictures_[static_cast<std::size_t>(video)].size());
    if (!there)
        return std::nullopt;
    auto [known, fresh] = drift_.try_emplace({video, frame});
    if (fresh) {
        const Frame &ours = *frames.at(video, frame).picture;
        const Frame &dense = *pictures_[static_cast<std::size_t>(video)][static_cast<std::size_t>(frame)];
        const TraceShape &shape = record_.trace().shape();
        for (int position = 0; position < shape.stride && ours.rgb.size() == dense.rgb.size(); ++position)
            known->second.push_back(meanDifference(ours, dense, cellOf(shape, ours, position)));
    }
    return known->second;
}

QString DenseReference::whyNot() const
{
    if (fits())
        return {};
    return settings_
               ? tr("The run without replay that is kept has other settings than this one. Close the lock "
                    "beside the seed, choose Off under Replay and generate: then this run's settings "
                    "can be held against it.")
               : tr("There is no run without replay yet to hold this one against. Close the lock beside "
                    "the seed, choose Off under Replay and generate; then generate again with replay.");
}

} // namespace fastcar::ui
