#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the pictures of docs/studio.md: ./make_images.sh path/to/fastcar-studio [panels]
# "panels": each panel and dialog by itself, in both themes, at scale 1 and 2, into a folder of that name.
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
    mkdir -p "$(dirname "$images/$name")"
    XDG_CONFIG_HOME=$home QT_SCALE_FACTOR=${SCALE:-1} xvfb-run -a -s "-screen 0 ${SCREEN:-1280x800}x24" \
        "$studio" --model "$model" --no-library --screenshot "$images/$name.png" "$@"
}

# panel NAME ARGUMENTS...   all four pictures of it
panel() {
    local name=$1 theme
    shift
    for theme in dark light; do
        SCREEN=1280x800 SCALE=1 shot "panels/$name-$theme" --theme "$theme" "$@"
        SCREEN=2560x1600 SCALE=2 shot "panels/$name-$theme-2x" --theme "$theme" "$@"
    done
}

octopus="an octopus rises up under water"
run=(--run --prompt "$octopus")

if [ "${2:-}" = panels ]; then
    settings off
    panel generate-empty
    # The dense run first, which the drift is held against.
    panel generate-overlays "${run[@]}" --then "click fastPreset" --then "click generateAction" --then finish \
        --then "wait 500" --then "click heatmapAction" --then "click shareAction" --then "click driftAction" \
        --then "select 4 20 2"
    settings 50
    panel generate "${run[@]}"
    panel tune "${run[@]}" --then "layout tune" --then "select 4 20 2"
    panel tune-target "${run[@]}" --then "layout tune" --then "click targetMode" --then "click foldButton" \
        --then "click generateAction" --then finish
    panel message --prompt "$octopus" --then "click generateAction" --then "wait 100" --then "click cancelButton"
    panel prompt-history "${run[@]}" --then "click historyButton"
    panel presets "${run[@]}" --then "click presetsButton"
    panel overlay-opacity "${run[@]}" --then "click opacityButton"
    panel commands --then "click paletteAction" --then "type replay"
    panel keys --then "click keysAction"
    panel preferences --then "click preferencesAction"
    panel preferences-keys --then "click keysAction" --then "click changeKeysButton"
    exit
fi

settings off
shot studio-empty --theme dark
settings 50
shot studio-dark --theme dark --run --prompt "an octopus rises up under water"
shot studio-light --theme light --run --prompt "a car jumps up and down over the desert"
shot studio-hardware-dark --theme dark --run --prompt "an octopus rises up under water" --card emulated
SCREEN=2560x1600 SCALE=2 shot studio-hardware-light --theme light --run --prompt "a car jumps up and down over the desert" --card u280
