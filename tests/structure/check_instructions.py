# SPDX-License-Identifier: Apache-2.0
"""The program runs on any x86-64, or any 64-bit ARM: instructions that not all have stand in the kernels of a level alone
(engine/backend/cpu/simd_level.h).

Arguments: x86_64 or aarch64, its objdump, and a program that is not stripped."""

import re
import subprocess
import sys

LEVELS = {"x86_64": re.compile(r"fastcar::cpu::(avx2|avx512)::"),
          "aarch64": re.compile(r"fastcar::cpu::neon_dot::|<__aarch64_\w+>")} # GCC's own, which ask the processor first
BEYOND = {
    # AVX and what follows it begin with a v; of the others, those that -march=x86-64-v2 and v3 bring.
    "x86_64": re.compile(r"\t(v(?!err|erw|mcall|mlaunch|mresume|mxoff)[a-z]\w+"
                         r"|(shl|shr|sar|ror|mul)x|andn|bzhi|pdep|pext|bextr|bls(r|i|msk)|popcnt|lzcnt|crc32[bwlq]?"
                         r"|p(shufb|mulld|movsx\w+|movzx\w+|maddubsw|extr[bdq]|insr[bdq]|min[su]d|max[su]d|blendvb|test)|round[sp][sd]|h(add|sub)p[sd])\b"),
    # Those of ARMv8.1 and 8.2, and the dot products.
    "aarch64": re.compile(r"\t([su]dot|sqrdml[as]h|crc32\w+|casp?[ab]?l?[bh]?|swpa?l?[bh]?|(ld|st)(add|clr|eor|set|[su]max|[su]min)a?l?[bh]?)\b"),
}


def strangers(machine, listing):
    """Functions outside of the levels, each with the first such instruction."""
    function, found = "", {}
    inside = False
    for line in listing:
        named = re.match(r"[0-9a-f]+ <(.*)>:$", line)
        if named:
            function = named.group(1)
            inside = bool(LEVELS[machine].search(f"<{function}>"))
        elif not inside and function not in found:
            beyond = BEYOND[machine].search(line)
            if beyond:
                found[function] = beyond.group(1)
    return found


def main():
    machine, objdump, program = sys.argv[1:4]
    listing = subprocess.Popen([objdump, "-d", "-C", "--no-show-raw-insn", program], stdout=subprocess.PIPE, text=True)
    seen_levels = 0

    def counted():
        nonlocal seen_levels
        for line in listing.stdout:
            seen_levels += bool(LEVELS[machine].search(line)) and line.endswith(">:\n")
            yield line.rstrip("\n")

    found = strangers(machine, counted())
    if listing.wait() != 0 or seen_levels == 0:
        print(f"{program} could not be listed, or its kernels have no names")
        return 1
    for function, instruction in sorted(found.items()):
        print(f"{function}: {instruction}")
    return 1 if found else 0


sys.exit(main())
