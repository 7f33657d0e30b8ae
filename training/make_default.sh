#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the default model from nothing: art, world, codes, pixel decoder, auto-regressive model, export, figures.
# PYTHON names an interpreter with torch, numpy, Pillow and sentencepiece; AR_MINUTES and DECODER_MINUTES the budgets.
set -e
cd "$(dirname "$0")"
python="${PYTHON:-python3}"
out=../resources/models/default
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"

./fetch_art.sh
"$python" -m sprite_theatre.build_world
"$python" -m sprite_theatre.codec.train_decoder --minutes "${DECODER_MINUTES:-16}" &
"$python" -m sprite_theatre.train_ar --minutes "${AR_MINUTES:-64}"
wait
"$python" -m sprite_theatre.export.write_checkpoint --out "$out"
"$python" -m sprite_theatre.evaluate.calibrate_tas --checkpoint "$out"
"$python" -m sprite_theatre.evaluate.score_rendered --checkpoint "$out"
for split in validation held_out; do
    "$python" -m sprite_theatre.evaluate.score_clips --checkpoint "$out" --split "$split" --count 48 --sheet runs/sheets
done
