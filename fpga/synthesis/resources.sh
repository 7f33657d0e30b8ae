#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the circuit takes of an UltraScale+ card, by module, as yosys maps it: estimates, without placement and timing. Takes many minutes:
#   fpga/synthesis/resources.sh [yosys]
set -e
yosys="${1:-yosys}"
cd "$(dirname "$0")/../rtl"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The emulated card's configuration.
cores=4 lanes=64 ports=4 k=1536 n=3072 d=256 positions=1024 heads=8

# map TOP PARAMETERS FILES: prints one row of the table.
map() {
    "$yosys" -q -p "read_verilog -sv $3; chparam $2 $1; synth_xilinx -family xcup -top $1 -noiopad -noclkbuf -flatten; tee -q -o $work/$1 stat" \
        >"$work/log" 2>&1 || { tail -5 "$work/log"; echo "$1: yosys failed"; exit 1; }
    awk -v name="$1" '
        $1 ~ /^LUT[1-6]$/ { luts += $2 }
        $1 ~ /^RAM(32|64|128|256|512)/ || $1 ~ /^SRL/ { memory += $2 }
        $1 ~ /^FD[CPRS]E/ { registers += $2 }
        $1 ~ /^DSP48E2/ { multipliers += $2 }
        $1 == "RAMB18E2" { half += $2 }
        $1 == "RAMB36E2" { half += 2 * $2 }
        $1 == "CARRY4" || $1 == "CARRY8" { carries += $2 }
        END { printf "%-14s %8d %10d %8d %8d %6d %8.1f\n", name, luts, memory, carries, registers, multipliers, half / 2 }' "$work/$1"
}

printf "%-14s %8s %10s %8s %8s %6s %8s\n" module LUT "RAM cells" carry FF DSP48 BRAM36
map fc_drs "-set Cores $cores" "fc_drs.sv"
map fc_core "-set Cores $cores -set Lanes $lanes -set Ports $ports -set MaxK $k" "fc_core.sv fc_dot.sv fc_fifo.sv"
map fc_collector "-set Cores $cores -set Ports $ports -set MaxN $n" "fc_collector.sv fc_to_fixed.sv"
map fc_port_reader "-set Depth 64" "fc_port_reader.sv fc_fifo.sv"
map fc_vector "-set XWords $((d / 8)) -set YWords $((n / 8))" \
    "fc_vector.sv fc_vector_lane.sv fc_logistic.sv fc_quantiser.sv fc_reciprocal_root.sv fc_divide.sv fc_scale_product.sv fc_to_fixed.sv"
map fc_attend "-set MaxPositions $positions" \
    "fc_attend.sv fc_port_reader.sv fc_fifo.sv fc_dot.sv fc_to_fixed.sv fc_scale_product.sv fc_exponential.sv fc_reciprocal.sv fc_divide.sv"
map fc_gate "-set MaxHeads $heads" "fc_gate.sv"
map fc_heads "-set Ports $ports -set MaxHeads $heads" "fc_heads.sv"
map fc_sequencer "-set Ports $ports -set MaxHeads $heads" "fc_sequencer.sv fc_heads.sv fc_jobs.sv fc_gate.sv fc_fifo.sv"
map fc_port_writer "-set Depth 16" "fc_port_writer.sv fc_fifo.sv"
