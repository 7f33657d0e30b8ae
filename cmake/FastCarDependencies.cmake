# SPDX-License-Identifier: Apache-2.0
# What we depend on; all of it is in Debian 12 (`run` installs it).

find_package(Threads REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(ZLIB REQUIRED)
find_package(CLI11 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(Sentencepiece REQUIRED IMPORTED_TARGET sentencepiece)
pkg_check_modules(Libav REQUIRED IMPORTED_TARGET libavformat libavcodec libavfilter libavutil libswscale)
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets)
find_package(Vulkan REQUIRED)
find_program(GLSLC_PROGRAM glslc REQUIRED)
if(FASTCAR_TESTS)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
endif()
