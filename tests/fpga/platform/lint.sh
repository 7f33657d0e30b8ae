#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Verilator's lint of the whole circuit under a configuration's top module:  lint.sh SOURCE_FOLDER SCRATCH_FOLDER CONFIGURATION
set -e
tclsh "$1/fpga/platform/write_sources.tcl" "$3" "$2"
exec verilator --lint-only --assert -Wall --top-module fastcar "$1"/fpga/rtl/*.sv "$2/fastcar.sv"
