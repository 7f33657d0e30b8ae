# SPDX-License-Identifier: Apache-2.0
#
# Vivado runs this before it places: the circuit is larger than one of the chip's three regions (SLR), so its parts are dealt over them. HBM is below region 0,
# where the readers and writers of memory, the sequencer and the vector unit stay; cores and attention units talk little to each other and go
# anywhere. Only wishes (USER_SLR_ASSIGNMENT): the placer may do otherwise.

proc assign {pattern region} {
    foreach cell [get_cells -quiet -hierarchical -filter "NAME =~ $pattern"] {
        set_property USER_SLR_ASSIGNMENT SLR$region $cell
    }
}

# Cores in the upper regions, half and half; attention units in thirds, so that no region has all of the multipliers.
set cores [llength [get_cells -quiet -hierarchical -filter {NAME =~ */u_matrix/g_core[*].u_core}]]
for {set c 0} {$c < $cores} {incr c} {
    assign "*/u_matrix/g_core\\\[$c\\\].u_core" [expr {1 + 2 * $c / $cores}]
}
set ports [llength [get_cells -quiet -hierarchical -filter {NAME =~ */g_port[*].u_attend}]]
for {set p 0} {$p < $ports} {incr p} {
    assign "*/g_port\\\[$p\\\].u_attend" [expr {3 * $p / $ports}]
}
foreach near {*/u_sequencer */u_vector */u_collector */u_drs */u_control */u_counters} {
    assign $near 0
}
