// SPDX-License-Identifier: Apache-2.0
//
// The Vulkan device that all views draw with: one for the program, so that views can share what they upload.
// Where there is no Vulkan, create() says why and the views paint with QPainter.
#pragma once

#include "engine/base/result.h"

#include <memory>
#include <string>
#include <vector>

class QVulkanInstance;

namespace fastcar::ui {

/// Window's thread only. Outlives every window that uses it.
class ViewDevice {
public:
    struct Options {
        /// With the validation layer; its messages are collected.
        bool validation = false;
    };
    /// Errors: no loader, no driver, a platform without windows for Vulkan (offscreen), no device that can
    /// draw.
    static Result<std::shared_ptr<ViewDevice>> create(const Options &options);
    ~ViewDevice();

    /// "llvmpipe (LLVM 15.0.6, 256 bits)"
    const std::string &name() const;
    /// The processor draws: QPainter does the same in a fraction of its time.
    bool isSoftware() const;
    QVulkanInstance *instance() const;
    /// What the validation layer had to say, warnings and errors.
    const std::vector<std::string> &validationMessages() const;

    struct Handles; // view_device_handles.h, for .cpp files only
    Handles &handles() const { return *handles_; }

private:
    ViewDevice();
    std::unique_ptr<Handles> handles_;
};

} // namespace fastcar::ui
