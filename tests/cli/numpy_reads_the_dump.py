# SPDX-License-Identifier: Apache-2.0
"""`fastcar forward --dump` read by numpy itself and held against the published numbers.

    numpy_reads_the_dump.py FASTCAR GOLDEN_FOLDER
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

TOLERANCE = 1e-4  # relative to an array's largest magnitude


def thresholds(tau):
    words = {None: "none", 1e30: "inf", -1e30: "-inf"}
    return ",".join(words.get(value, str(value)) for value in tau)


def check(program, golden, name, setting, prompt, folder):
    expected = np.load(golden / setting["file"])
    codes, dump = folder / "codes.npy", folder / "dump.npz"
    np.save(codes, expected["codes"])
    subprocess.run([program, "forward", "--model", golden / "checkpoint", "--prompt", prompt, "--codes", codes, "--dump", dump,
                    f"--tas-threshold={thresholds(setting['tau'])}"], check=True, capture_output=True)
    ours = np.load(dump)
    for array, reference in (("hidden", "hidden"), ("logits", "logits"), ("tas", "tas_measured")):
        assert ours[array].dtype == np.float32 and ours[array].shape == expected[reference].shape, (name, array)
        assert np.array_equal(np.isnan(ours[array]), np.isnan(expected[reference])), (name, array)
        largest = np.nanmax(np.abs(expected[reference]))
        difference = np.nanmax(np.abs(ours[array] - expected[reference])) / largest
        assert difference <= TOLERANCE, (name, array, difference)
    for array in ("prompt_ids", "uncond_ids", "replayed"):
        assert ours[array].dtype == expected[array].dtype and np.array_equal(ours[array], expected[array]), (name, array)
    assert ours["frames"].dtype == np.uint8 and ours["frames"].shape == expected["frames"].shape
    assert np.abs(ours["frames"].astype(int) - expected["frames"]).max() <= 1, (name, "frames")


def main(program, golden):
    manifest = json.loads((golden / "manifest.json").read_text())
    checked = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, setting in manifest["settings"].items():
            if setting["file"].endswith(".npz"):
                check(program, golden, name, setting, manifest["prompts"][setting["prompt"]], pathlib.Path(folder))
                checked += 1
    assert checked == 9, checked
    print(f"{checked} vector sets agree")


main(sys.argv[1], pathlib.Path(sys.argv[2]))
