#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the circuit takes of an UltraScale+ part, by module and configuration (fpga/platform/*.conf), as yosys maps it: estimates, without placement
and timing. Results go into resources.json beside this file, which keeps those of modules that are not asked for:

    fpga/synthesis/resources.py [--yosys PATH] [--configuration emulated|u280] [MODULE ...]    maps; takes many minutes
    fpga/synthesis/resources.py --table                                                        prints what is there
"""

import argparse
import collections
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
RTL = HERE.parent / "rtl"
RESULTS = HERE / "resources.json"
KINDS = ("lut", "lut_of_memory", "carry8", "ff", "dsp48", "bram36")

# Primitives of the library -> what they take. Inverters (INV) are at resets, where registers have them built in. Carry: yosys maps to halves or
# wholes of CARRY8. A RAM cell's LUTs: by its size.
CELLS = [
    (r"LUT[1-6]", {"lut": 1}),
    (r"RAM32X1[SD]|RAM64X1S|SRL16E|SRLC32E", {"lut_of_memory": 1}),
    (r"RAM64X1D|RAM128X1S", {"lut_of_memory": 2}),
    (r"RAM128X1D|RAM256X1S|RAM32M|RAM64M", {"lut_of_memory": 4}),
    (r"RAM256X1D|RAM512X1S|RAM32M16|RAM64M8", {"lut_of_memory": 8}),
    (r"CARRY4", {"carry8": 0.5}),
    (r"CARRY8", {"carry8": 1}),
    (r"FD[CPRS]E", {"ff": 1}),
    (r"DSP48E2", {"dsp48": 1}),
    (r"RAMB18E2", {"bram36": 0.5}),
    (r"RAMB36E2", {"bram36": 1}),
]


def configuration(name):
    lines = (HERE.parent / "platform" / f"{name}.conf").read_text().splitlines()
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {key.strip(): int(value) if value.strip().isdigit() else value.strip() for key, value in pairs}


def parameters_of(name):
    return {key: value for key, value in configuration(name).items() if isinstance(value, int) and key[0].isupper()}


def modules(c):
    """Name -> (how many, parameters, files). What a module holds counts with it."""
    ports, cores = c["Ports"], c["Cores"]
    words = max(16, 1 << (c["MaxD"] // 16 - 1).bit_length())  # of a row's MLP output that port 0's writer holds
    fixed = ["fc_to_fixed"]
    return {
        "fc_core": (cores, {k: c[k] for k in ("Cores", "Lanes", "Ports", "Rows", "MaxK")}, ["fc_dot", "fc_fifo"]),
        "fc_collector": (1, {k: c[k] for k in ("Cores", "Ports", "Rows", "MaxN")}, fixed),
        "fc_drs": (1, {"Cores": cores}, []),
        "fc_vector": (1, {"Rows": c["Rows"], "XWords": c["MaxD"] // 8, "YWords": c["MaxN"] // 8},
                      ["fc_vector_lane", "fc_logistic", "fc_quantiser", "fc_reciprocal_root", "fc_divide", "fc_scale_product"] + fixed),
        "fc_attend": (ports, {"MaxPositions": c["MaxPositions"], "MaxHead": c["MaxHead"]},
                      ["fc_port_reader", "fc_fifo", "fc_dot", "fc_scale_product", "fc_exponential", "fc_reciprocal", "fc_divide"] + fixed),
        "fc_sequencer": (1, {"Rows": c["Rows"], "Ports": ports, "MaxHeads": c["MaxHeads"], "MaxHead": c["MaxHead"]}, ["fc_heads", "fc_jobs", "fc_gate", "fc_fifo"]),
        "fc_port_reader": (ports + 2, {"Depth": 64}, ["fc_fifo"]),
        "fc_port_writer": (ports, {"Depth": words}, ["fc_fifo"]),
        "fc_read_mux": (ports, {"Readers": 2}, []),
        "fc_control": (1, {"Ports": ports}, []),
        "fc_counters": (1, {"Cores": cores, "Ports": ports}, []),
    }


def count(statistics):
    found = collections.Counter({kind: 0 for kind in KINDS})
    for cell, number in re.findall(r"^\s+(\S+)\s+(\d+)$", statistics, re.MULTILINE):
        for pattern, takes in CELLS:
            if re.fullmatch(pattern, cell):
                for kind, share in takes.items():
                    found[kind] += share * int(number)
    return dict(found)


def sources(name, files):
    return [RTL / f"{module}.sv" for module in [*files, name]]


def digest(name, files):
    """Of what is mapped: proofs and comments are not."""
    text = "".join(path.read_text() for path in sources(name, files))
    text = re.sub(r"`ifdef FORMAL.*?`(endif|elsif)", "", text, flags=re.DOTALL)
    return hashlib.sha256(re.sub(r"//.*|\s+", "", text).encode()).hexdigest()[:16]


def mapped(yosys, name, parameters, files):
    settings = " ".join(f"-set {key} {value}" for key, value in parameters.items())
    with tempfile.TemporaryDirectory() as folder:
        script = (f"read_verilog -sv {' '.join(str(path) for path in sources(name, files))}; chparam {settings} {name};"
                  f" synth_xilinx -family xcup -top {name} -noiopad -noclkbuf -flatten; tee -q -o {folder}/stat stat")
        done = subprocess.run([yosys, "-q", "-p", script], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"{name}: yosys failed\n{(done.stdout + done.stderr)[-1500:]}")
        return count(pathlib.Path(folder, "stat").read_text())


def table(results):
    for name, entry in results["configurations"].items():
        settings = parameters_of(name)
        print(f"\n{name}: " + " ".join(f"{key} {value}" for key, value in settings.items()))
        print("| module | how many | LUT | LUT as memory | FF | DSP48 | BRAM36 |\n|---|---|---|---|---|---|---|")
        sums = collections.Counter()
        for module, (number, parameters, files) in modules(settings).items():
            row = entry["modules"].get(module)
            if row is None:
                print(f"| {module} | {number} | not mapped | | | | |")
                continue
            old = "" if row["sources"] == digest(module, files) else " (of an older version)"
            if row["module_parameters"] != parameters:
                changed = (f"{key} {value}" for key, value in row["module_parameters"].items() if value != parameters.get(key))
                old += f" (mapped with {', '.join(changed)})"
            print(f"| {module}{old} | {number} | {row['lut']} | {row['lut_of_memory']} | {row['ff']} | {row['dsp48']} | {row['bram36']:g} |")
            sums.update({kind: number * row[kind] for kind in KINDS})
        print(f"| together | | {sums['lut']} | {sums['lut_of_memory']} | {sums['ff']} | {sums['dsp48']} | {sums['bram36']:g} |")
        for card, has in results["cards"].items():
            share = [100 * (sums["lut"] + sums["lut_of_memory"]) / has["lut"], 100 * sums["ff"] / has["ff"], 100 * sums["dsp48"] / has["dsp48"],
                     100 * sums["bram36"] / has["bram36"]]
            print(f"| of {card} | | {share[0]:.0f} % | | {share[1]:.0f} % | {share[2]:.0f} % | {share[3]:.0f} % |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--yosys", default="yosys")
    parser.add_argument("--configuration", choices=("emulated", "u280"), action="append")
    parser.add_argument("--table", action="store_true")
    parser.add_argument("module", nargs="*")
    asked = parser.parse_args()
    results = json.loads(RESULTS.read_text())
    if asked.table:
        return table(results)
    version = subprocess.run([asked.yosys, "-V"], capture_output=True, text=True, check=True).stdout.strip()
    for name in asked.configuration or ("emulated", "u280"):
        settings = configuration(name)
        entry = results["configurations"].setdefault(name, {"modules": {}})
        entry["parameters"] = parameters_of(name)
        for module, (number, parameters, files) in modules(settings).items():
            if asked.module and module not in asked.module:
                continue
            began = time.monotonic()
            same = {**mapped(asked.yosys, module, parameters, files), "instances": number, "module_parameters": parameters,
                    "sources": digest(module, files), "yosys": version}
            entry["modules"][module] = same
            RESULTS.write_text(json.dumps(results, indent=1) + "\n")
            print(f"{name} {module}: {same['lut']} LUT, {same['ff']} FF, {same['dsp48']} DSP48, {same['bram36']:g} BRAM36"
                  f" ({time.monotonic() - began:.0f} s)", flush=True)
    table(results)


if __name__ == "__main__":
    main()
