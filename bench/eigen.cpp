// SPDX-License-Identifier: Apache-2.0
//
// How much faster than the same sums by Eigen is a dense clip? Eigen's side has the model's own matrices, in
// f32, and only what cannot be left out: the products of every layer, depth and convolution, and attention
// over the context that has grown; no norms, no rotation, no sampling. It is therefore a lower bound of what
// an engine made of Eigen takes. See bench/README.md.
#include "bench/forced_clips.h"
#include "engine/checkpoint/default_model.h"
#include "engine/decode/generation.h"
#include "engine/roofline/measurement.h"
#include "engine/text/prompt.h"

#include <CLI/CLI.hpp>

#define EIGEN_DONT_PARALLELIZE // its threads are ours
#include <Eigen/Dense>

#include <chrono>
#include <cstdio>

using namespace fastcar;
using bench::must;
using roofline::Measurement;

namespace {

using Clock = std::chrono::steady_clock;
using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Columns = Eigen::MatrixXf; // a row of the model is a column here

constexpr int rows = 2; // in flight

struct Options {
    std::string model = defaultModelFolder().string();
    std::string prompt = "a cat moves from left to right on a beach";
    int repeats = 7;
    int threads = 2;
    std::string device; // empty: the model's
};

/// How the two rows meet a matrix.
enum class Way {
    Vectors, // one after the other, as matrix times vector
    Product, // together, as matrix times matrix
};

Matrix matrixOf(const LinearWeights &weights)
{
    Matrix matrix(weights.out(), weights.in());
    for (std::int64_t o = 0; o < weights.out(); ++o)
        rowToF32(weights, o, {matrix.row(o).data(), static_cast<std::size_t>(weights.in())});
    return matrix;
}

/// [out, in * kernel * kernel], in the order in which gather() has them.
struct Kernel {
    Matrix matrix;
    int size = 1;

    explicit Kernel(const ConvWeights &weights)
        : matrix(weights.weight.shape[0], weights.weight.elements() / weights.weight.shape[0])
        , size(static_cast<int>(weights.weight.shape[2]))
    {
        convertToF32(weights.weight, {matrix.data(), static_cast<std::size_t>(matrix.size())});
    }
};

class Sums {
public:
    Sums(ThreadPool &pool, Way way)
        : pool_(pool)
        , way_(way)
    {
    }

    /// Each thread has a part of the outputs.
    void multiply(const Matrix &weights, const Columns &x, Columns &y) const
    {
        const Eigen::Index parts = pool_.threads();
        pool_.forEachTile(parts, [&](std::int64_t part) {
            const Eigen::Index begin = weights.rows() * part / parts;
            const Eigen::Index count = weights.rows() * (part + 1) / parts - begin;
            const auto piece = weights.middleRows(begin, count);
            if (way_ == Way::Product) {
                y.middleRows(begin, count).noalias() = piece * x;
                return;
            }
            for (Eigen::Index column = 0; column < x.cols(); ++column)
                y.col(column).segment(begin, count).noalias() = piece * x.col(column);
        });
    }

    /// A product with many columns.
    void multiplyAll(const Matrix &weights, const Columns &x, Columns &y) const
    {
        const Eigen::Index parts = pool_.threads();
        pool_.forEachTile(parts, [&](std::int64_t part) {
            const Eigen::Index begin = x.cols() * part / parts, count = x.cols() * (part + 1) / parts - begin;
            y.middleCols(begin, count).noalias() = weights * x.middleCols(begin, count);
        });
    }

    ThreadPool &pool() const { return pool_; }

private:
    ThreadPool &pool_;
    Way way_;
};

class Backbone {
public:
    Backbone(const BackboneWeights &weights, const BackboneConfig &config, int positions)
        : config_(config)
        , x_(Columns::Constant(config.hidden, rows, 0.01f))
        , wide_(config.intermediate, rows)
        , up_(config.intermediate, rows)
        , heads_(config.heads * config.headDim, rows)
        , q_(heads_)
        , kv_(config.kvHeads * config.headDim, rows)
    {
        for (const BackboneLayerWeights &layer : weights.layers)
            layers_.push_back({matrixOf(layer.query), matrixOf(layer.key), matrixOf(layer.value),
                               matrixOf(layer.output), matrixOf(layer.gate), matrixOf(layer.up),
                               matrixOf(layer.down)});
        cache_ = Columns::Constant(config.headDim, positions, 0.01f);
        caches_.assign(static_cast<std::size_t>(2 * rows * config.layers * config.kvHeads), cache_);
    }

    void step(const Sums &sums, int context)
    {
        std::size_t cache = 0;
        for (const Layer &layer : layers_) {
            sums.multiply(layer.query, x_, q_);
            sums.multiply(layer.key, x_, kv_);
            sums.multiply(layer.value, x_, kv_);
            attend(sums, cache, context);
            cache += static_cast<std::size_t>(2 * rows * config_.kvHeads);
            sums.multiply(layer.output, heads_, x_);
            sums.multiply(layer.gate, x_, wide_);
            sums.multiply(layer.up, x_, up_);
            wide_ = wide_.array() / (1.0f + (-wide_.array()).exp()) * up_.array();
            sums.multiply(layer.down, wide_, x_);
        }
        x_.array() = x_.array() * 0.5f + 0.01f; // as the next input: neither large nor denormal
    }

private:
    struct Layer {
        Matrix query, key, value, output, gate, up, down;
    };

    void attend(const Sums &sums, std::size_t firstCache, int context)
    {
        const int group = config_.heads / config_.kvHeads;
        sums.pool().forEachTile(rows * config_.heads, [&](std::int64_t tile) {
            const int row = static_cast<int>(tile) / config_.heads,
                      head = static_cast<int>(tile) % config_.heads;
            const std::size_t at =
                firstCache + static_cast<std::size_t>(2 * (row * config_.kvHeads + head / group));
            const auto q = q_.col(row).segment(head * config_.headDim, config_.headDim);
            Eigen::VectorXf scores = caches_[at].leftCols(context).transpose() * q;
            scores = (scores.array() - scores.maxCoeff()).exp();
            heads_.col(row).segment(head * config_.headDim, config_.headDim).noalias() =
                caches_[at + 1].leftCols(context) * (scores / scores.sum());
        });
    }

    const BackboneConfig &config_;
    std::vector<Layer> layers_;
    Columns x_, wide_, up_, heads_, q_, kv_, cache_;
    std::vector<Columns> caches_; // keys and values by layer, row and head
};

class Depth {
public:
    Depth(const DepthWeights &weights, const DepthConfig &config)
        : config_(config)
        , classifier_(matrixOf(weights.classifier))
        , stateInput_(matrixOf(weights.stateInput))
        , codeInput_(matrixOf(weights.codeInput))
        , state_(Columns::Constant(stateInput_.cols(), rows, 0.01f))
        , code_(Columns::Constant(codeInput_.cols(), rows, 0.01f))
        , x_(config.hidden, rows)
        , y_(x_)
        , logits_(config.codes, rows)
    {
        for (const DepthLayerWeights &layer : weights.layers)
            layers_.push_back({matrixOf(layer.query), matrixOf(layer.key), matrixOf(layer.value),
                               matrixOf(layer.output), matrixOf(layer.up), matrixOf(layer.down)});
        wide_ = Columns(layers_.front().up.rows(), rows);
    }

    void token(const Sums &sums)
    {
        for (int depth = 0; depth < config_.depth; ++depth) {
            sums.multiply(depth == 0 ? stateInput_ : codeInput_, depth == 0 ? state_ : code_, x_);
            for (const Layer &layer : layers_) { // attention over a handful of depths is left out
                sums.multiply(layer.query, x_, y_);
                sums.multiply(layer.key, x_, y_);
                sums.multiply(layer.value, x_, y_);
                sums.multiply(layer.output, y_, x_);
                sums.multiply(layer.up, x_, wide_);
                sums.multiply(layer.down, wide_, x_);
            }
            sums.multiply(classifier_, x_, logits_);
        }
    }

private:
    struct Layer {
        Matrix query, key, value, output, up, down;
    };
    const DepthConfig &config_;
    std::vector<Layer> layers_;
    Matrix classifier_, stateInput_, codeInput_;
    Columns state_, code_, x_, y_, wide_, logits_;
};

class Pixels {
public:
    explicit Pixels(const ModelConfig &config, const PixelDecoderWeights &weights)
        : height_(config.gridHeight)
        , width_(config.gridWidth)
        , channels_(config.pixels.embedding)
    {
        add(weights.postQuant);
        add(weights.input);
        add(weights.middle1);
        add(weights.middle2); // the attention between them is left out
        for (std::size_t level = weights.levels.size(); level-- > 0;) {
            for (const ResidualBlockWeights &block : weights.levels[level].blocks)
                add(block);
            if (weights.levels[level].upsample.weight)
                add(weights.levels[level].upsample, true);
        }
        add(weights.output);
    }

    void frame(const Sums &sums)
    {
        int height = height_, width = width_;
        Columns x = Columns::Constant(channels_, Eigen::Index{height} * width, 0.01f), gathered;
        for (const Step &step : steps_) {
            if (step.doubled)
                x = doubled(x, height, width), height *= 2, width *= 2;
            const Columns &from = step.kernel.size == 1 ? x : (gathered = gather(sums, x, height, width));
            Columns y(step.kernel.matrix.rows(), x.cols());
            sums.multiplyAll(step.kernel.matrix, from, y);
            if (!step.aside) {
                x = std::move(y);
                x.array() = x.array() * 0.5f + 0.01f;
            }
        }
    }

private:
    struct Step {
        Kernel kernel;
        bool doubled = false; // behind a doubling of height and width
        bool aside = false;   // a shortcut: what it makes is not gone on with
    };

    void add(const ConvWeights &weights, bool doubled = false, bool aside = false)
    {
        steps_.push_back({Kernel(weights), doubled, aside});
    }

    void add(const ResidualBlockWeights &block)
    {
        if (block.shortcut.weight)
            add(block.shortcut, false, true);
        add(block.conv1);
        add(block.conv2);
    }

    static Columns doubled(const Columns &x, int height, int width)
    {
        Columns y(x.rows(), 4 * x.cols());
        for (int v = 0; v < 2 * height; ++v)
            for (int u = 0; u < 2 * width; ++u)
                y.col(Eigen::Index{v} * 2 * width + u) = x.col(Eigen::Index{v / 2} * width + u / 2);
        return y;
    }

    /// [9 * channels, pixels]
    static Columns gather(const Sums &sums, const Columns &x, int height, int width)
    {
        const Eigen::Index channels = x.rows();
        Columns y(9 * channels, x.cols());
        sums.pool().forEachTile(height, [&](std::int64_t v) {
            for (int u = 0; u < width; ++u)
                for (int k = 0; k < 9; ++k) {
                    const std::int64_t fromV = v + k / 3 - 1;
                    const int fromU = u + k % 3 - 1;
                    auto to = y.col(v * width + u).segment(k * channels, channels);
                    if (fromV < 0 || fromV >= height || fromU < 0 || fromU >= width)
                        to.setZero();
                    else
                        to = x.col(fromV * width + fromU);
                }
        });
        return y;
    }

    int height_, width_, channels_;
    std::vector<Step> steps_;
};

struct Phases {
    Measurement backbone, depth, pixels, whole;

    void add(double ofBackbone, double ofDepth, double ofPixels)
    {
        backbone.add(ofBackbone);
        depth.add(ofDepth);
        pixels.add(ofPixels);
        whole.add(ofBackbone + ofDepth + ofPixels);
    }
};

template <typename Work>
double seconds(const Work &work)
{
    const auto start = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - start).count();
}

void print(const char *name, const Phases &phases, const Phases &ours)
{
    std::printf("%-26s %-22s %-22s %-22s %-22s %6.2fx\n", name, phases.backbone.text(1.0, 3).c_str(),
                phases.depth.text(1.0, 3).c_str(), phases.pixels.text(1.0, 3).c_str(),
                phases.whole.text(1.0, 3).c_str(), phases.whole.median() / ours.whole.median());
}

void run(const Options &options)
{
    const Model model = must(Model::open(options.model));
    const ModelConfig &config = model.checkpoint->config();
    const ModelDefaults &defaults = model.checkpoint->defaults();
    ThreadPool pool(options.threads);
    const RunSettings settings{.prompt = options.prompt,
                               .frames = config.videoFrames,
                               .seed = 1,
                               .sampler = {.temperature = defaults.temperature.value_or(1.0f),
                                           .topK = defaults.topK.value_or(900),
                                           .topP = defaults.topP.value_or(0.96f),
                                           .cfg = defaults.cfg.value_or(3.0f)},
                               .device = bench::deviceOr(options.device, model)};
    const int tokens = config.videoFrames * config.stride();
    const int promptTokens =
        static_cast<int>(must(encodePrompt(*model.tokenizer, options.prompt)).conditional.size());
    Backbone backbone(model.checkpoint->weights().backbone, config.backbone, promptTokens + tokens);
    Depth depth(model.checkpoint->weights().depth, config.depth);
    Pixels pixels(config, model.checkpoint->weights().pixels);

    Phases ours, vectors, product;
    for (int repeat = -1; repeat < options.repeats; ++repeat) { // the first one warms up
        bench::NullSink sink;
        RunControl control;
        const GenerationResult result =
            must(generate(model, settings, pool, sink, control, {.pixelsBeside = false}));
        if (repeat >= 0)
            ours.add(result.seconds.backbone, result.seconds.depth, result.seconds.pixels);
        for (const Way way : {Way::Vectors, Way::Product}) {
            const Sums sums(pool, way);
            const double ofBackbone = seconds([&] {
                for (int token = 0; token + 1 < tokens; ++token)
                    backbone.step(sums, promptTokens + token + 1);
            });
            const double ofDepth = seconds([&] {
                for (int token = 0; token < tokens; ++token)
                    depth.token(sums);
            });
            const double ofPixels = seconds([&] {
                for (int frame = 0; frame < config.videoFrames; ++frame)
                    pixels.frame(sums);
            });
            if (repeat >= 0)
                (way == Way::Vectors ? vectors : product).add(ofBackbone, ofDepth, ofPixels);
        }
    }
    std::printf(
        "%s, %d frames, dense, %d threads, %d runs in turn; seconds, median (least-most); prefill and "
        "loading left "
        "out\n\n%-26s %-22s %-22s %-22s %-22s %7s\n",
        settings.device.c_str(), config.videoFrames, options.threads, options.repeats, "", "backbone",
        "depth transformer", "pixels", "all", "/ ours");
    print("ours", ours, ours);
    print("Eigen, matrix x vector", vectors, ours);
    print("Eigen, matrix x 2 columns", product, ours);
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    CLI::App app("A dense clip against the same sums by Eigen in f32.");
    app.add_option("--model", options.model, "Checkpoint folder")->capture_default_str();
    app.add_option("--prompt", options.prompt)->capture_default_str();
    app.add_option("--repeats", options.repeats)->capture_default_str()->check(CLI::Range(1, 1000));
    app.add_option("--device", options.device, "cpu, cpu:f16, ...; default: the model's");
    app.add_option("--threads", options.threads)->capture_default_str()->check(CLI::Range(1, 256));
    CLI11_PARSE(app, argc, argv);
    run(options);
    return 0;
}
