# SPDX-License-Identifier: Apache-2.0
# Circuits as C++ libraries, by Verilator. Without it nothing that simulates is built.
find_package(verilator 5 QUIET HINTS $ENV{VERILATOR_ROOT} /usr/share/verilator)
if(verilator_FOUND)
    set(FASTCAR_VERILATOR ON)
else()
    set(FASTCAR_VERILATOR OFF)
    message(STATUS "Verilator 5 is not here: the circuits are not simulated")
endif()

set(FASTCAR_ACCELERATOR_RTL fc_accelerator.sv fc_sequencer.sv fc_heads.sv fc_jobs.sv fc_gate.sv fc_vector.sv fc_vector_lane.sv fc_logistic.sv
    fc_quantiser.sv fc_reciprocal_root.sv fc_reciprocal.sv fc_divide.sv fc_scale_product.sv fc_to_fixed.sv fc_attend.sv fc_exponential.sv
    fc_matvec.sv fc_core.sv fc_collector.sv fc_drs.sv fc_dot.sv fc_port_reader.sv fc_port_writer.sv fc_read_mux.sv fc_fifo.sv)

# fastcar_verilated(NAME TOP module SOURCES a.sv ... [PARAMETERS Name=value ...] [DEFINES NAME ...] [CLASS Name] [WAVES])
# A library with the class V<NAME>, or V<CLASS>. WAVES: it can write its signals into a file (FST), and is slower.
function(fastcar_verilated name)
    cmake_parse_arguments(arg "WAVES" "TOP;CLASS" "SOURCES;PARAMETERS;DEFINES" ${ARGN})
    list(TRANSFORM arg_SOURCES PREPEND "${PROJECT_SOURCE_DIR}/fpga/rtl/")
    list(TRANSFORM arg_PARAMETERS PREPEND "-G")
    list(TRANSFORM arg_DEFINES PREPEND "-D")
    if(NOT arg_CLASS)
        set(arg_CLASS ${name})
    endif()
    set(waves "")
    if(arg_WAVES)
        set(waves TRACE_FST)
    endif()
    if(FASTCAR_RTL_COVERAGE)
        list(APPEND arg_DEFINES --coverage-line)
    endif()
    add_library(${name} STATIC)
    verilate(${name} SOURCES ${arg_SOURCES} TOP_MODULE ${arg_TOP} PREFIX V${arg_CLASS} ${waves}
        VERILATOR_ARGS -O3 --assert --x-assign fast --x-initial fast -Wall ${arg_PARAMETERS} ${arg_DEFINES})
    # What runs once, when a circuit is made, is not worth the compiler's time.
    get_target_property(generated ${name} SOURCES)
    list(FILTER generated INCLUDE REGEX "__Slow\\.cpp$")
    set_source_files_properties(${generated} PROPERTIES COMPILE_OPTIONS -O0)
    target_compile_options(${name} PRIVATE -w $<IF:$<BOOL:${FASTCAR_RTL_COVERAGE}>,-O1,-O2>)
    target_link_libraries(${name} INTERFACE fastcar_fpga_simulation) # what circuits call (FC_DPI)
    set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    get_target_property(folders ${name} INCLUDE_DIRECTORIES)
    target_include_directories(${name} SYSTEM INTERFACE ${folders})
endfunction()
