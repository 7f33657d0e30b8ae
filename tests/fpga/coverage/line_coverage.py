# SPDX-License-Identifier: Apache-2.0
"""Which lines of the circuits the tests pass through: builds the tests of units and of whole steps with verilator --coverage-line in a folder of its own,
runs them, and prints a table by module and the lines that are left.

    line_coverage.py SOURCE_FOLDER BUILD_FOLDER [--counts-only]
"""

import collections
import os
import pathlib
import re
import shutil
import subprocess
import sys

TESTS = ["test_fpga_matvec", "test_fpga_vector", "test_fpga_attend", "test_fpga_accelerator", "test_fpga_registers"]


def count(source, build, counts):
    subprocess.run(["cmake", "-S", source, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DFASTCAR_RTL_COVERAGE=ON"], check=True,
                   stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", build, "--target", *TESTS, "--", "-j2"], check=True)
    shutil.rmtree(counts, ignore_errors=True)
    counts.mkdir()
    for test in TESTS:
        subprocess.run([build / "tests" / "fpga" / test], check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "FASTCAR_COVERAGE_FOLDER": str(counts), "QT_QPA_PLATFORM": "offscreen"})


def points(counts):
    """(file, line, kind) -> how often, over all runs, instances and configurations."""
    found = collections.Counter()
    for path in counts.glob("*.dat"):
        for key, times in re.findall(r"^C '(.*)' (\d+)$", path.read_text(errors="replace"), re.MULTILINE):
            fields = dict(part.split("\x02", 1) for part in key.split("\x01") if "\x02" in part)
            where = (pathlib.Path(fields["f"]).name, int(fields["l"]), fields.get("o", ""))
            found[where] += int(times)
    return found


def main():
    source, build = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    counts = build / "rtl_counts"
    if "--counts-only" not in sys.argv:
        count(source, build, counts)
    modules = collections.defaultdict(list)
    for (name, line, kind), times in sorted(points(counts).items()):
        modules[name].append((line, kind, times))
    print("| module | blocks | passed through | |\n|---|---|---|---|")
    total = passed = 0
    for name, all_points in sorted(modules.items()):
        through = sum(times > 0 for _, _, times in all_points)
        print(f"| {name.removesuffix('.sv')} | {len(all_points)} | {through} | {100 * through / len(all_points):.1f} % |")
        total, passed = total + len(all_points), passed + through
    print(f"| together | {total} | {passed} | {100 * passed / total:.1f} % |\n")
    for name, all_points in sorted(modules.items()):
        text = (source / "fpga" / "rtl" / name).read_text().splitlines()
        for line, kind, times in all_points:
            if times == 0:
                print(f"never: {name}:{line} ({kind}): {text[line - 1].strip()}")


if __name__ == "__main__":
    main()
