# SPDX-License-Identifier: Apache-2.0
#
# What the kernel looks like from outside, in one place for all scripts of this folder: the configuration's file, registers, arguments, AXI signals.
# Plain Tcl without Vivado's commands, so that it can be tried without Vivado.

namespace eval fastcar {
    variable folder [file dirname [file normalize [info script]]]
    variable kernelName fastcar
    variable unit fastcar_1
    variable controlRange 0x1000
}

# A configuration's names and values.
proc fastcar::configuration {name} {
    variable folder
    set file [open [file join $folder $name.conf]]
    set lines [split [read $file] \n]
    close $file
    set values {}
    foreach line $lines {
        if {[regexp {^(\w+)\s*=\s*(.*\S)\s*$} $line all key value]} {
            dict set values $key $value
        }
    }
    return $values
}

# Those that are parameters of fc_kernel.sv.
proc fastcar::parameters {configuration} {
    dict filter $configuration script {key value} {string is upper [string index $key 0]}
}

# AXI4-Lite registers that Vitis has to know of (fpga/rtl/fc_control.sv): name, offset, bits, what it is for. Those of ap_ctrl_hs first.
proc fastcar::controlRegisters {} {
    return {
        {CTRL 0x00 32 {Start, done, idle, ready}}
        {GIER 0x04 32 {Global interrupt enable}}
        {IP_IER 0x08 32 {Interrupt enable}}
        {IP_ISR 0x0c 32 {Interrupt pending}}
    }
}

# The kernel's arguments in the order in which the host sets them: name, offset, bytes, AXI port that it is a pointer of (empty: a number), C type.
proc fastcar::arguments {configuration} {
    set all [list [list header 0x10 4 {} uint]]
    for {set p 0} {$p < [dict get $configuration Ports]} {incr p} {
        lappend all [list memory$p [format 0x%x [expr {0x20 + 8 * $p}]] 8 m_axi_gmem$p void*]
    }
    return $all
}

# What package_xo takes: ports and arguments for XRT.
proc fastcar::kernelXml {configuration} {
    variable kernelName
    variable controlRange
    set ports "      <port name=\"s_axi_control\" mode=\"slave\" range=\"$controlRange\" dataWidth=\"32\" portType=\"addressable\" base=\"0x0\"/>\n"
    set arguments ""
    set id 0
    foreach argument [arguments $configuration] {
        lassign $argument name offset bytes bus type
        set port s_axi_control
        if {$bus ne ""} {
            set port $bus
            append ports "      <port name=\"$bus\" mode=\"master\" range=\"0xFFFFFFFFFFFFFFFF\" dataWidth=\"512\" portType=\"addressable\" base=\"0x0\"/>\n"
        }
        append arguments "      <arg name=\"$name\" addressQualifier=\"[expr {$bus ne ""}]\" id=\"$id\" port=\"$port\" size=\"0x$bytes\"\
            offset=\"$offset\" hostOffset=\"0x0\" hostSize=\"0x$bytes\" type=\"$type\"/>\n"
        incr id
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<root versionMajor=\"1\" versionMinor=\"6\">
  <kernel name=\"$kernelName\" language=\"ip_c\" vlnv=\"fastcar:kernel:$kernelName:1.0\" attributes=\"\" preferredWorkGroupSizeMultiple=\"0\"\
 workGroupSize=\"1\" interrupt=\"true\" hwControlProtocol=\"ap_ctrl_hs\">
    <ports>
$ports    </ports>
    <args>
$arguments    </args>
  </kernel>
</root>
"
}
