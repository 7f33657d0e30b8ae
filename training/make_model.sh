#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes a model from nothing to its scores: art, world, codes, pixel decoder, auto-regressive model, classifier, export,
# calibration, evaluation. Killed and started again, it goes on where it stopped.
#   PYTHON       an interpreter with torch, numpy, Pillow and sentencepiece
#   CONFIG, OUT  config/default.json, ../resources/models/default
#   RUN          where everything on the way is kept: runs/default
#   AR_MINUTES, DECODER_MINUTES, CLASSIFIER_MINUTES  processor minutes
#   PROCESSES    that train the auto-regressive model together
#   COUNT        prompts to be scored, of each split
set -e
cd "$(dirname "$0")"
python="${PYTHON:-python3}"
config="${CONFIG:-config/default.json}" run="${RUN:-runs/default}" out="${OUT:-../resources/models/default}"
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"

module() {
    name="$1"; shift
    "$python" -m "sprite_theatre.$name" --run "$run" "$@"
}

./fetch_art.sh
[ -f "$run/world.npz" ] || module build_world --config "$config"
./train_ar_parallel.sh "${PROCESSES:-2}" --run "$run" --config "$config" --minutes "${AR_MINUTES:-138}" \
    --save-seconds "${SAVE_SECONDS:-60}"
module codec.train_decoder --config "$config" --minutes "${DECODER_MINUTES:-10}" &
module evaluate.train_classifier --minutes "${CLASSIFIER_MINUTES:-9}"
wait $!
module export.write_checkpoint --config "$config" --out "$out"
module evaluate.calibrate_tas --config "$config" --checkpoint "$out" --count "${CALIBRATION_CLIPS:-24}" --gate row --gate cond
module evaluate.score_rendered --checkpoint "$out" --count "${COUNT:-512}"
for split in seen held_out; do
    for replay in "" 50 80; do
        module evaluate.score_clips --checkpoint "$out" --split "$split" --count "${COUNT:-512}" --replay "$replay" \
            --sheet "$run/sheets" --scores "$run/scores.jsonl"
    done
done
