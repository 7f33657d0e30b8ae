#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Trains the auto-regressive model in N processes (first argument) that average their gradients; the rest is passed on.
set -e
cd "$(dirname "$0")"
count="$1"; shift
export WORLD_SIZE="$count" MASTER_ADDR=127.0.0.1 MASTER_PORT="${MASTER_PORT:-29611}" OMP_NUM_THREADS=1
rank=1
while [ "$rank" -lt "$count" ]; do
    RANK=$rank "${PYTHON:-python3}" -m sprite_theatre.train_ar "$@" &
    rank=$((rank + 1))
done
RANK=0 "${PYTHON:-python3}" -m sprite_theatre.train_ar "$@"
wait
