// SPDX-License-Identifier: Apache-2.0
//
// `fastcar forward`: given codes are fed back instead of drawn ones, and every number on the way is written
// down.
#include "engine/decode/forward_comparison.h"

#include "app/cli/command.h"
#include "app/cli/exit_status.h"
#include "app/cli/model_options.h"
#include "app/cli/replay_options.h"
#include "app/cli/report.h"
#include "engine/backend/devices.h"
#include "engine/base/file_bytes.h"
#include "engine/tensor/npy.h"

#include <CLI/CLI.hpp>
#include <spdlog/fmt/fmt.h>

#include <chrono>
#include <optional>
#include <utility>

namespace fastcar::cli {

namespace {

struct ForwardOptions {
    std::string prompt;
    std::string codes;
    std::string dump;
    ModelOptions model;
    DeviceOptions device;
    ReplayOptions replay;
    std::string against;      // a device
    std::string againstModel; // empty: the same one
    bool json = false;

    bool compares() const { return !against.empty() || !againstModel.empty(); }
};

Result<void> checkDump(const std::string &file, bool compares)
{
    if (file.empty() && compares)
        return {};
    if (file.empty())
        return Error{ErrorKind::BadInput,
                     "Say where the numbers go with --dump FILE.npz, or what they are to be "
                     "held against with --against."};
    if (std::filesystem::path(file).extension() != ".npz")
        return Error{ErrorKind::BadInput, "The name '" + file + "' of --dump must end in .npz."};
    return checkOutputFile(file);
}

std::string shapeText(const std::vector<std::int64_t> &shape)
{
    return fmt::format("[{}]", fmt::join(shape, ", "));
}

/// int32 or int64, [J, K] or [frames, N, K]. What the numbers may be forward() knows.
Result<std::vector<std::int32_t>> readCodes(const std::string &file, const ModelConfig &config)
{
    const auto array = readNpy(file);
    if (!array)
        return array.error();
    const auto &shape = array->shape;
    const bool flat = shape.size() == 2 && shape[1] == config.depth.depth;
    const bool frames = shape.size() == 3 && shape[1] == config.stride() && shape[2] == config.depth.depth;
    if (!flat && !frames)
        return Error{
            ErrorKind::BadInput,
            fmt::format("'{}' has shape {}; codes for this model are [tokens, {}] or [frames, {}, {}].", file,
                        shapeText(shape), config.depth.depth, config.stride(), config.depth.depth)};
    if (const auto codes = array->as<std::int32_t>())
        return std::vector<std::int32_t>(codes->begin(), codes->end());
    const auto wide = array->as<std::int64_t>();
    if (!wide)
        return Error{ErrorKind::BadInput,
                     fmt::format("'{}' holds {}; codes are int32 or int64.", file, name(array->type))};
    // One that does not fit into 32 bits is no code of any model, and forward() refuses -1.
    std::vector<std::int32_t> codes;
    for (const std::int64_t code : *wide)
        codes.push_back(std::in_range<std::int32_t>(code) ? static_cast<std::int32_t>(code) : -1);
    return codes;
}

/// Adds arrays until one fails, and remembers why.
class Dump {
public:
    explicit Dump(NpzWriter writer)
        : writer_(std::move(writer))
    {
    }

    template <typename T>
    void add(const char *name, DType type, std::span<const T> values, std::vector<std::int64_t> shape)
    {
        if (state_)
            state_ = writer_.add(name, type, shape, std::as_bytes(values));
    }

    Result<void> close() { return state_ ? writer_.close() : state_; }

private:
    NpzWriter writer_;
    Result<void> state_;
};

Result<void> writeDump(const std::string &file, const ForwardResult &result, const ModelConfig &config)
{
    auto writer = NpzWriter::create(file);
    if (!writer)
        return writer.error();
    Dump dump(std::move(*writer));
    const std::int64_t rows = 2;
    const std::int64_t tokens = result.tokens;
    const auto ids = [&](const char *name, const std::vector<std::int32_t> &values) {
        dump.add<std::int32_t>(name, DType::I32, values, {static_cast<std::int64_t>(values.size())});
    };
    ids("prompt_ids", result.promptIds);
    ids("uncond_ids", result.uncondIds);
    dump.add<float>("hidden", DType::F32, result.hidden, {rows, tokens, config.backbone.hidden});
    dump.add<float>("tas", DType::F32, result.tas, {config.backbone.layers, rows, tokens});
    dump.add<std::uint8_t>("replayed", DType::U8, result.replayed, {config.backbone.layers, rows, tokens});
    dump.add<float>("logits", DType::F32, result.logits,
                    {rows, tokens, config.depth.depth, config.depth.codes});
    std::vector<std::uint8_t> pixels;
    for (const SharedFrame &frame : result.frames)
        pixels.insert(pixels.end(), frame->rgb.begin(), frame->rgb.end());
    dump.add<std::uint8_t>("frames", DType::U8, pixels,
                           {static_cast<std::int64_t>(result.frames.size()), config.pixels.frameHeight,
                            config.pixels.frameWidth, 3});
    return dump.close();
}

/// What else the codes were fed through, and what came of it.
struct Reference {
    std::string device;
    std::string model; // folder
    ForwardComparison comparison;
};

Result<void> checkShapes(const Model &model, const Model &reference)
{
    const ModelConfig &one = model.checkpoint->config(), &other = reference.checkpoint->config();
    if (one.stride() == other.stride() && one.depth.depth == other.depth.depth &&
        one.depth.codes == other.depth.codes && one.backbone.layers == other.backbone.layers)
        return {};
    return Error{
        ErrorKind::BadInput,
        fmt::format(
            "'{}' has {} layers and {} codes of {} for each of {} positions; '{}' has {}, {} of {} and "
            "{}: they cannot be held against each other.",
            model.checkpoint->folder().string(), one.backbone.layers, one.depth.depth, one.depth.codes,
            one.stride(), reference.checkpoint->folder().string(), other.backbone.layers, other.depth.depth,
            other.depth.codes, other.stride())};
}

Result<Reference> compare(const ForwardOptions &options, const Model &model, ForwardSettings settings,
                          std::span<const std::int32_t> codes, const ForwardResult &result, ThreadPool &pool)
{
    settings.device = options.against.empty() ? "cpu" : options.against;
    Model other = model;
    if (!options.againstModel.empty()) {
        auto opened = openModel({.folder = options.againstModel});
        if (!opened)
            return opened.error();
        other = std::move(*opened);
        if (auto alike = checkShapes(model, other); !alike)
            return alike.error();
    }
    const auto reference = forward(other, settings, codes, pool);
    if (!reference)
        return reference.error();
    return Reference{.device = settings.device,
                     .model = other.checkpoint->folder().string(),
                     .comparison = compareForward(*reference, result, model.checkpoint->config())};
}

nlohmann::ordered_json toJsonValue(const Reference &reference)
{
    const ForwardComparison &found = reference.comparison;
    return {{"device", reference.device},
            {"model", reference.model},
            {"codes", found.codes},
            {"nats_per_code", found.natsPerCode()},
            {"most_nats", found.most},
            {"same_likeliest", found.shareOfSameLikeliest()},
            {"decisions", found.decisions},
            {"same_decisions", found.decisions ? nlohmann::ordered_json(found.shareOfSameDecisions())
                                               : nlohmann::ordered_json()}};
}

std::string againstLine(const Reference &reference, const ForwardOptions &options)
{
    const ForwardComparison &found = reference.comparison;
    std::string line =
        fmt::format("against   {}{}: {:.5f} nats a code, at most {:.3f}; the same likeliest code {:.2f} %",
                    reference.device, options.againstModel.empty() ? std::string() : " of " + reference.model,
                    found.natsPerCode(), found.most, 100.0 * found.shareOfSameLikeliest());
    if (found.decisions)
        line += fmt::format(", the same decision {:.2f} %", 100.0 * found.shareOfSameDecisions());
    return line;
}

struct Reported {
    const ForwardResult &result;
    const Model &model;
    std::optional<Reference> against;
    double seconds = 0.0; // without what it is held against
};

void report(const ForwardOptions &options, const Reported &reported)
{
    const ForwardResult &result = reported.result;
    const int frames = static_cast<int>(result.frames.size());
    const double ceiling = ReplayStatistics::ceiling(frames, reported.model.checkpoint->config().stride());
    if (options.json) {
        nlohmann::ordered_json document{
            {"prompt", options.prompt},
            {"model",
             {{"name", modelName(reported.model)}, {"folder", reported.model.checkpoint->folder().string()}}},
            {"device", options.device.device},
            {"dump", options.dump},
            {"tokens", result.tokens},
            {"frames", frames},
            {"prompt_tokens", result.promptIds.size()},
            {"seconds", reported.seconds},
            {"against", reported.against ? toJsonValue(*reported.against) : nlohmann::ordered_json()}};
        addReplay(document, result.replay);
        document["ceiling"] = ceiling;
        return printJson(document);
    }
    if (!options.dump.empty())
        printLine(fmt::format("wrote     {} ({}, {})", options.dump, counted(result.tokens, "token"),
                              counted(frames, "frame")));
    printLine("replayed  " + replayLine(result.replay.all(), ceiling));
    if (reported.against)
        printLine(againstLine(*reported.against, options));
    printLine(fmt::format("took      {:.2f} s", reported.seconds));
}

int run(const ForwardOptions &options)
{
    if (auto fine = checkDump(options.dump, options.compares()); !fine)
        return fail(fine.error());
    if (!options.against.empty())
        if (auto usable = checkDevice(options.against); !usable)
            return fail(usable.error());
    const auto model = openModel(options.model);
    if (!model)
        return fail(model.error());
    const ModelConfig &config = model->checkpoint->config();
    auto replay = replayPolicy(options.replay, *model->checkpoint);
    if (!replay)
        return fail(replay.error());
    const auto attention = attentionSpan(options.replay);
    if (!attention)
        return fail(attention.error());
    const auto codes = readCodes(options.codes, config);
    if (!codes)
        return fail(codes.error());

    const auto start = std::chrono::steady_clock::now();
    ThreadPool pool(options.device.threads);
    const ForwardSettings settings{.prompt = options.prompt,
                                   .replay = std::move(*replay),
                                   .attention = *attention,
                                   .device = options.device.device};
    const auto result = forward(*model, settings, *codes, pool);
    if (!result)
        return fail(result.error());
    Reported reported{.result = *result,
                      .model = *model,
                      .against = std::nullopt,
                      .seconds =
                          std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()};
    if (!options.dump.empty())
        if (auto written = writeDump(options.dump, *result, config); !written)
            return fail(written.error());
    if (options.compares()) {
        auto against = compare(options, *model, settings, *codes, *result, pool);
        if (!against)
            return fail(against.error());
        reported.against = std::move(*against);
    }
    report(options, reported);
    return done;
}

} // namespace

Command makeForwardCommand(CLI::App &program)
{
    const auto options = std::make_shared<ForwardOptions>();
    CLI::App *parser = program.add_subcommand(
        "forward", "Feed given codes through the model and write every number it computes");
    parser->add_option("--prompt", options->prompt, "The text before the codes")
        ->required()
        ->type_name("TEXT");
    parser->add_option("--codes", options->codes, "int32 codes, [tokens, K] or [frames, N, K]")
        ->required()
        ->type_name("FILE.npy");
    parser->add_option("--dump", options->dump, "Where the numbers go; needed without --against")
        ->type_name("FILE.npz");
    parser
        ->add_option("--against", options->against,
                     "Feed the codes through this device, too, and say what the first one's numbers cost")
        ->type_name("DEVICE");
    parser
        ->add_option("--against-model", options->againstModel,
                     "The same with another model, of which the first one was quantised")
        ->type_name("FOLDER");
    addModelOption(*parser, options->model);
    addDeviceOptions(*parser, options->device, "cpu");
    parser->add_flag("--json", options->json, "Print one JSON document on standard output");
    addReplayOptions(*parser, options->replay);
    parser->footer(
        "Example: fastcar forward --prompt \"a cat on a beach\" --codes codes.npy --dump numbers.npz "
        "--tas-threshold -1.5");
    return {parser, [options] { return run(*options); }};
}

} // namespace fastcar::cli
