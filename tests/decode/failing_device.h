// SPDX-License-Identifier: Apache-2.0
//
// A device that computes as another one does, and fails or waits when it is told to.
#pragma once

#include "engine/backend/devices.h"

#include <atomic>
#include <chrono>
#include <limits>
#include <memory>
#include <string>
#include <thread>

namespace fastcar {

/// When something happens: in the steps from this one on.
struct FailurePlan {
    std::atomic<int> failsAt; // below zero it cannot even be opened
    std::atomic<int> holdsAt; // stays in the step until this is larger
    std::atomic<int> milliseconds{0}; // that each step takes longer
    std::atomic<int> at{-1};  // told by the device: the step that it began last
};

class FailingBackbone final : public Backbone {
public:
    FailingBackbone(std::unique_ptr<Backbone> inner, std::string name, FailurePlan &plan)
        : inner_(std::move(inner))
        , name_(std::move(name))
        , plan_(plan)
    {
    }

    std::string device() const override { return name_; }
    Result<void> begin(RowLayout layout, int promptTokens, int visualTokens) override
    {
        return inner_->begin(layout, promptTokens, visualTokens);
    }
    Result<void> prefill(int row, MatrixView<const float> embeddings, std::span<float> hidden,
                         MatrixView<float> allHidden) override
    {
        return inner_->prefill(row, embeddings, hidden, allHidden);
    }
    Result<StepReport> step(const StepInput &input) override
    {
        plan_.at = input.visualToken;
        std::this_thread::sleep_for(std::chrono::milliseconds(plan_.milliseconds));
        // Pictures are made meanwhile and told of with the next token: those of before are told of by then.
        if (input.visualToken >= plan_.holdsAt - 3)
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        while (input.visualToken >= plan_.holdsAt)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (input.visualToken >= plan_.failsAt)
            return Error{ErrorKind::Device, "The device " + name_ + " hangs: it does not finish a step."};
        return inner_->step(input);
    }

private:
    std::unique_ptr<Backbone> inner_;
    std::string name_;
    FailurePlan &plan_;
};

/// Registers it under a name of its own; outlives its runs.
class FailingDevice : public FailurePlan {
public:
    static constexpr int never = std::numeric_limits<int>::max();

    explicit FailingDevice(const std::string &name, const std::string &like = "cpu")
        : FailurePlan{never, never}
    {
        registerDevice({.info = {.name = name, .description = "fails", .usable = true, .whyNot = ""},
                        .create = [this, name, like](std::string_view, auto checkpoint,
                                                     ThreadPool &pool) -> Result<std::unique_ptr<Backbone>> {
                            if (failsAt < 0)
                                return Error{ErrorKind::Device, "The device " + name + " is not there."};
                            auto inner = createBackbone(like, std::move(checkpoint), pool);
                            if (!inner)
                                return inner.error();
                            return std::unique_ptr<Backbone>(
                                std::make_unique<FailingBackbone>(std::move(*inner), name, *this));
                        }});
    }
    FailingDevice(const FailingDevice &) = delete;
    FailingDevice &operator=(const FailingDevice &) = delete;
};

} // namespace fastcar
