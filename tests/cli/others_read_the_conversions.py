# SPDX-License-Identifier: Apache-2.0
"""A trace that is written here, by docs/file_formats.md alone, converted by `fastcar trace` and read back by numpy, csv and json.

    others_read_the_conversions.py FASTCAR
"""

import csv
import json
import math
import pathlib
import struct
import subprocess
import sys
import tempfile
import zlib

import numpy as np

LAYERS, VIDEOS, DEPTH, GRID, FRAMES, CORES, PORTS = 3, 1, 2, (2, 4), 5, 2, 3
ROWS, STRIDE = 2 * VIDEOS, GRID[0] * GRID[1]
TOKENS = FRAMES * STRIDE
STEPS = TOKENS - 1
CHANGE, WENT_ON, FIRST_COUNTED = 13, 20, 10
WORDS = ("not_eligible", "computed", "replayed")
POLICIES = [{"tas": "official", "gate": "row", "thresholds": [0.25, None, "-inf"]}, {"tas": "official", "gate": "all", "thresholds": [-1.5] * LAYERS}]
SETTINGS = {
    "prompt": 'zwei "Boote"\n\\ im Nebel \u2013 \U0001f6a3', "model": "somewhere", "model_digest": "ab", "frames": FRAMES, "videos": VIDEOS, "seed": 7,
    "sampler": {"greedy": False, "temperature": 1.0, "top_k": 900, "top_p": 0.96, "cfg": 3.0}, "replay": POLICIES[0], "attention": "full",
    "device": "fpga-modelled", "version": "0.1"
}


class Run:
    """What is traced, as arrays."""

    def __init__(self):
        random = np.random.default_rng(3)
        self.tas = random.normal(0, 2, (STEPS, LAYERS, ROWS)).astype(np.float32)
        self.tas[:STRIDE] = np.nan
        self.tas[30, 1, 1] = np.inf
        self.decision = random.integers(1, 3, (STEPS, LAYERS, ROWS)).astype(np.uint8)
        self.decision[:STRIDE] = 0
        self.codes = random.integers(0, 16384, (TOKENS, VIDEOS, DEPTH)).astype(np.int32)
        self.time = np.cumsum(random.integers(1, 5_000_000, TOKENS)).astype(np.int64)
        self.policy = np.where(np.arange(STEPS) < CHANGE, 0, 1)
        self.counters = random.integers(0, 1 << 30, (STEPS, 15 + 3 * PORTS + 3 * CORES)).astype(np.int64)


def record(tag, payload):
    head = tag + struct.pack("<I", len(payload)) + payload
    return head + struct.pack("<I", zlib.crc32(head))


def native(run):
    """The file's bytes, and where each token's record ends."""
    shape = {"layers": LAYERS, "rows": ROWS, "videos": VIDEOS, "depth": DEPTH, "stride": STRIDE, "grid_height": GRID[0], "grid_width": GRID[1],
             "frames": FRAMES}
    header = json.dumps({"shape": shape, "settings": SETTINGS}).encode()
    data = b"fctrace\n" + struct.pack("<II", 1, len(header)) + header + struct.pack("<I", zlib.crc32(header))
    ends = []
    for token in range(TOKENS):
        step = token - 1
        if token == CHANGE:
            data += record(b"PLCY", struct.pack("<I", 1) + json.dumps({**SETTINGS, "replay": POLICIES[1]}).encode())
        if token == WENT_ON:
            data += record(b"CONT", json.dumps({"step": WENT_ON - 1, "device": "cpu", "version": "0.2"}).encode())
        if step >= FIRST_COUNTED:
            data += record(b"CARD", struct.pack("<IHH", step, CORES, PORTS) + run.counters[step].tobytes())
        data += record(b"ODD ", b"of a later version")
        payload = struct.pack("<IIq", token, run.policy[step] if token else 0, run.time[token]) + run.codes[token].tobytes()
        if token:
            payload += run.tas[step].tobytes() + run.decision[step].tobytes()
        data += record(b"TOKN", payload)
        ends.append(len(data))
    return data, ends


def same(ours, expected, what):
    assert ours.dtype == expected.dtype and ours.shape == expected.shape, (what, ours.dtype, ours.shape)
    assert np.array_equal(ours, expected, equal_nan=ours.dtype.kind == "f"), what


def check_arrays(file, run):
    arrays = np.load(file)
    time_last = lambda steps_first: np.ascontiguousarray(steps_first.transpose(1, 2, 0))
    same(arrays["tas"], time_last(run.tas), "tas")
    same(arrays["replayed"], time_last((run.decision == 2).astype(np.uint8)), "replayed")
    same(arrays["eligible"], time_last((run.decision != 0).astype(np.uint8)), "eligible")
    same(arrays["codes"], np.ascontiguousarray(run.codes.transpose(1, 0, 2)), "codes")
    same(arrays["policy"], run.policy.astype(np.int32), "policy")
    same(arrays["time_ns"], run.time, "time_ns")
    counted = np.where(np.arange(STEPS)[:, None] < FIRST_COUNTED, -1, run.counters)
    same(arrays["card_cycles"], counted[:, 0], "card_cycles")
    same(arrays["card_beats_written"], counted[:, 15 + PORTS:15 + 2 * PORTS], "card_beats_written")
    same(arrays["card_core_busy"], counted[:, 15 + 3 * PORTS:15 + 3 * PORTS + CORES], "card_core_busy")
    assert json.loads(arrays["settings"].tobytes())["prompt"] == SETTINGS["prompt"]
    assert json.loads(arrays["policies"].tobytes())["1"]["thresholds"] == [-1.5] * LAYERS


def number(field, missing):
    return missing if field == "" else float(field)


def check_tables(outcomes, tokens, run):
    with open(outcomes, newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == STEPS * LAYERS * ROWS
    for index, line in enumerate(lines):
        step, layer, row = index // (LAYERS * ROWS), index // ROWS % LAYERS, index % ROWS
        assert [int(line[name]) for name in ("step", "frame", "position", "layer", "row", "video")] == [
            step, step // STRIDE, step % STRIDE, layer, row, row % VIDEOS]
        assert line["branch"] == ("cond", "uncond")[row // VIDEOS] and line["decision"] == WORDS[run.decision[step, layer, row]]
        tas = np.float32(number(line["tas"], math.nan))
        assert tas == run.tas[step, layer, row] or (np.isnan(tas) and np.isnan(run.tas[step, layer, row])), line
        threshold = POLICIES[run.policy[step]]["thresholds"][layer]
        assert number(line["threshold"], None) == (None if threshold is None else float(threshold)) and int(line["policy"]) == run.policy[step]
    with open(tokens, newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == TOKENS
    for token, line in enumerate(lines):
        assert int(line["time_ns"]) == run.time[token]
        assert [int(line[f"code_0_{depth}"]) for depth in range(DEPTH)] == list(run.codes[token, 0])
        assert number(line["replayed"], None) == (int((run.decision[token] == 2).sum()) if token < STEPS else None)


def check_events(file, run, tokens):
    """What the trace event format asks for, and Perfetto with it: the fields of each kind, slices of a thread that nest, arrows whose
    ends lie within slices."""
    document = json.loads(pathlib.Path(file).read_text(encoding="utf-8"), parse_constant=lambda word: 1 / 0)  # no NaN, no Infinity
    steps = max(0, tokens - 1)
    slices, arrows, names = {}, {}, set()
    for event in document["traceEvents"]:
        kind, track = event["ph"], (event["pid"], event["tid"])
        assert kind in "MXsfCi" and isinstance(event["name"], str) and all(isinstance(part, int) and part > 0 for part in track), event
        assert kind == "M" or (isinstance(event["ts"], int) and event["ts"] >= 0), event
        if kind == "M":
            assert event["name"] in ("process_name", "thread_name", "process_sort_index", "thread_sort_index"), event
            if event["name"] == "thread_name":
                assert track[1] not in {tid for _, tid in names}, "a thread's number stands for one thread"
                names.add(track)
        elif kind == "X":
            assert event["dur"] >= 0 and track in names, event
            slices.setdefault(track, []).append(event)
        elif kind in "sf":
            assert kind == "s" or event["bp"] == "e"
            assert arrows.setdefault((event["id"], kind), event) is event, "an arrow has one end of a kind"
        elif kind == "C":
            assert all(isinstance(value, (int, float)) for value in event["args"].values())
        else:
            assert event["s"] in "gpt"
    for on_track in slices.values():
        on_track.sort(key=lambda event: event["ts"])
        for before, after in zip(on_track, on_track[1:]):
            assert before["ts"] + before["dur"] <= after["ts"], (before, after)
    decisions = run.decision[:steps]
    mlps = [event for on_track in slices.values() for event in on_track if event["cat"] == "mlp,apportioned"]
    assert len(mlps) == decisions.size and sum(event["name"] == "replay" for event in mlps) == (decisions == 2).sum()
    assert len(arrows) == 2 * (decisions == 2).sum()
    around = lambda end: [event for event in slices[(end["pid"], end["tid"])] if event["ts"] <= end["ts"] < event["ts"] + event["dur"]]
    for number_, kind in arrows:
        if kind == "s":
            (origin,), (target,) = around(arrows[(number_, "s")]), around(arrows[(number_, "f")])
            assert origin["name"].startswith("compute") and origin["args"]["step"] == target["args"]["computed_in_step"]
            assert target["name"] == "replay" and (target["args"]["step"] - origin["args"]["step"]) % STRIDE == 0
    counters = [event for event in document["traceEvents"] if event["name"] == "memory read in the step"]
    assert [event["args"]["bytes"] for event in counters] == [
        64 * int(run.counters[step, 15:15 + PORTS].sum()) for step in range(FIRST_COUNTED, steps)]
    assert document["otherData"]["tokens"] == tokens and document["otherData"]["settings"]["prompt"] == SETTINGS["prompt"]


def check_summary(program, trace, run):
    summary = json.loads(subprocess.run([program, "trace", "summary", trace, "--json"], check=True, capture_output=True).stdout)
    assert summary["tokens"] == TOKENS and summary["complete"] and summary["ending"] == "whole"
    assert summary["replayed"] == (run.decision == 2).sum() and summary["eligible"] == (run.decision != 0).sum()
    assert [layer["replayed"] for layer in summary["per_layer"]] == list((run.decision == 2).sum(axis=(0, 2)))
    assert [(entry["number"], entry["first_step"], entry["last_step"]) for entry in summary["policies"]] == [(0, 0, CHANGE - 1),
                                                                                                    (1, CHANGE, STEPS - 1)]
    lengths = {}
    padded = np.concatenate([run.decision, np.zeros((1, LAYERS, ROWS), np.uint8)]).reshape(FRAMES, STRIDE * LAYERS * ROWS)
    for line in padded.T:
        for chain in "".join("x" if value == 2 else " " for value in line).split():
            lengths[len(chain)] = lengths.get(len(chain), 0) + 1
    assert {i + 1: count for i, count in enumerate(summary["chains"]["by_length"]) if count} == lengths
    assert summary["card"]["sum"]["cycles"] == run.counters[FIRST_COUNTED:, 0].sum()
    assert summary["settings"]["continued"] == [{"step": WENT_ON - 1, "device": "cpu", "version": "0.2"}]
    took = np.delete(np.diff(run.time), WENT_ON - 1)  # before that token the run had stopped
    assert summary["step_times"]["steps"] == len(took) and abs(summary["step_times"]["mean_ms"] - took.mean() / 1e6) < 1e-6


def main(program):
    run = Run()
    data, ends = native(run)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        trace = folder / "run.fctrace"
        trace.write_bytes(data)

        def convert(output, *options):
            return subprocess.run([program, "trace", "convert", trace, "-o", folder / output, "--json", *options], capture_output=True)

        for output, options in (("a.npz", ()), ("a.csv", ()), ("tokens.csv", ("--per", "token")), ("a.json", ())):
            done = convert(output, *options)
            assert done.returncode == 0 and json.loads(done.stdout)["tokens"] == TOKENS and done.stderr == b"", (output, done)
        check_arrays(folder / "a.npz", run)
        check_tables(folder / "a.csv", folder / "tokens.csv", run)
        check_events(folder / "a.json", run, TOKENS)
        check_summary(program, trace, run)

        for tokens, size in ((25, ends[24] + 7), (25, ends[24]), (1, ends[0] + 1), (0, ends[0] - 1)):
            trace.write_bytes(data[:size])
            done = convert("cut.json")
            assert done.returncode == 0 and json.loads(done.stdout)["tokens"] == tokens, done
            assert (b"middle of a record" in done.stderr) == (size not in ends), done
            check_events(folder / "cut.json", run, tokens)
        assert convert("cut.npz").returncode == 0 and np.load(folder / "cut.npz")["tas"].shape == (LAYERS, ROWS, 0)
        assert convert("a.txt").returncode == 2 and convert("a.json", "--per", "token").returncode == 2
        assert convert("nowhere/a.json").returncode == 1
    print("numpy, csv and json read what was written")


main(sys.argv[1])
