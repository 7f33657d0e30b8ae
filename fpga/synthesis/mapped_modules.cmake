# SPDX-License-Identifier: Apache-2.0
#
# resources.json as a C++ source, which defines what fpga/timing/mapped_modules.h declares. Configures again when the file changes.

# fastcar_mapped_modules(JSON OUTPUT)
function(fastcar_mapped_modules json output)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${json}")
    file(READ "${json}" text)
    string(JSON configurations GET "${text}" configurations)
    set(rows "")
    fastcar_json_members("${configurations}" names)
    foreach(name IN LISTS names)
        string(JSON modules GET "${configurations}" "${name}" modules)
        fastcar_json_members("${modules}" mapped)
        foreach(module IN LISTS mapped)
            # The module's own parameters go before the configuration's, which may have changed since.
            foreach(parameter IN ITEMS Cores Lanes Ports Rows MaxK MaxN MaxD MaxPositions MaxHeads MaxHead)
                string(JSON ${parameter} ERROR_VARIABLE missing GET "${modules}" "${module}" module_parameters ${parameter})
                if(missing)
                    string(JSON ${parameter} GET "${configurations}" "${name}" parameters ${parameter})
                endif()
            endforeach()
            foreach(pair IN ITEMS "XWords MaxD" "YWords MaxN") # words of 8
                separate_arguments(pair)
                list(GET pair 0 words)
                list(GET pair 1 parameter)
                string(JSON count ERROR_VARIABLE missing GET "${modules}" "${module}" module_parameters ${words})
                if(NOT missing)
                    math(EXPR ${parameter} "8 * ${count}")
                endif()
            endforeach()
            foreach(kind IN ITEMS lut lut_of_memory ff dsp48 bram36)
                string(JSON ${kind} GET "${modules}" "${module}" ${kind})
            endforeach()
            string(APPEND rows
                "    {.name = \"${module}\",\n"
                "     .shape = {.card = {.cores = ${Cores}, .lanes = ${Lanes}, .ports = ${Ports}, .rows = ${Rows}},\n"
                "               .maxColumns = ${MaxK}, .maxOutputs = ${MaxN}, .maxHidden = ${MaxD},\n"
                "               .maxPositions = ${MaxPositions}, .maxHeads = ${MaxHeads}, .maxHeadDim = ${MaxHead}},\n"
                "     .takes = {.lut = ${lut} + ${lut_of_memory}, .ff = ${ff}, .dsp = ${dsp48}, .bram36 = ${bram36}}},\n")
        endforeach()
    endforeach()
    file(CONFIGURE OUTPUT "${output}" @ONLY CONTENT [[// Written by fpga/synthesis/mapped_modules.cmake from resources.json.
#include "fpga/timing/mapped_modules.h"

namespace fastcar::fpga {

std::span<const MappedModule> mappedModules()
{
    static constexpr MappedModule modules[] = {
@rows@    };
    return modules;
}

} // namespace fastcar::fpga
]])
endfunction()

function(fastcar_json_members object result)
    set(names "")
    string(JSON count LENGTH "${object}")
    if(count GREATER 0)
        math(EXPR last "${count} - 1")
        foreach(index RANGE ${last})
            string(JSON name MEMBER "${object}" ${index})
            list(APPEND names "${name}")
        endforeach()
    endif()
    set(${result} "${names}" PARENT_SCOPE)
endfunction()
