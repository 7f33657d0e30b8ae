// SPDX-License-Identifier: Apache-2.0
//
// The video view: the picture, over it the TAS heatmap, the share of layers replayed, the drift, the replay mask, the
// token grid and the marks of single positions. Works in the view's own pixels, so that lines stay as thin as the screen
// allows.
// ui/video/raster_video.cpp draws the same with QPainter; change both or neither.
#version 450

layout(set = 0, binding = 0) uniform sampler2D picture;
layout(set = 0, binding = 1) uniform sampler2D cells;    // [gridHeight, gridWidth]: TAS (huge: none), 1 where replayed, share of layers, drift
layout(set = 0, binding = 2) uniform sampler2D colormap; // 256 x 1

const int showHeatmap = 1;
const int showMask = 2;
const int showGrid = 4;
const int hasPicture = 8;
const int showShare = 16;
const int showDrift = 32;

const float sliver = 1e-3; // of a texel: less than that is rounding, and not covered

layout(push_constant) uniform Scene {
    vec4 rect;         // of the picture: left, top, width, height
    vec4 opacities;    // of heatmap, share, drift, mask
    vec2 range;        // TAS that the ends of the colour map stand for
    ivec2 grid;        // width, height in positions
    uint background;   // colours: four bytes each
    uint accent;       // of the position that is drawn next, and of the selected one
    uint replayColor;
    uint driftColor;
    float gridOpacity;
    float pixelRatio;
    int flags;
    int drawn;         // positions of this frame that exist
    int current;       // position that is drawn next, -1: none
    int selected;
    int hovered;
} scene;

layout(location = 0) out vec4 color;

// The mean of the texels that the pixel in the middle of which `at` is covers, each by its share.
vec3 pictureAt(vec2 at)
{
    const ivec2 size = textureSize(picture, 0);
    const vec2 perPixel = vec2(size) / scene.rect.zw;
    const vec2 low = floor(at) * perPixel;
    const vec2 high = low + perPixel;
    const ivec2 first = clamp(ivec2(floor(low + sliver)), ivec2(0), size - 1);
    const ivec2 last = clamp(ivec2(ceil(high - sliver)) - 1, first, size - 1);
    vec3 sum = vec3(0.0);
    float shares = 0.0;
    for (int y = first.y; y <= last.y; ++y) {
        for (int x = first.x; x <= last.x; ++x) {
            const vec2 covered = min(high, vec2(x + 1, y + 1)) - max(low, vec2(x, y));
            sum += covered.x * covered.y * texelFetch(picture, ivec2(x, y), 0).rgb;
            shares += covered.x * covered.y;
        }
    }
    return sum / shares;
}

// Does the level that stands for `share` of the cell's height reach up to the pixel?
bool belowLevel(float y, int row, float cellHeight, float share)
{
    const float top = floor(float(row) * cellHeight + 0.5);
    const float bottom = floor(float(row + 1) * cellHeight + 0.5);
    return y >= bottom - floor(share * (bottom - top) + 0.5);
}

// Distance to the nearest edge of the cell, in view pixels.
float edgeDistance(vec2 inCell, vec2 cellSize)
{
    const vec2 d = min(inCell, cellSize - inCell);
    return min(d.x, d.y);
}

void main()
{
    const vec3 background = unpackUnorm4x8(scene.background).rgb;
    const vec2 at = gl_FragCoord.xy - scene.rect.xy;
    if (any(lessThan(at, vec2(0.0))) || any(greaterThanEqual(at, scene.rect.zw))) {
        color = vec4(background, 1.0);
        return;
    }

    vec3 c = background;
    if ((scene.flags & hasPicture) != 0)
        c = pictureAt(at);

    const vec2 cellSize = scene.rect.zw / vec2(scene.grid);
    const ivec2 cell = min(ivec2(at / cellSize), scene.grid - 1);
    const int position = cell.y * scene.grid.x + cell.x;
    const vec2 inCell = at - vec2(cell) * cellSize;
    const float edge = edgeDistance(inCell, cellSize);
    const vec4 value = texelFetch(cells, cell, 0);
    const bool scored = value.r < 1e30;

    // What does not exist yet steps back.
    if (position >= scene.drawn)
        c = mix(c, background, 0.72);

    if ((scene.flags & showHeatmap) != 0 && scored) {
        const float span = max(scene.range.y - scene.range.x, 1e-6);
        const float t = clamp((value.r - scene.range.x) / span, 0.0, 1.0);
        c = mix(c, texelFetch(colormap, ivec2(int(t * 255.0 + 0.5), 0), 0).rgb, scene.opacities.x);
    }

    if ((scene.flags & showShare) != 0 && belowLevel(floor(at.y), cell.y, cellSize.y, value.b))
        c = mix(c, unpackUnorm4x8(scene.replayColor).rgb, scene.opacities.y);

    if ((scene.flags & showDrift) != 0)
        c = mix(c, unpackUnorm4x8(scene.driftColor).rgb, scene.opacities.z * value.a);

    // A dark and a light line side by side show on any picture.
    if ((scene.flags & showMask) != 0 && value.g > 0.5) {
        const float period = 8.0 * scene.pixelRatio;
        const float phase = mod(floor(at.x) + floor(at.y), period);
        if (phase < scene.pixelRatio)
            c = mix(c, vec3(1.0), 0.75 * scene.opacities.w);
        else if (phase < 2.0 * scene.pixelRatio)
            c = mix(c, vec3(0.0), 0.55 * scene.opacities.w);
    }

    if ((scene.flags & showGrid) != 0 && (inCell.x < scene.pixelRatio || inCell.y < scene.pixelRatio))
        c = mix(c, vec3(0.5), scene.gridOpacity);

    if (position == scene.hovered && edge < 2.0 * scene.pixelRatio)
        c = vec3(1.0);
    if (position == scene.selected || position == scene.current) {
        if (edge < 2.0 * scene.pixelRatio)
            c = position == scene.current ? unpackUnorm4x8(scene.accent).rgb : vec3(1.0);
        else if (edge < 3.0 * scene.pixelRatio)
            c = mix(c, vec3(0.0), 0.7);
    }
    color = vec4(c, 1.0);
}
