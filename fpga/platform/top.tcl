# SPDX-License-Identifier: Apache-2.0
#
# The kernel's top module as text: fc_kernel with its parameters set, under the names that Vitis packs by. It holds nothing but names and the
# constants that AXI4 wants: beats of 64 bytes, rising bursts to read, single beats to write. The memory's answers are taken to be good.

# AXI4 signals of a memory port: name, direction, bits, what drives it: a wire of fc_kernel (a vector with this share for each port), or a constant.
# Inputs that nothing reads have neither.
set fastcar::memorySignals {
    {arid output 2 {wire ar_id}} {arvalid output 1 {wire ar_valid}} {arready input 1 {wire ar_ready}} {araddr output 64 {wire ar_address}}
    {arlen output 8 {wire ar_length}} {arsize output 3 3'd6} {arburst output 2 2'b01}
    {rvalid input 1 {wire r_valid}} {rready output 1 {wire r_ready}} {rdata input 512 {wire r_data}} {rid input 2 {wire r_id}}
    {rlast input 1 {}} {rresp input 2 {}}
    {awid output 2 2'd0} {awvalid output 1 {wire aw_valid}} {awready input 1 {wire aw_ready}} {awaddr output 64 {wire aw_address}}
    {awlen output 8 8'd0} {awsize output 3 3'd6} {awburst output 2 2'b01}
    {wvalid output 1 {wire w_valid}} {wready input 1 {wire w_ready}} {wdata output 512 {wire w_data}} {wstrb output 64 {wire w_strobe}}
    {wlast output 1 1'b1}
    {bvalid input 1 {wire b_valid}} {bready output 1 {wire b_ready}} {bid input 2 {}} {bresp input 2 {}}
}

# AXI4-Lite signals: name, direction, bits, port of fc_kernel, a constant, or nothing (only whole words are written).
set fastcar::controlSignals {
    {awvalid input 1 control_aw_valid_i} {awready output 1 control_aw_ready_o} {awaddr input 12 control_aw_address_i}
    {wvalid input 1 control_w_valid_i} {wready output 1 control_w_ready_o} {wdata input 32 control_w_data_i} {wstrb input 4 {}}
    {bvalid output 1 control_b_valid_o} {bready input 1 control_b_ready_i} {bresp output 2 2'b00}
    {arvalid input 1 control_ar_valid_i} {arready output 1 control_ar_ready_o} {araddr input 12 control_ar_address_i}
    {rvalid output 1 control_r_valid_o} {rready input 1 control_r_ready_i} {rdata output 32 control_r_data_o} {rresp output 2 2'b00}
}

proc fastcar::port {name direction bits} {
    return "    $direction logic [expr {$bits > 1 ? "\[[expr {$bits - 1}]:0\] " : ""}]$name"
}

proc fastcar::top {configuration} {
    variable kernelName
    variable memorySignals
    variable controlSignals
    set ports [dict get $configuration Ports]

    set header [list [port ap_clk input 1] [port ap_rst_n input 1] [port interrupt output 1]]
    set assigns ""
    set connections [list ".clk_i(ap_clk)" ".rst_ni(ap_rst_n)" ".interrupt_o(interrupt)"]
    foreach signal $controlSignals {
        lassign $signal name direction bits inner
        lappend header [port s_axi_control_$name $direction $bits]
        if {[string match control_* $inner]} {
            lappend connections ".${inner}(s_axi_control_$name)"
        } elseif {$inner ne ""} {
            append assigns "  assign s_axi_control_$name = $inner;\n"
        }
    }
    set wires ""
    foreach signal $memorySignals {
        lassign $signal name direction bits inner
        if {[lindex $inner 0] ne "wire"} {
            continue
        }
        set wire [lindex $inner 1]
        append wires "  logic \[[expr {$ports * $bits - 1}]:0\] $wire;\n"
        lappend connections ".${wire}_[expr {$direction eq "output" ? "o" : "i"}]($wire)"
    }
    for {set p 0} {$p < $ports} {incr p} {
        foreach signal $memorySignals {
            lassign $signal name direction bits inner
            set outer m_axi_gmem${p}_$name
            lappend header [port $outer $direction $bits]
            set share "[lindex $inner 1]\[[expr {$p * $bits}]+:$bits\]"
            if {$inner eq ""} {
                continue
            } elseif {[lindex $inner 0] ne "wire"} {
                append assigns "  assign $outer = $inner;\n"
            } elseif {$direction eq "output"} {
                append assigns "  assign $outer = $share;\n"
            } else {
                append assigns "  assign $share = $outer;\n"
            }
        }
    }
    set parameters [lmap {name value} [parameters $configuration] {string cat ".${name}($value)"}]
    return "// SPDX-License-Identifier: Apache-2.0
//
// Written by fpga/platform/top.tcl: fc_kernel under the names that Vitis packs by.

/* verilator lint_off UNUSEDSIGNAL */
/* verilator lint_off SYMRSVDWORD */
module $kernelName (
[join $header ",\n"]
);
/* verilator lint_on SYMRSVDWORD */
/* verilator lint_on UNUSEDSIGNAL */
$wires
  fc_kernel #(
      [join $parameters ", "]
  ) u_kernel (
      [join $connections ",\n      "]
  );

${assigns}endmodule
"
}
