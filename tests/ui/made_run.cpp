// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/made_run.h"

#include <limits>

namespace fastcar::ui {

MadeRun::MadeRun()
{
    config.backbone.layers = layers;
    config.depth.depth = 2;
    config.gridHeight = gridHeight;
    config.gridWidth = gridWidth;
    settings.prompt = "made";
    settings.frames = frames;
    settings.replay.thresholds = {0.35f, 0.35f, std::nullopt};
    policy_ = settings.replay;
}

float MadeRun::tas(int step, int layer, int row)
{
    return static_cast<float>(step % stride) * 0.1f + static_cast<float>(layer) + (row == 1 ? -0.05f : 0.0f);
}

SharedFrame MadeRun::picture(std::uint8_t red, std::uint8_t green, std::uint8_t blue)
{
    auto frame = std::make_shared<Frame>();
    frame->width = gridWidth * 4;
    frame->height = gridHeight * 4;
    for (int i = 0; i < frame->width * frame->height; ++i)
        frame->rgb.insert(frame->rgb.end(), {red, green, blue});
    return frame;
}

void MadeRun::addStep(std::vector<Event> &events, int step) const
{
    for (int layer = 0; layer < layers; ++layer) {
        for (int row = 0; row < rows; ++row) {
            const bool scored = step >= stride;
            const float score = scored ? tas(step, layer, row) : std::numeric_limits<float>::quiet_NaN();
            const auto threshold = policy_.threshold(layer);
            const Decision decision = !scored || !threshold ? Decision::NotEligible
                                      : score > *threshold  ? Decision::Replayed
                                                            : Decision::Computed;
            events.push_back({.kind = Event::Kind::LayerOutcome,
                              .decision = decision,
                              .layer = static_cast<std::uint16_t>(layer),
                              .row = static_cast<std::uint16_t>(row),
                              .token = static_cast<std::uint32_t>(step),
                              .policy = policyNumber_,
                              .tas = score});
        }
    }
    if (mlpNs > 0)
        events.push_back(
            {.kind = Event::Kind::StepTimed, .token = static_cast<std::uint32_t>(step), .timeNs = mlpNs});
}

EngineThread::Drained MadeRun::upTo(int tokens)
{
    EngineThread::Drained drained;
    for (; next_ < tokens; ++next_) {
        const auto token = static_cast<std::uint32_t>(next_);
        if (next_ > 0)
            addStep(drained.events, next_ - 1);
        for (std::uint8_t depth = 0; depth < 2; ++depth)
            drained.events.push_back(
                {.kind = Event::Kind::CodeDrawn, .depth = depth, .token = token, .code = 10 * next_ + depth});
        drained.events.push_back({.kind = Event::Kind::TokenDone,
                                  .token = token,
                                  .policy = policyNumber_,
                                  .timeNs = 10'000'000LL * (next_ + 1)});
        if ((next_ + 1) % stride == 0)
            drained.frames.push_back({.video = 0,
                                      .frame = next_ / stride,
                                      .finished = true,
                                      .tokens = stride,
                                      .picture = picture(255, 0, 0)});
    }
    return drained;
}

EngineThread::Drained MadeRun::phase(Phase phase) const
{
    EngineThread::Drained drained;
    drained.events.push_back({.kind = Event::Kind::PhaseChanged, .phase = phase});
    return drained;
}

EngineThread::Drained MadeRun::newPolicy(const ReplayPolicy &policy)
{
    policy_ = policy;
    EngineThread::Drained drained;
    drained.policies.emplace_back(++policyNumber_, policy);
    drained.events.push_back({.kind = Event::Kind::PolicyChanged, .policy = policyNumber_});
    return drained;
}

} // namespace fastcar::ui
