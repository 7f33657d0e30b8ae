#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes a toy model from nothing to its scores in some minutes, with the trainer killed on the way: it must go on, not start
# anew. Its scores mean nothing; that they come out does.
set -e
cd "$(dirname "$0")"
export CONFIG=config/toy.json RUN=runs/toy OUT=runs/toy/model AR_MINUTES=1 DECODER_MINUTES=0.3 CLASSIFIER_MINUTES=0.5 \
    PROCESSES=1 COUNT=16 CALIBRATION_CLIPS=4 SAVE_SECONDS=3
rm -rf runs/toy

steps() {  # the steps done when the trainer's log was last written
    sed -n 's/.* step \([0-9]*\) .*/\1/p' runs/toy/ar.log | tail -n "${1:-1}" | head -n 1
}

# A session of its own, so that one kill reaches the script and the trainer.
setsid ./make_model.sh >runs/toy.log 2>&1 &
script=$!
until [ -f runs/toy/ar.pt ]; do
    kill -0 $script || { cat runs/toy.log; echo "The toy model's making ended before its trainer saved." >&2; exit 1; }
    sleep 1
done
sleep 5
kill -9 "-$script"
wait $script || true
killed_at=$(steps)
lines=$(wc -l <runs/toy/ar.log)
[ "${killed_at:-0}" -gt 0 ] || { echo "The trainer had logged no step when it was killed." >&2; exit 1; }

./make_model.sh
resumed_at=$(sed -n "$((lines + 1))s/.* step \([0-9]*\) .*/\1/p" runs/toy/ar.log)
[ "$resumed_at" -gt 20 ] || { echo "After the kill at step $killed_at the trainer began anew, at step $resumed_at." >&2; exit 1; }
scored=$(wc -l <runs/toy/scores.jsonl)
[ "$scored" -eq 6 ] || { echo "There are $scored lines of scores where 6 should be." >&2; exit 1; }
echo "Toy model made and scored; killed at step $killed_at, its trainer went on to step $resumed_at."
