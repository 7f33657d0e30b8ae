// SPDX-License-Identifier: Apache-2.0
//
// vulkan_raii.hpp as we use it. Slow to compile: for .cpp files that talk to Vulkan, and for the headers that
// only those include.
#pragma once

#define VK_NO_PROTOTYPES
#define VULKAN_HPP_NO_CONSTRUCTORS // designated initialisers
#include <vulkan/vulkan_raii.hpp>
