// SPDX-License-Identifier: Apache-2.0
//
// The video view: the picture enlarged to whole texels, over it the TAS heatmap, the replay mask, the token grid and the
// marks of single positions. Works in the view's own pixels, so that lines stay as thin as the screen allows.
// ui/video/raster_video.cpp draws the same with QPainter; change both or neither.
#version 450

layout(set = 0, binding = 0) uniform sampler2D picture;
layout(set = 0, binding = 1) uniform sampler2D cells;    // [gridHeight, gridWidth]: r TAS (huge: none), g 1 where replayed
layout(set = 0, binding = 2) uniform sampler2D colormap; // 256 x 1

const int showHeatmap = 1;
const int showMask = 2;
const int showGrid = 4;
const int hasPicture = 8;

layout(push_constant) uniform Scene {
    vec4 rect;         // of the picture: left, top, width, height
    vec4 background;
    vec4 accent;       // of the position that is drawn next, and of the selected one
    vec2 range;        // TAS that the ends of the colour map stand for
    ivec2 grid;        // width, height in positions
    float opacity;     // of the heatmap
    float pixelRatio;
    int flags;
    int drawn;         // positions of this frame that exist
    int current;       // position that is drawn next, -1: none
    int selected;
    int hovered;
} scene;

layout(location = 0) out vec4 color;

// Distance to the nearest edge of the cell, in view pixels.
float edgeDistance(vec2 inCell, vec2 cellSize)
{
    const vec2 d = min(inCell, cellSize - inCell);
    return min(d.x, d.y);
}

void main()
{
    const vec2 at = gl_FragCoord.xy - scene.rect.xy;
    if (any(lessThan(at, vec2(0.0))) || any(greaterThanEqual(at, scene.rect.zw))) {
        color = scene.background;
        return;
    }

    vec3 c = scene.background.rgb;
    if ((scene.flags & hasPicture) != 0) {
        const ivec2 size = textureSize(picture, 0);
        const ivec2 texel = min(ivec2(at / scene.rect.zw * vec2(size)), size - 1);
        c = texelFetch(picture, texel, 0).rgb;
    }

    const vec2 cellSize = scene.rect.zw / vec2(scene.grid);
    const ivec2 cell = min(ivec2(at / cellSize), scene.grid - 1);
    const int position = cell.y * scene.grid.x + cell.x;
    const vec2 inCell = at - vec2(cell) * cellSize;
    const float edge = edgeDistance(inCell, cellSize);
    const vec2 value = texelFetch(cells, cell, 0).rg;
    const bool scored = value.r < 1e30;

    // What does not exist yet steps back.
    if (position >= scene.drawn)
        c = mix(c, scene.background.rgb, 0.72);

    if ((scene.flags & showHeatmap) != 0 && scored) {
        const float span = max(scene.range.y - scene.range.x, 1e-6);
        const float t = clamp((value.r - scene.range.x) / span, 0.0, 1.0);
        c = mix(c, texelFetch(colormap, ivec2(int(t * 255.0 + 0.5), 0), 0).rgb, scene.opacity);
    }

    // A dark and a light line side by side show on any picture.
    if ((scene.flags & showMask) != 0 && value.g > 0.5) {
        const float period = 8.0 * scene.pixelRatio;
        const float phase = mod(floor(at.x) + floor(at.y), period);
        if (phase < scene.pixelRatio)
            c = mix(c, vec3(1.0), 0.75);
        else if (phase < 2.0 * scene.pixelRatio)
            c = mix(c, vec3(0.0), 0.55);
    }

    if ((scene.flags & showGrid) != 0 && (inCell.x < scene.pixelRatio || inCell.y < scene.pixelRatio))
        c = mix(c, vec3(0.5), 0.45);

    if (position == scene.hovered && edge < 2.0 * scene.pixelRatio)
        c = vec3(1.0);
    if (position == scene.selected || position == scene.current) {
        if (edge < 2.0 * scene.pixelRatio)
            c = position == scene.current ? scene.accent.rgb : vec3(1.0);
        else if (edge < 3.0 * scene.pixelRatio)
            c = mix(c, vec3(0.0), 0.7);
    }
    color = vec4(c, 1.0);
}
