# SPDX-License-Identifier: Apache-2.0
# XRT as Debian packs it: headers one folder down, the driver's glue as a static archive. Without it nothing runs on a card, nor on an emulated one.
find_path(FASTCAR_XRT_INCLUDE xrt/xrt_device.h PATH_SUFFIXES xrt)
find_library(FASTCAR_XRT_LIBRARY xrt_coreutil)
find_library(FASTCAR_XRT_GLUE libxrt_hwemu.a)
find_library(FASTCAR_UUID_LIBRARY uuid)
find_library(FASTCAR_BOOST_FILESYSTEM NAMES boost_filesystem libboost_filesystem.so.1.74.0)
mark_as_advanced(FASTCAR_XRT_INCLUDE FASTCAR_XRT_LIBRARY FASTCAR_XRT_GLUE FASTCAR_UUID_LIBRARY FASTCAR_BOOST_FILESYSTEM)

if(FASTCAR_XRT_INCLUDE AND FASTCAR_XRT_LIBRARY)
    set(FASTCAR_XRT ON)
    add_library(fastcar_xrt INTERFACE)
    target_include_directories(fastcar_xrt SYSTEM INTERFACE "${FASTCAR_XRT_INCLUDE}")
    target_link_libraries(fastcar_xrt INTERFACE "${FASTCAR_XRT_LIBRARY}")
else()
    set(FASTCAR_XRT OFF)
    message(STATUS "XRT is not here: accelerator cards, real or emulated, cannot be used")
endif()

set(FASTCAR_EMULATION OFF)
if(FASTCAR_XRT AND FASTCAR_VERILATOR AND FASTCAR_XRT_GLUE AND FASTCAR_UUID_LIBRARY AND FASTCAR_BOOST_FILESYSTEM)
    set(FASTCAR_EMULATION ON)
endif()
