#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the pictures of docs/studio.md: ./make_images.sh path/to/fastcar-studio [pictures|panels [NAMES]]
# "pictures": those of the docs, or of them those that fit NAMES ('studio-tune*').
# "panels": each panel and dialog by itself, in both themes, at scale 1 and 2, into a folder of that name: to be looked at.
# NAMES: only those that fit ('compare-*'). LANGUAGE=de, TEXT=130: in another language, with larger text; ONE_SCALE=1: at scale 1 alone.
# Pictures for the docs are kept small by pngquant, where it is installed.
set -euo pipefail
studio=$(realpath "$1")
images=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
model=$(realpath "$images/../../resources/models/default")
home=$(mktemp -d)
names=${3:-*}
trap 'rm -rf "$home"' EXIT

# settings THRESHOLDS: what the studio remembers, with one seed for all pictures.
# DEVICE: instead of the one that the model recommends, whose runs are over before their picture is taken.
settings() {
    percent=$1
    rm -rf "$home/FastCar" "$home/data"
    mkdir -p "$home/FastCar"
    python3 - "$model" "$1" "${QUEUE:-}" "$home/data" >"$home/FastCar/FastCar Studio.conf" <<'PYTHON'
import json, os, sys
model, percent, queue, data = sys.argv[1:]
shipped = json.load(open(f"{model}/fastcar.json"))
gate = shipped.get("gate", "row")
thresholds = shipped["tas_thresholds"] if gate == "row" else shipped["gate_thresholds"][gate]
replay = {"tas": "official", "gate": gate, "thresholds": [] if percent == "off" else thresholds["official"][percent]}
sampling = shipped["sampling"]
text = json.dumps({"prompt": "", "model": model, "frames": 8, "videos": 1, "seed": 11, "replay": replay,
                   "sampler": {"greedy": False, **sampling}, "attention": "full", "device": os.environ.get("DEVICE") or shipped.get("device", "cpu"),
                   "model_digest": "", "version": ""})
if queue:  # what became of runs of last time
    folder = f"{data}/FastCar/FastCar Studio"
    os.makedirs(folder)
    made = [("an octopus rises up under water", "Failed", "There is no folder /models/vila-u-7b."),
            ("a car jumps up and down over the desert", "Cancelled", "At token 171 of 512."),
            ("a dog turns around on the beach", "Interrupted", "The program ended while it was going on."),
            ("a small ghost moves to the left on the grass", "Waiting", ""),
            ("a red car hops up and down over the desert", "Waiting", "")]
    json.dump([{"settings": json.dumps({**json.loads(text), "prompt": prompt, "seed": 4711471100 + i}), "state": state, "reason": reason}
               for i, (prompt, state, reason) in enumerate(made)], open(f"{folder}/queue.json", "w"))
quoted = text.replace("\\", "\\\\").replace('"', '\\"')
print(f'[session]\nrunSettings="{quoted}"\nseedLocked=true')
PYTHON
    printf '[preferences]\nlanguage=%s\ntextPercent=%s\n' "${LANGUAGE:-en}" "${TEXT:-100}" >>"$home/FastCar/FastCar Studio.conf"
}

# shot NAME ARGUMENTS...   SCREEN: its size; SCALE: of what is drawn
shot() {
    local name=$1
    shift
    [[ ${name%%/*} = panels || $name == $names ]] || return 0
    mkdir -p "$(dirname "$images/$name")"
    settings "$percent" # nothing of the picture before: layout, queue
    mkdir -p /tmp/home # which is seen where a file is chosen
    rm -f /tmp/home/*.png # exported for a picture before: it would be asked whether to write over it
    HOME=/tmp/home XDG_CONFIG_HOME=$home XDG_DATA_HOME=$home/data QT_SCALE_FACTOR=${SCALE:-1} xvfb-run -a -s "-screen 0 ${SCREEN:-1280x800}x24" \
        "$studio" --model "$model" ${LIBRARY:---no-library} --screenshot "$images/$name.png" "$@"
    if [ "${name%%/*}" != panels ] && command -v pngquant >/dev/null; then
        pngquant --force --skip-if-larger --speed 1 --quality 50-85 --ext .png "$images/$name.png" || [ $? -ge 98 ]
    fi
}

# panel NAME ARGUMENTS...   all four pictures of it
panel() {
    local name=$1 theme
    shift
    [[ $name == $names ]] || return 0
    for theme in ${THEMES:-dark light}; do
        SCREEN=1280x800 SCALE=1 shot "panels/$name-$theme" --theme "$theme" "$@"
        [ -n "${ONE_SCALE:-}" ] || SCREEN=2560x1600 SCALE=2 shot "panels/$name-$theme-2x" --theme "$theme" "$@"
    done
}

octopus="an octopus rises up under water"
run=(--run --prompt "$octopus")
rest=(--then "select 4 -1 0")
tune=(--then "layout tune" --then "select 6 20 2")
again=(--then "click generateAction" --then finish)
compare=(--then "layout compare" --then "click sameSeedDenseAction" --then finish --then "wait 2500" --then "click firstDifferenceButton")
export=(--then "click exportAction" --then "wait 800")
queue=(--then "click queueDockAction" --then "click generateAction" --then "click generateAction" --then "click generateAction"
    --then "click generateAction" --then "click generateAction"
    --then "wait 400")
library=(--then "click libraryDockAction" --then "wait 800" --then "click libraryGallery" --then "keys Home" --then "keys 4"
    --then "wait 800")

# keep PROMPT SEED...   runs in the library of the pictures
keep() {
    local prompt=$1 seed
    shift
    for seed in "$@"; do
        LIBRARY="--library=$home/library" shot panels/kept --prompt "$prompt" \
            --then "click seedEdit" --then "keys Ctrl+A" --then "type $seed" --then "keys Return" "${again[@]}"
    done
    rm -f "$images/panels/kept.png"
    rmdir --ignore-fail-on-non-empty "$images/panels"
}

if [ "${2:-}" = panels ]; then
    settings off
    panel generate-empty
    # The dense run first, which the drift is held against.
    drifted=("${run[@]}" --then "click fastPreset" --then "click generateAction" --then finish --then "wait 500")
    panel generate-overlays "${drifted[@]}" --then "click heatmapAction" --then "click shareAction" --then "click driftAction" \
        --then "select 4 20 2"
    panel heatmaps-drift "${drifted[@]}" "${tune[@]}" --then "dock heatmapsDock 420" --then "choose heatmapKindCombo 1" \
        --then "choose heatmapValueCombo 4" --then "wait 300"
    panel heatmaps-drift-table "${drifted[@]}" "${tune[@]}" --then "dock heatmapsDock 420" --then "choose heatmapKindCombo 1" \
        --then "choose heatmapValueCombo 4" --then "click heatmapTableButton" --then "wait 300"
    panel heatmaps-layers-replayed "${drifted[@]}" "${tune[@]}" --then "dock heatmapsDock 420" \
        --then "choose heatmapKindCombo 1" --then "choose heatmapValueCombo 3"
    settings 50
    panel generate "${run[@]}" "${rest[@]}"
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
    panel decisions "${run[@]}" "${tune[@]}" --then "dock decisionsDock 420"
    for kind in 0 1 2; do
        for row in 0 2; do
            panel heatmaps-$kind-$row "${run[@]}" "${tune[@]}" --then "dock heatmapsDock 420" \
                --then "choose heatmapKindCombo $kind" --then "choose heatmapRowCombo $row"
        done
    done
    panel heatmaps-decision "${run[@]}" "${tune[@]}" --then "dock heatmapsDock 420" --then "choose heatmapValueCombo 1" \
        --then "choose heatmapRowCombo 2"
    for way in SideBySide Wipe Difference Flicker; do
        panel compare-$way "${run[@]}" "${compare[@]}" --then "click way$way"
    done
    for what in Video Stills Sheet Trace Plot; do
        panel export-$what "${run[@]}" "${export[@]}" --then "click export$what" --then "wait 500"
    done
    DEVICE=fpga-modelled panel queue "${run[@]}" "${queue[@]}"
    QUEUE=1 panel queue-ended --then "click queueDockAction" --then "wait 300"
    panel paused --prompt "$octopus" --then "click generateAction" --then "wait 300" --then "click pauseButton" --then "wait 300"
    panel message-bad-folder "${run[@]}" --then "drop /usr" --then "wait 300"
    panel message-missing-file "${run[@]}" --then "drop /tmp/none.mkv" --then "wait 300"
    panel decisions-token "${run[@]}" "${tune[@]}" --then "dock decisionsDock 420" --then "wheel decisionTimeline 60 50 60" \
        --then "point decisionTimeline 60 50"
    panel empty-tune --then "layout tune"
    panel empty-hardware --then "layout hardware"
    panel empty-compare --then "layout compare"
    panel empty-heatmaps --then "layout tune" --then "dock heatmapsDock 420"
    panel empty-queue --then "click queueDockAction"
    for way in SideBySide Wipe Difference; do
        panel compare-narrow-$way "${run[@]}" --then "size 960 700" "${compare[@]}" --then "click way$way"
    done
    panel export-written "${run[@]}" "${export[@]}" --then "click exportSheet" --then "click exportButton" --then "wait 800"
    panel hardware "${run[@]}" --card emulated --then "layout hardware" --then "select 6 20 2" --then "wait 2000"
    keep "$octopus" 11
    keep "a car jumps up and down over the desert" 5
    LIBRARY="--library=$home/library"
    panel library "${library[@]}"
    panel library-clean-up "${library[@]}" --then "click libraryCleanUpButton"
    exit
fi

settings off
shot studio-empty --theme dark
settings 50
shot studio-dark --theme dark "${run[@]}" "${rest[@]}"
shot studio-light --theme light --run --prompt "a car jumps up and down over the desert" "${rest[@]}"
SCREEN=2560x1600 SCALE=2 shot studio-tune-light --theme light "${run[@]}" "${tune[@]}"
shot studio-decisions-dark --theme dark "${run[@]}" "${tune[@]}" --then "dock decisionsDock 420"
shot studio-heatmaps-light --theme light "${run[@]}" "${tune[@]}" --then "dock heatmapsDock 420" --then "choose heatmapKindCombo 1"
LIBRARY="--library=$home/compared" SCREEN=2560x1600 SCALE=2 shot studio-compare-dark --theme dark "${run[@]}" "${compare[@]}" --then "click wayDifference"
DEVICE=fpga-modelled shot studio-queue-light --theme light "${run[@]}" "${queue[@]}"
shot studio-export-dark --theme dark "${run[@]}" "${export[@]}" --then "click exportSheet" --then "wait 500"
shot studio-commands-dark --theme dark --then "click paletteAction" --then "type replay"
shot studio-hardware-dark --theme dark "${run[@]}" --card emulated "${rest[@]}" --then "layout hardware" --then "wait 2000"
SCREEN=2560x1600 SCALE=2 shot studio-hardware-light --theme light --run --prompt "a car jumps up and down over the desert" --card u280 \
    "${rest[@]}" --then "layout hardware" --then "wait 2000"
keep "$octopus" 11 12
keep "a car jumps up and down over the desert" 5 6
keep "a dog turns around on the beach" 3
LIBRARY="--library=$home/library" shot studio-library-light --theme light "${library[@]}"
