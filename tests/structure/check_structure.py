# SPDX-License-Identifier: Apache-2.0
"""The house rules that a machine can hold: who may include whom (docs/architecture.md), and an SPDX line in each file."""

import pathlib
import re
import subprocess
import sys

# folder -> what of ours it may include, by the start of the path
MAY_INCLUDE = {
    "engine/base": ["engine/base"],
    "engine/tensor": ["engine/base", "engine/tensor"],
    "engine/checkpoint": ["engine/base", "engine/tensor", "engine/checkpoint"],
    "engine/text": ["engine/base", "engine/text"],
    "engine/media": ["engine/base", "engine/media"],
    "engine/replay": ["engine/base", "engine/tensor", "engine/replay", "engine/backend/backbone.h"],
    "engine/backend": ["engine/base", "engine/tensor", "engine/checkpoint", "engine/replay", "engine/backend"],
    "engine/roofline": ["engine/base", "engine/tensor", "engine/checkpoint", "engine/replay", "engine/backend", "engine/roofline"],
    "engine/model": ["engine/base", "engine/tensor", "engine/checkpoint", "engine/backend", "engine/model"],
    "engine/decode": ["engine/"],
    "engine/trace": ["engine/base", "engine/tensor", "engine/replay", "engine/backend/backbone.h", "engine/decode",
                     "engine/trace"],
    "engine/quality": ["engine/base", "engine/media", "engine/replay", "engine/decode", "engine/trace", "engine/quality"],
    "engine/library": ["engine/base", "engine/media", "engine/replay", "engine/decode", "engine/trace", "engine/library"],
    "ui": ["ui/", "engine/"],
    "fpga/arithmetic": ["fpga/arithmetic"],
    "fpga/program": ["engine/base", "engine/tensor", "engine/checkpoint", "engine/replay", "fpga/arithmetic", "fpga/program"],
    "fpga/timing": [
        "engine/base", "engine/checkpoint", "engine/replay", "engine/backend/card_counters.h", "engine/backend/card_timing.h",
        "engine/backend/machine_memory.h", "fpga/arithmetic", "fpga/program", "fpga/timing"
    ],
    "fpga/simulation": [
        "engine/base", "engine/backend/card_counters.h", "fpga/arithmetic", "fpga/program", "fpga/timing", "fpga/simulation", "fpga/host/card_link.h"
    ],
    "fpga/host": ["engine/", "fpga/arithmetic", "fpga/program", "fpga/timing", "fpga/host"],
    "app": ["app/", "ui/", "engine/", "fpga/host/fpga_devices.h"],
    "bench": ["bench/", "engine/", "fpga/", "ui/"],
}
NOT_IN = {
    "engine": re.compile(r"#include <(Q[A-Z]|Qt|xrt)"),
    "ui": re.compile(r"#include [<\"](xrt|engine/backend/cpu/)"),
}
NEEDS_SPDX = {".cpp", ".h", ".py", ".cmake", ".sh", ".frag", ".vert", ".comp", ".glsl", ".sv", ".tcl"}


def problems(root: pathlib.Path):
    listed = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard"], capture_output=True, text=True,
                            check=True).stdout
    for name in listed.splitlines():
        path = root / name
        if not path.is_file():
            continue
        if path.suffix in NEEDS_SPDX or path.name == "CMakeLists.txt" or name in ("run", "check", ".ci/run"):
            head = path.read_text(errors="replace")[:300]
            if "SPDX-License-Identifier: Apache-2.0" not in head:
                yield f"{name}: no SPDX line"
        if path.suffix not in (".cpp", ".h"):
            continue
        text = path.read_text()
        for folder, pattern in NOT_IN.items():
            if name.startswith(folder + "/") and pattern.search(text):
                yield f"{name}: {pattern.search(text).group(0)} has no place in {folder}/"
        folder = next((f for f in MAY_INCLUDE if name.startswith(f + "/")), None)
        if folder is None:
            continue
        for included in re.findall(r'#include "([^"]+/[^"]+)"', text):
            if not any(included.startswith(allowed) for allowed in MAY_INCLUDE[folder]):
                yield f"{name} includes {included}, which {folder}/ must not know"


def main():
    found = list(problems(pathlib.Path(sys.argv[1])))
    print("\n".join(found))
    return 1 if found else 0


sys.exit(main())
