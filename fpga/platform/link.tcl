# SPDX-License-Identifier: Apache-2.0
#
# What v++ is told when it links: which banks each port reaches, the clock, and the hook that spreads the circuit over the chip's regions.

proc fastcar::linkConfiguration {name} {
    variable folder
    variable kernelName
    variable unit
    set configuration [configuration $name]
    set text "# Written by fpga/platform/write_sources.tcl from $name.conf.\nplatform=[dict get $configuration platform]\n\n"
    append text "\[clock\]\nfreqHz=[expr {1000000 * [dict get $configuration clock_mhz]}]:$unit.ap_clk\n\n"
    append text "\[connectivity\]\nnk=$kernelName:1:$unit\n"
    set banks [dict get $configuration banks_of_port]
    set port 0
    foreach argument [arguments $configuration] {
        set bus [lindex $argument 3]
        if {$bus ne ""} {
            set first [expr {$port * $banks}]
            set range [expr {$banks == 1 ? $first : "$first:[expr {$first + $banks - 1}]"}]
            append text "sp=$unit.$bus:[dict get $configuration bank]\[$range\]\n"
            incr port
        }
    }
    set slr [dict get $configuration slr]
    if {$slr ne "spread"} {
        append text "slr=$unit:$slr\n"
    } else {
        append text "\n\[vivado\]\nprop=run.impl_1.STEPS.PLACE_DESIGN.TCL.PRE=[file join $folder floorplan.tcl]\n"
    }
    return $text
}
