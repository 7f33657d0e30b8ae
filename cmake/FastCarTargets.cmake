# SPDX-License-Identifier: Apache-2.0
# One library per folder, one test program per file of tests.

# fastcar_library(NAME SOURCES a.cpp ... [PUBLIC lib ...] [PRIVATE lib ...])
function(fastcar_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${name} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
endfunction()

# fastcar_test(NAME SOURCES test_x.cpp [LIBRARIES lib ...] [LABELS label ...] [TIMEOUT seconds] [ENVIRONMENT A=b ...])
# A Qt Test program. Label "display": runs under Xvfb.
function(fastcar_test name)
    cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;LIBRARIES;LABELS;ENVIRONMENT" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
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
