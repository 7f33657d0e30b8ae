#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the design for a real card with Vitis (2022.2 or later), from the circuit to a file that the program loads:
#   fpga/platform/build.sh [CONFIGURATION [FOLDER]]     u280, build/u280: FOLDER/fastcar.xclbin after some hours
#   fpga/platform/build.sh --sources [...]              only what is written for Vitis: top module, kernel.xml, link.cfg (wants tclsh alone)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

only_sources=
if [ "${1:-}" = --sources ]; then
    only_sources=1
    shift
fi
configuration=${1:-u280}
folder=${2:-build/$configuration}
if [ ! -f "$here/$configuration.conf" ]; then
    echo "There is no configuration \"$configuration\" in $here (files .conf)." >&2
    exit 2
fi

missing() {
    echo "$1 is not on the PATH. $2" >&2
    exit 1
}
command -v tclsh >/dev/null || missing tclsh "The package tcl has it."
if [ -z "$only_sources" ]; then
    advice="Building for a card takes AMD Vitis 2022.2 or later with the card's platform: source its settings64.sh, then start again (docs/real_cards.md)."
    command -v vivado >/dev/null || missing vivado "$advice"
    command -v v++ >/dev/null || missing v++ "$advice"
fi

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
tclsh "$here/write_sources.tcl" "$configuration" "$folder"
[ -z "$only_sources" ] || exit 0
cp "$here/$configuration.conf" "$folder/fastcar.conf" # from which the program learns the design's size

cd "$folder"
vivado -mode batch -nojournal -log package.log -source "$here/package_kernel.tcl" -tclargs "$configuration" "$folder"
v++ --link --target hw --save-temps --config link.cfg --output fastcar.xclbin fastcar.xo
echo "$folder/fastcar.xclbin is there; timing and what it takes stand in $folder/_x/reports."
