# SPDX-License-Identifier: Apache-2.0
# How everything is compiled.

option(FASTCAR_TESTS "Build the tests" ON)
option(FASTCAR_RTL_COVERAGE "Count which lines of the simulated circuits are passed through (slower)" OFF)
option(FASTCAR_WERROR "Treat warnings as errors" OFF)
option(FASTCAR_PRECOMPILE "Parse the headers of the standard library and of Qt once; OFF shows a file that leaves out an #include" ON)
option(FASTCAR_UNITY "Compile a library's files some at a time: half the work from nothing, more of it after a change" OFF)
set(FASTCAR_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them (address,undefined or thread)")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release)
endif()

add_compile_options(-Wall -Wextra -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
    -Wno-missing-field-initializers) # designated initialisers leave the rest at its defaults, on purpose
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # GCC 12 warns of "text" + std::string of its own library (bug 105651).
    add_compile_options(-Wno-restrict -Wno-stringop-overflow -Wno-array-bounds)
endif()
if(FASTCAR_WERROR)
    add_compile_options(-Werror)
endif()
# The same codes from the same seed: no fusing of products that the source keeps apart, no reordering of sums.
add_compile_options(-ffp-contract=off)
if(FASTCAR_SANITIZE)
    add_compile_options(-fsanitize=${FASTCAR_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${FASTCAR_SANITIZE})
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # What ccache asks for where headers are precompiled.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros;${CCACHE_PROGRAM}")
endif()
