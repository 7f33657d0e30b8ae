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
    if(FASTCAR_TESTS)
        # Qt defines each test's own folder, for QFINDTESTDATA; what is precompiled for all must be defined alike in all.
        set_property(TARGET Qt6::Test PROPERTY INTERFACE_COMPILE_DEFINITIONS QT_TESTLIB_LIB
            QT_TESTCASE_BUILDDIR="${PROJECT_BINARY_DIR}" QT_TESTCASE_SOURCEDIR="${PROJECT_SOURCE_DIR}")
        set(test_headers <QDir> <QSignalSpy> <QTemporaryDir> <QTest>)
        fastcar_precompiled(fastcar_precompiled_test HEADERS ${FASTCAR_STANDARD_HEADERS} <QFile> <QObject> <QString> <QVariant> ${test_headers}
            LIBRARIES Qt6::Test OPTIONS -O1)
        fastcar_precompiled(fastcar_precompiled_widget_test HEADERS ${FASTCAR_STANDARD_HEADERS} ${FASTCAR_QT_HEADERS} ${test_headers}
            LIBRARIES Qt6::Widgets Qt6::Test OPTIONS -O1)
    endif()
endif()

# fastcar_library(NAME SOURCES a.cpp ... [PUBLIC lib ...] [PRIVATE lib ...] [PRECOMPILED name] [APART])
# Where FASTCAR_UNITY is on, its files are compiled some at a time; not those of a library that is APART, so that what is
# timed is always compiled alike.
function(fastcar_library name)
    cmake_parse_arguments(arg "APART" "PRECOMPILED" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${name} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
    if(NOT arg_PRECOMPILED)
        set(arg_PRECOMPILED fastcar_precompiled_standard)
    endif()
    fastcar_use_precompiled(${name} ${arg_PRECOMPILED})
    if(FASTCAR_UNITY AND NOT arg_APART)
        set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
        # A file's own types and constants are seen by those after it; GCC 12 takes what it inlines from one into another for uninitialised.
        target_compile_options(${name} PRIVATE -Wno-subobject-linkage -Wno-shadow -Wno-maybe-uninitialized)
    endif()
endfunction()

# fastcar_test(NAME SOURCES test_x.cpp [LIBRARIES lib ...] [LABELS label ...] [TIMEOUT seconds] [ENVIRONMENT A=b ...] [WIDGETS] [ALL_LEVELS])
# A Qt Test program; WIDGETS: one with windows. Label "display": runs under Xvfb. ALL_LEVELS: again as NAME_baseline and NAME_avx2, or
# NAME_neon, with the kernels of that level (engine/backend/cpu/simd_level.h).
function(fastcar_test name)
    cmake_parse_arguments(arg "WIDGETS;ALL_LEVELS" "TIMEOUT" "SOURCES;LIBRARIES;LABELS;ENVIRONMENT" ${ARGN})
    # All tests of ui/ see widgets.
    get_filename_component(folder "${CMAKE_CURRENT_SOURCE_DIR}" NAME)
    if(folder STREQUAL "ui")
        set(arg_WIDGETS ON)
    endif()
    add_executable(${name} ${arg_SOURCES})
    # Not by AUTOMOC, which compiles a file more for each test.
    list(GET arg_SOURCES 0 test_source)
    get_filename_component(test_name "${test_source}" NAME_WE)
    set(moc_folder "${CMAKE_CURRENT_BINARY_DIR}/${name}_moc")
    qt_generate_moc("${test_source}" "${moc_folder}/${test_name}.moc" TARGET ${name})
    target_sources(${name} PRIVATE "${moc_folder}/${test_name}.moc")
    target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}" "${moc_folder}")
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
    if(FASTCAR_SANITIZE OR CMAKE_CROSSCOMPILING)
        math(EXPR arg_TIMEOUT "10 * ${arg_TIMEOUT}")
        list(APPEND arg_ENVIRONMENT "QTEST_FUNCTION_TIMEOUT=${arg_TIMEOUT}000") # or Qt ends a test's part after five minutes
    endif()
    set_tests_properties(${name} PROPERTIES
        TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}" ENVIRONMENT "${arg_ENVIRONMENT}")
    if(arg_ALL_LEVELS)
        set(fused avx2)
        if(CMAKE_SYSTEM_PROCESSOR STREQUAL "aarch64")
            set(fused neon)
        endif()
        foreach(level baseline ${fused})
            add_test(NAME ${name}_${level} COMMAND ${name})
            set_tests_properties(${name}_${level} PROPERTIES
                TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}" ENVIRONMENT "${arg_ENVIRONMENT};FASTCAR_SIMD=${level}")
        endforeach()
    endif()
endfunction()
