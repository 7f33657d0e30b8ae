#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fetches the sprites: Microsoft Fluent 3D emoji (MIT), repacked as an npm package of 256x256 webp files.
set -e
target="${1:-$(dirname "$0")/runs/art}"
mkdir -p "$target"
cd "$target"
[ -d package/assets ] && exit 0
npm pack --silent @lobehub/fluent-emoji-3d@1.1.0
tar xzf lobehub-fluent-emoji-3d-1.1.0.tgz
