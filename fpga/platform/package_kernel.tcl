# SPDX-License-Identifier: Apache-2.0
#
# Packs the circuit as a kernel for Vitis, FOLDER/fastcar.xo: its interfaces and registers described, and package_xo asked for. What write_sources.tcl wrote
# is in the folder already.
#
#   vivado -mode batch -source package_kernel.tcl -tclargs CONFIGURATION FOLDER

set here [file dirname [file normalize [info script]]]
source [file join $here kernel.tcl]

lassign $argv name folder
set folder [file normalize $folder]
set configuration [fastcar::configuration $name]
set kernel $fastcar::kernelName

create_project -force $kernel [file join $folder project] -part [dict get $configuration part]
add_files -norecurse [concat [lsort [glob [file join $here .. rtl *.sv]]] [list [file join $folder $kernel.sv]]]
set_property top $kernel [current_fileset]
update_compile_order -fileset sources_1
ipx::package_project -root_dir [file join $folder ip] -vendor fastcar -library kernel -taxonomy /KernelIP -import_files -set_current true

set core [ipx::current_core]
set_property name $kernel $core
set_property version 1.0 $core
set_property core_revision 1 $core
set_property sdx_kernel true $core
set_property sdx_kernel_type rtl $core
set_property vitis_drc {ctrl_protocol ap_ctrl_hs} $core
set_property ipi_drc {ignore_freq_hz true} $core

# One clock for all interfaces. The names of the top module's ports make Vivado see the interfaces.
ipx::associate_bus_interfaces -busif s_axi_control -clock ap_clk $core
foreach argument [fastcar::arguments $configuration] {
    set bus [lindex $argument 3]
    if {$bus ne ""} {
        ipx::associate_bus_interfaces -busif $bus -clock ap_clk $core
        # What fc_port_reader and fc_port_writer do: bursts of 16 beats, 64 beats of each reader on the way.
        foreach {property value} {MAX_BURST_LENGTH 16 NUM_READ_OUTSTANDING 16 NUM_WRITE_OUTSTANDING 16} {
            set parameter [ipx::add_bus_parameter $property [ipx::get_bus_interfaces $bus -of_objects $core]]
            set_property value $value $parameter
        }
    }
}

# Registers: start and done first, then arguments, each pointer with the port that it is of.
set map [ipx::get_memory_maps s_axi_control -of_objects $core]
set block [ipx::get_address_blocks reg0 -of_objects $map]
set_property range $fastcar::controlRange $block
foreach entry [fastcar::controlRegisters] {
    lassign $entry register offset bits text
    ipx::add_register $register $block
    set added [ipx::get_registers $register -of_objects $block]
    set_property address_offset $offset $added
    set_property size $bits $added
    set_property description $text $added
}
foreach argument [fastcar::arguments $configuration] {
    lassign $argument register offset bytes bus type
    ipx::add_register $register $block
    set added [ipx::get_registers $register -of_objects $block]
    set_property address_offset $offset $added
    set_property size [expr {8 * $bytes}] $added
    if {$bus ne ""} {
        set_property value $bus [ipx::add_register_parameter ASSOCIATED_BUSIF $added]
    }
}

ipx::create_xgui_files $core
ipx::update_checksums $core
ipx::check_integrity $core
ipx::save_core $core
package_xo -force -xo_path [file join $folder $kernel.xo] -kernel_name $kernel -ip_directory [file join $folder ip] \
    -kernel_xml [file join $folder kernel.xml] -ctrl_protocol ap_ctrl_hs
close_project
