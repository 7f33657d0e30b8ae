#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the pictures of docs/studio.md: ./make_images.sh path/to/fastcar-studio
set -euo pipefail
studio=$(realpath "$1")
images=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
model=$(realpath "$images/../../resources/models/default")
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT

# settings THRESHOLDS: what the studio remembers, with one seed for all pictures.
settings() {
    mkdir -p "$home/FastCar"
    python3 - "$model" "$1" >"$home/FastCar/FastCar Studio.conf" <<'PYTHON'
import json, sys
model, percent = sys.argv[1], sys.argv[2]
shipped = json.load(open(f"{model}/fastcar.json"))
replay = {"tas": "official", "gate": "row", "thresholds": []}
if percent != "off":
    replay["thresholds"] = shipped["tas_thresholds"]["official"][percent]
sampling = shipped["sampling"]
text = json.dumps({"prompt": "", "model": model, "frames": 8, "videos": 1, "seed": 11, "replay": replay,
                   "sampler": {"greedy": False, **sampling}, "attention": "full", "device": "cpu",
                   "model_digest": "", "version": ""})
quoted = text.replace("\\", "\\\\").replace('"', '\\"')
print(f'[session]\nrunSettings="{quoted}"\nseedLocked=true')
PYTHON
}

# shot NAME ARGUMENTS...   SCREEN: its size; SCALE: of what is drawn
shot() {
    local name=$1
    shift
    XDG_CONFIG_HOME=$home QT_SCALE_FACTOR=${SCALE:-1} xvfb-run -a -s "-screen 0 ${SCREEN:-1280x800}x24" \
        "$studio" --model "$model" --screenshot "$images/$name.png" "$@"
}

settings off
shot studio-empty --theme dark
settings 50
shot studio-dark --theme dark --run --prompt "an octopus rises up under water"
shot studio-light --theme light --run --prompt "a car jumps up and down over the desert"
shot studio-hardware-dark --theme dark --run --prompt "an octopus rises up under water" --card emulated
SCREEN=2560x1600 SCALE=2 shot studio-hardware-light --theme light --run --prompt "a car jumps up and down over the desert" --card u280
