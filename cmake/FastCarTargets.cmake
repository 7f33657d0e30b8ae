# SPDX-License-Identifier: Apache-2.0
# One library per folder, one test program per file of tests.

# fastcar_precompiled(NAME HEADERS <x> ... [LIBRARIES lib ...] [OPTIONS -O1 ...] [DEFINITIONS NAME ...])
# A target whose precompiled headers others take by fastcar_use_precompiled: most of a file's time goes into reading Qt and the standard library.
# What Qt's headers ask for must be defined alike in all of them.
function(fastcar_precompiled name)
    cmake_parse_arguments(arg "" "" "HEADERS;LIBRARIES;OPTIONS;DEFINITIONS" ${ARGN})
    set(source "${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp")
    if(NOT EXISTS "${source}")
        file(WRITE "${source}" "")
    endif()
    add_library(${name} OBJECT "${source}")
    target_link_libraries(${name} PRIVATE ${arg_LIBRARIES})
    target_compile_options(${name} PRIVATE ${arg_OPTIONS})
    target_compile_definitions(${name} PRIVATE ${arg_DEFINITIONS})
    target_precompile_headers(${name} PRIVATE ${arg_HEADERS})
endfunction()

# fastcar_use_precompiled(TARGET NAME)
function(fastcar_use_precompiled target name)
    if(FASTCAR_PRECOMPILE)
        target_precompile_headers(${target} REUSE_FROM ${name})
    endif()
endfunction()

set(FASTCAR_STANDARD_HEADERS <algorithm> <array> <atomic> <bit> <cassert> <charconv> <chrono> <cmath> <condition_variable> <cstddef> <cstdint> <cstdio> <cstdlib>
    <cstring> <filesystem> <fstream> <functional> <limits> <map> <memory> <mutex> <numeric> <optional> <span> <string> <string_view> <thread>
    <utility> <variant> <vector>)
set(FASTCAR_QT_HEADERS <QAbstractItemModel> <QAction> <QApplication> <QComboBox> <QDockWidget> <QElapsedTimer> <QFile> <QFileInfo> <QHBoxLayout> <QImage>
    <QKeyEvent> <QLabel> <QMouseEvent> <QObject> <QPainter> <QPushButton> <QSettings> <QString> <QStringList> <QTimer> <QToolButton> <QVBoxLayout>
    <QVariant> <QWheelEvent> <QWidget>)
if(FASTCAR_PRECOMPILE)
    fastcar_precompiled(fastcar_precompiled_standard HEADERS ${FASTCAR_STANDARD_HEADERS})
    fastcar_precompiled(fastcar_precompiled_qt HEADERS ${FASTCAR_STANDARD_HEADERS} ${FASTCAR_QT_HEADERS}
        LIBRARIES Qt6::Widgets DEFINITIONS QT_NO_FOREACH)
    fastcar_precompiled(fastcar_precompiled_cli HEADERS ${FASTCAR_STANDARD_HEADERS} <CLI/CLI.hpp> <nlohmann/json.hpp> <spdlog/spdlog.h>
        LIBRARIES CLI11::CLI11 nlohmann_json::nlohmann_json spdlog::spdlog)
    if(FASTCAR_TESTS)
        # Without <QTest>: what it defines holds the test's own folder.
        fastcar_precompiled(fastcar_precompiled_test HEADERS ${FASTCAR_STANDARD_HEADERS} <QDir> <QFile> <QObject> <QString> <QTemporaryDir> <QVariant>
            LIBRARIES Qt6::Core OPTIONS -O1)
        fastcar_precompiled(fastcar_precompiled_widget_test HEADERS ${FASTCAR_STANDARD_HEADERS} ${FASTCAR_QT_HEADERS}
            LIBRARIES Qt6::Widgets OPTIONS -O1)
    endif()
endif()

# fastcar_library(NAME SOURCES a.cpp ... [PUBLIC lib ...] [PRIVATE lib ...] [PRECOMPILED name])
function(fastcar_library name)
    cmake_parse_arguments(arg "" "PRECOMPILED" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${name} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
    if(NOT arg_PRECOMPILED)
        set(arg_PRECOMPILED fastcar_precompiled_standard)
    endif()
    fastcar_use_precompiled(${name} ${arg_PRECOMPILED})
endfunction()

# fastcar_test(NAME SOURCES test_x.cpp [LIBRARIES lib ...] [LABELS label ...] [TIMEOUT seconds] [ENVIRONMENT A=b ...] [WIDGETS])
# A Qt Test program; WIDGETS: one with windows. Label "display": runs under Xvfb.
function(fastcar_test name)
    cmake_parse_arguments(arg "WIDGETS" "TIMEOUT" "SOURCES;LIBRARIES;LABELS;ENVIRONMENT" ${ARGN})
    # All tests of ui/ see widgets.
    get_filename_component(folder "${CMAKE_CURRENT_SOURCE_DIR}" NAME)
    if(folder STREQUAL "ui")
        set(arg_WIDGETS ON)
    endif()
    add_executable(${name} ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
    if(arg_WIDGETS)
        target_link_libraries(${name} PRIVATE Qt6::Widgets)
        fastcar_use_precompiled(${name} fastcar_precompiled_widget_test)
    else()
        fastcar_use_precompiled(${name} fastcar_precompiled_test)
    endif()
    target_compile_options(${name} PRIVATE -O1) # what is tested is optimised; what tests it only waits for the compiler
    target_compile_definitions(${name} PRIVATE
        FASTCAR_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data" FASTCAR_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} Qt6::Test)
    if("display" IN_LIST arg_LABELS)
        add_test(NAME ${name} COMMAND xvfb-run -a -s "-screen 0 1280x800x24" $<TARGET_FILE:${name}>)
    else()
        add_test(NAME ${name} COMMAND ${name})
        list(APPEND arg_ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    set_tests_properties(${name} PROPERTIES
        TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}" ENVIRONMENT "${arg_ENVIRONMENT}")
endfunction()
