#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Proves the assertions within circuits for all inputs and all times, by temporal induction (yosys), and that each proof fails on a circuit
# with a mistake put into it: fpga/formal/prove.sh [yosys]
set -e
yosys="${1:-yosys}"
cd "$(dirname "$0")/../rtl"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# proved MODULE FILES PARAMETERS: true where induction closes.
proved() {
    "$yosys" -q -p "read_verilog -formal -sv $2; chparam $3 $1; prep -top $1 -nordff; async2sync; dffunmap; memory_map; flatten; opt -full;
        sat -verify -prove-asserts -set-assumes -tempinduct -seq 1 -maxsteps 12 -set-init-zero" >"$work/log" 2>&1
}

# prove MODULE PARAMETERS MISTAKE [FILES]: the mistake is a sed expression, the files are of modules that it uses. As it is, a module is proved once.
done=
prove() {
    if [ "$done" != "$1 $2" ]; then
        proved "$1" "$4 $1.sv" "$2" || { tail -20 "$work/log"; echo "$1: not proved"; exit 1; }
        done="$1 $2"
        echo "$1: proved"
    fi
    sed "$3" "$1.sv" >"$work/$1.sv"
    cmp -s "$1.sv" "$work/$1.sv" && { echo "$1: the mistake changes nothing"; exit 1; }
    proved "$1" "$4 $work/$1.sv" "$2" && { echo "$1: proved with a mistake in it"; exit 1; }
    grep -q "proof did fail" "$work/log" || { tail -20 "$work/log"; echo "$1: with a mistake in it, yosys fails otherwise"; exit 1; }
    echo "$1: a mistake is found ($3)"
}

prove fc_fifo "-set Width 3 -set Depth 4" "s/if (push_i \&\& !full_o) entries/if (push_i) entries/"
prove fc_drs "-set Cores 4" "s/count_q + 6'(computes)/count_q + 6'd1/"
prove fc_drs "-set Cores 4" "s/in_share_q + 6'd1 == share_q/in_share_q == share_q/"
prove fc_drs "-set Cores 4" "s/zeros <= 5/zeros <= 0/"
prove fc_drs "-set Cores 32" "s/count_q + 6'(computes)/count_q + 6'd1/"
prove fc_port_reader "-set Depth 32" "s/5'd16 - {1'b0, beat_q\[3:0\]}/5'd16/" ../formal/any_fifo.sv
prove fc_port_reader "-set Depth 32" "s/reserved_q + FillBits'(burst) <= /reserved_q <= /" ../formal/any_fifo.sv
prove fc_read_mux "-set Readers 4" "s/if (!held_q)/if (1'b1)/"
prove fc_read_mux "-set Readers 4" "s/chosen_q + IdBits'(i)/IdBits'(i)/"
prove fc_port_writer "-set Depth 2" "s/w_valid_o     = !empty \&\& !data_done_q/w_valid_o     = !empty/" ../formal/any_fifo.sv
prove fc_port_writer "-set Depth 2" "s/pop           = !empty \&\& (address_done_q || aw_ready_i)/pop           = !empty/" ../formal/any_fifo.sv
core="-set Cores 4 -set Lanes 8 -set Ports 1 -set MaxK 32"
prove fc_core "$core" "s/next_entry >= map_limit_i)/next_entry > map_limit_i)/" "fc_dot.sv ../formal/any_fifo.sv"
prove fc_core "$core" "s/: start_q + 9'(Cores) - map_turn_i/: start_q - map_turn_i/" "fc_dot.sv ../formal/any_fifo.sv"
prove fc_core "$core" "s/issue        = active_q/issue        = !late_valid \&\& active_q/" "fc_dot.sv ../formal/any_fifo.sv"
prove fc_core "$core" "s/have_room    = .*;/have_room    = 1'b1;/" "fc_dot.sv ../formal/any_fifo.sv"
prove fc_collector "-set Cores 4 -set Ports 1 -set MaxN 16" "s/chosen + 1'b1 : '0/next_q : '0/" fc_to_fixed.sv
prove fc_control "-set Ports 1" "s/if (done_i) done_q <= 1'b1;/if (done_i \&\& !ar_valid_i) done_q <= 1'b1;/"
prove fc_control "-set Ports 1" "s/end else if (r_ready_i) r_valid_o <= 1'b0/end else r_valid_o <= 1'b0/"
