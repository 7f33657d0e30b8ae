// SPDX-License-Identifier: Apache-2.0
//
// The generation loop: prompt, prefill, then token by token a backbone step, the depth transformer's K codes
// under guidance, the codes' embedding back in; frames as soon as their tokens exist.
#pragma once

#include "engine/backend/thread_pool.h"
#include "engine/base/result.h"
#include "engine/checkpoint/checkpoint.h"
#include "engine/decode/picture_thread.h"
#include "engine/decode/run_control.h"
#include "engine/decode/run_prefix.h"
#include "engine/decode/run_settings.h"
#include "engine/decode/run_sink.h"
#include "engine/replay/replay_statistics.h"
#include "engine/text/tokenizer.h"

#include <memory>
#include <vector>

namespace fastcar {

/// A checkpoint that is ready to generate: opened once, used for many runs. Safe to share.
struct Model {
    std::shared_ptr<const Checkpoint> checkpoint;
    std::shared_ptr<const Tokenizer> tokenizer;

    static Result<Model> open(const std::filesystem::path &folder);
};

struct PhaseSeconds {
    double load = 0.0; // opening the model; whoever did it fills this in
    double prefill = 0.0;
    double repeat = 0.0;       // given steps, run again
    double decode = 0.0;       // backbone, depth transformer and sampling
    double backbone = 0.0;     // of decode
    double depth = 0.0;        // of decode: depth transformer and sampling
    double mlp = 0.0;          // of backbone: within MLPs
    double pixels = 0.0;       // that the tokens waited for
    double pixelsBeside = 0.0; // that were made meanwhile: nobody waited
    double write = 0.0;        // of the file; whoever did it fills this in

    PhaseSeconds &operator+=(const PhaseSeconds &other);
};

/// What the decode steps read, all together; of those that a prefix gave nothing.
struct BytesRead {
    int steps = 0;
    std::uint64_t weights = 0; // of the backbone's layers; an MLP that all rows replay has none
    std::uint64_t caches = 0;  // keys, values, replayed outputs; 0 where the device does not tell
    int tokens = 0;            // drawn
    std::uint64_t depth = 0;   // the depth transformer's weights
};

struct GenerationResult {
    RunSettings settings; // with model digest, version and where it went on
    bool cancelled = false;
    std::optional<Error>
        failure;    // the device or a picture failed on the way: what is here was made until then
    int tokens = 0; // of each video; stride * frames unless cancelled or failed
    int given = 0;  // of them, that the prefix brought
    /// The given steps, run again, had the scores and decisions that the prefix tells, bit for bit: from
    /// there on the codes are those of a run that never stopped.
    bool sameNumbers = true;
    int depth = 0;                                // K
    std::vector<std::vector<std::int32_t>> codes; // per video [tokens, K]
    std::vector<std::vector<SharedFrame>> frames; // per video; whole frames only
    ReplayStatistics replay;
    std::optional<CardTotals> card; // of the decode steps, where the device counts
    PhaseSeconds seconds;
    BytesRead bytesRead;

    /// SHA-256 of the little-endian int32 codes of a video, hex.
    std::string codesSha256(int video) const;
};

struct GenerationOptions {
    /// At least this long between two previews of the frame in progress; 0: none.
    int previewIntervalMs = 0;
    bool pixels = true;
    /// Pictures are made beside the tokens that follow, or between two tokens; unset: beside them where there
    /// is a second core (docs/architecture.md, "Threads").
    std::optional<bool> pixelsBeside;
    /// Who makes the pictures; empty: the model's pixel decoder.
    DecodePicture decodePicture;
    /// Tell each head's share of the scores, too, where the device can. It changes nothing else.
    bool headScores = false;
    /// The beginning of the run, which is made: generate() goes on behind it. Outlives the call.
    const RunPrefix *prefix = nullptr;
};

/// Runs on the calling thread (and `pool`'s) until the video is done, cancelled or failed. `sink` hears of
/// all of it. A device that fails after the first token is told in the result. Errors name what is wrong with
/// the settings (frames past the model's positions, thresholds for another number of layers, ...) before any
/// work is done.
///
/// With a prefix the device first runs the prompt and the given steps again, each under the policy that ruled
/// it, for they make the caches; the sink, which has heard of their tokens and frames, hears StepRepeated
/// only. The result holds all of them, whatever the device does: a device that fails after a token was given
/// is told in it, too.
Result<GenerationResult> generate(const Model &model, RunSettings settings, ThreadPool &pool, RunSink &sink,
                                  RunControl &control, const GenerationOptions &options = {});

} // namespace fastcar
