# SPDX-License-Identifier: Apache-2.0
#
# Runs fpga/platform's scripts without Vivado, whose commands only note down how they are called here, and compares what they would pack with the circuit
# and with the emulated card's xclbin:  tclsh check_packaging.tcl SOURCE_FOLDER SCRATCH_FOLDER EMULATED_XCLBIN

lassign $argv root scratch xclbin
set failures 0

proc expect {what held} {
    if {!$held} {
        puts stderr "FAIL: $what"
        incr ::failures
    }
}
proc contents {path} {
    set file [open $path rb]
    set text [read $file]
    close $file
    return $text
}
# The attributes of each element of this name, as dictionaries.
proc elements {xml name} {
    lmap element [regexp -all -inline "<$name\\s\[^>\]*>" $xml] {
        set attributes {}
        foreach {all key value} [regexp -all -inline {(\w+)="([^"]*)"} $element] {
            dict set attributes $key $value
        }
        set attributes
    }
}

# ---- Vivado, as far as package_kernel.tcl knows it: objects are their names, and what is set at them is kept ------------------------------------------
proc noted {command} {
    proc ::$command {args} "lappend ::calls(\[lindex {$command} 0\]) \$args; return \[lindex \$args 0\]"
}
foreach command {create_project add_files update_compile_order package_xo close_project} {
    noted $command
}
namespace eval ipx {}
foreach command {package_project create_xgui_files update_checksums check_integrity save_core associate_bus_interfaces} {
    noted ipx::$command
}
proc current_fileset {} { return sources_1 }
proc set_property {property value object} { dict set ::properties $object $property $value }
proc ipx::current_core {} { return core }
proc ipx::get_memory_maps {name dashed core} { return map:$name }
proc ipx::get_address_blocks {name dashed map} { return block:$name:$map }
proc ipx::get_bus_interfaces {name dashed core} { return bus:$name }
proc ipx::add_bus_parameter {name bus} { return $bus:$name }
proc ipx::add_register {name block} { lappend ::registers $name }
proc ipx::get_registers {name dashed block} {
    if {$name ni $::registers} {
        error "there is no register $name"
    }
    return register:$name
}
proc ipx::add_register_parameter {name register} { return $register:$name }

proc check {root scratch name} {
    global calls properties registers
    array unset calls
    set properties {}
    set registers {}
    set folder [file join $scratch $name]
    set platform [file join $root fpga platform]
    set ::argv [list $name $folder]
    uplevel #0 [list source [file join $platform write_sources.tcl]]
    uplevel #0 [list source [file join $platform package_kernel.tcl]]
    set ::argv {}
    set configuration [fastcar::configuration $name]
    set ports [dict get $configuration Ports]
    set top [contents [file join $folder fastcar.sv]]
    set xml [contents [file join $folder kernel.xml]]
    set arguments [elements $xml arg]

    # Files.
    set files [lindex $calls(add_files) 0 end]
    foreach file $files {
        expect "$name: $file exists" [file isfile $file]
    }
    expect "$name: the circuit and one top module are packed" [expr {[llength $files] == [llength [glob [file join $root fpga rtl *.sv]]] + 1}]
    expect "$name: the top is fastcar" [expr {[dict get $properties sources_1 top] eq "fastcar"}]
    expect "$name: the kernel is controlled by ap_ctrl_hs" [expr {[dict get $properties core vitis_drc] eq {ctrl_protocol ap_ctrl_hs}}]
    set packed [lindex $calls(package_xo) 0]
    expect "$name: package_xo takes what was written" [expr {[dict get [concat [lrange $packed 1 end]] -kernel_xml] eq [file join $folder kernel.xml]}]

    # Each interface of kernel.xml is one of the top module's, is associated with the clock, and the top module has no other.
    regexp {module fastcar \((.*?)\);} $top all header
    set buses [lsort -unique [lmap {all bus} [regexp -all -inline {\m(m_axi_gmem\d+|s_axi_control)_\w+} $header] {set bus}]]
    set described [lsort [lmap port [elements $xml port] {dict get $port name}]]
    expect "$name: interfaces of kernel.xml are the top module's" [expr {$described eq $buses && [llength $buses] == $ports + 1}]
    set clocked [lsort [lmap call $calls(ipx::associate_bus_interfaces) {dict get [lrange $call 0 3] -busif}]]
    expect "$name: all interfaces have the clock" [expr {$clocked eq $buses}]
    foreach bus $buses {
        set bits [expr {$bus eq "s_axi_control" ? 32 : 512}]
        expect "$name: $bus carries $bits bit" [regexp "\\\[[expr {$bits - 1}]:0\\\] ${bus}_rdata" $header]
    }

    # Registers of the packed core are the arguments of kernel.xml, and lie where the circuit has them.
    set control [contents [file join $root fpga rtl fc_control.sv]]
    expect "$name: start and done come first" [expr {[lrange $registers 0 3] eq {CTRL GIER IP_IER IP_ISR}}]
    expect "$name: each argument has a register" [expr {[lrange $registers 4 end] eq [lmap argument $arguments {dict get $argument name}]}]
    foreach argument $arguments {
        set register register:[dict get $argument name]
        set at [dict get $properties $register]
        expect "$name: $register lies at its argument's offset" [expr {[dict get $at address_offset] == [dict get $argument offset]}]
        expect "$name: $register is as wide as its argument" [expr {[dict get $at size] == 8 * [dict get $argument size]}]
        if {[dict get $argument addressQualifier]} {
            expect "$name: $register belongs to a port" [expr {[dict get $properties $register:ASSOCIATED_BUSIF value] eq [dict get $argument port]}]
        }
    }
    set header [lindex $arguments 0]
    expect "$name: the header's register is the circuit's" [regexp "12'h0[string range [dict get $header offset] 2 end]: header_o <=" $control]
    regexp {12'\((\d+) \+ (\d+) \* i\)\) bases_q} $control all first step
    foreach argument [lrange $arguments 1 end] {
        regexp {\d+$} [dict get $argument name] port
        expect "$name: memory $port is the circuit's base $port" [expr {[dict get $argument offset] == $first + 2 * $step * $port}]
    }

    # Parameters go to fc_kernel, which has them all.
    set kernel [contents [file join $root fpga rtl fc_kernel.sv]]
    foreach {parameter value} [fastcar::parameters $configuration] {
        expect "$name: fc_kernel has the parameter $parameter" [regexp "parameter int unsigned $parameter =" $kernel]
        expect "$name: the top sets $parameter" [string match "*.${parameter}($value)*" $top]
    }

    # Link: banks for each port, its own, of the 32 that there are.
    set link [contents [file join $folder link.cfg]]
    set ofPort [dict get $configuration banks_of_port]
    set banks {}
    for {set p 0} {$p < $ports} {incr p} {
        if {[regexp -line "^sp=fastcar_1\\.m_axi_gmem$p:HBM\\\[(\\d+)(?::(\\d+))?\\\]$" $link all first last]} {
            for {set bank $first} {$bank <= ($last eq "" ? $first : $last)} {incr bank} {
                lappend banks $bank
            }
        }
    }
    expect "$name: each port has $ofPort banks of its own" [expr {[llength $banks] == $ports * $ofPort && [llength [lsort -unique $banks]] == [llength $banks]}]
    expect "$name: HBM has 32 pseudo-channels" [expr {[tcl::mathfunc::max {*}$banks] < 32}]
    return $arguments
}

set arguments [check $root $scratch emulated]
check $root $scratch u280

# The emulated card's xclbin, which XRT and the host work with, says the same of each argument.
set emulated [elements [contents $xclbin] arg]
expect "the emulated xclbin has as many arguments" [expr {[llength $emulated] == [llength $arguments]}]
foreach ours $arguments theirs $emulated {
    foreach key {name id addressQualifier offset size hostSize type} {
        expect "argument [dict get $ours name]: $key is the emulated card's" [expr {[dict get $ours $key] eq [dict get $theirs $key]}]
    }
    expect "argument [dict get $ours name]: port is the emulated card's" [string equal -nocase [dict get $ours port] [dict get $theirs port]]
}
set kernel [contents [file join $root fpga rtl fc_kernel.sv]]
foreach {parameter value} [fastcar::parameters [fastcar::configuration emulated]] {
    expect "emulated.conf has fc_kernel's default of $parameter" [regexp "parameter int unsigned $parameter = $value,?\\s" $kernel]
}

# The floorplan names cells that exist in the hierarchy.
set accelerator [contents [file join $root fpga rtl fc_accelerator.sv]]
append accelerator [contents [file join $root fpga rtl fc_matvec.sv]] $kernel
foreach {all cell} [regexp -all -inline {\m(u_\w+|g_\w+)\M} [contents [file join $root fpga platform floorplan.tcl]]] {
    expect "floorplan.tcl: $cell is in the circuit" [regexp "\\m$cell\\M" $accelerator]
}

# Without Vitis, the build says what is missing.
file mkdir [file join $scratch bin]
foreach tool {dirname tclsh mkdir bash env} {
    file delete [file join $scratch bin $tool]
    file link -symbolic [file join $scratch bin $tool] [exec sh -c "command -v $tool"]
}
set status [catch {exec env PATH=[file join $scratch bin] [file join $root fpga platform build.sh] u280 [file join $scratch built] 2>@1} output]
expect "build.sh fails without Vitis" $status
expect "build.sh says what is missing: $output" [string match "*vivado is not on the PATH*Vitis 2022.2*real_cards.md*" $output]

puts [expr {$failures ? "$failures expectations failed" : "all expectations hold"}]
exit [expr {$failures > 0}]
