// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/random_checkpoint.h"

#include "engine/base/file_bytes.h"
#include "engine/base/sha256.h"
#include "engine/base/version.h"
#include "engine/checkpoint/bind_weights.h"
#include "engine/checkpoint/checkpoint_folder.h"
#include "engine/checkpoint/model_config_parser.h"
#include "engine/checkpoint/quantise_checkpoint.h"
#include "engine/checkpoint/tensor_writer.h"

#include <array>
#include <bit>
#include <cmath>

namespace fastcar {

namespace {

constexpr const char *tokenizerFiles[] = {"tokenizer.model", "added_tokens.json", "tokenizer_config.json",
                                          "special_tokens_map.json"};

/// splitmix64: a well-mixed number from a counter.
std::uint64_t mixed(std::uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

std::uint64_t hashOf(const std::string &text)
{
    std::uint64_t hash = 0xcbf29ce484222325u; // FNV-1a
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    return hash;
}

/// value = base + spread * u, u uniform in (-1, 1): sizes that keep activations within reason.
struct Spread {
    float base = 0.0f, spread = 1.0f;
};

Spread spreadOf(const std::string &name, const Shape &shape)
{
    const bool vector = shape.rank() <= 1;
    if (vector && name.ends_with(".bias"))
        return {.base = 0.0f, .spread = 0.02f};
    if (vector) // of a norm
        return {.base = 1.0f, .spread = 0.1f};
    if (name.find("embed_tokens") != std::string::npos || name.find("codebooks") != std::string::npos ||
        name.find("pos_emb") != std::string::npos)
        return {.base = 0.0f, .spread = 0.5f};
    const auto fanIn = static_cast<float>(shape.elements() / shape[0]);
    return {.base = 0.0f, .spread = std::sqrt(3.0f / fanIn)}; // a variance of 1 / fan-in
}

std::uint16_t bf16Of(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    return static_cast<std::uint16_t>((bits + 0x7fffu + (bits >> 16 & 1u)) >> 16);
}

/// The tensor's elements, any rows of it, always the same.
class RandomRows {
public:
    RandomRows(const std::string &name, const Shape &shape, std::uint64_t seed)
        : key_(mixed(seed ^ hashOf(name)))
        , spread_(spreadOf(name, shape))
        , width_(shape.rank() == 0 ? 1 : shape.elements() / shape[0])
    {
    }

    TensorView rows(std::int64_t first, std::int64_t count)
    {
        const std::int64_t from = first * width_, end = from + count * width_;
        values_.resize(static_cast<std::size_t>(count * width_));
        for (std::int64_t i = from; i < end; ++i) {
            if (i == from || i % 4 == 0)
                four_ = mixed(key_ + static_cast<std::uint64_t>(i / 4));
            const auto sixteen = static_cast<std::int16_t>(four_ >> (16 * (i % 4)));
            values_[static_cast<std::size_t>(i - from)] =
                bf16Of(spread_.base + spread_.spread * static_cast<float>(sixteen) * 0x1p-15f);
        }
        return {.data = reinterpret_cast<const std::byte *>(values_.data()),
                .type = DType::BF16,
                .shape = {count, width_}};
    }

private:
    std::uint64_t key_;
    Spread spread_;
    std::int64_t width_;
    std::uint64_t four_ = 0;
    std::vector<std::uint16_t> values_;
};

/// What the loader would ask for: its own lists of tensors, run over components without files.
Result<std::array<Component, 3>> outlineOf(const std::map<std::string, nlohmann::json> &configs)
{
    const auto source = [&](const char *file) { return ConfigSource{.json = configs.at(file), .where = file}; };
    const auto config = parseModelConfig({.root = source("config.json"),
                                          .llm = source("llm/config.json"),
                                          .projector = source("mm_projector/config.json"),
                                          .vision = source("vision_tower/config.json")});
    if (!config)
        return config.error();
    std::array<Component, 3> components{Component::outline("llm"), Component::outline("mm_projector"),
                                        Component::outline("vision_tower")};
    const auto bound = bindWeights(*config, components[0], components[1], components[2]);
    if (!bound)
        return bound.error();
    // Not read for video, but every loader of a Llama asks for it.
    components[0].note("lm_head.weight", {config->backbone.vocabulary, config->backbone.hidden});
    return components;
}

std::vector<PlannedTensor> planOf(const Component &component, const RandomCheckpoint &checkpoint)
{
    std::vector<PlannedTensor> plan;
    for (const Checkpoint::TensorEntry &tensor : component.tensors()) {
        PlannedTensor planned{.name = tensor.name, .type = DType::BF16, .shape = tensor.view.shape, .narrow = {}, .rows = {}};
        if (checkpoint.format && mayBeNarrow(component.name(), tensor.name, planned.shape))
            planned.narrow = component.name() == "llm" ? *checkpoint.format : depthFormat(*checkpoint.format);
        planned.rows = [source = RandomRows(tensor.name, planned.shape, checkpoint.seed)](
                           std::int64_t first, std::int64_t count) mutable { return source.rows(first, count); };
        plan.push_back(std::move(planned));
    }
    return plan;
}

std::string provenance(const RandomCheckpoint &checkpoint)
{
    Sha256 sha; // there are no weights that it was made from: what decides them all
    sha.add("random " + checkpoint.shape.name + " " + std::to_string(checkpoint.shape.layers) + " " +
            std::to_string(checkpoint.seed));
    const nlohmann::ordered_json document{{"quantised", 1},
                                          {"format", name(*checkpoint.format)},
                                          {"source_digest", sha.hex()},
                                          {"source", "random numbers"},
                                          {"version", version()}};
    return document.dump(2) + "\n";
}

Result<void> copyTokenizer(const std::filesystem::path &from, const CheckpointFolder &to)
{
    for (const char *name : tokenizerFiles) {
        const auto bytes = readBytes(from / name);
        if (!bytes && bytes.error().kind == ErrorKind::NotFound && name != std::string_view("tokenizer.model"))
            continue;
        if (!bytes)
            return bytes.error();
        const std::string_view text(reinterpret_cast<const char *>(bytes->data()), bytes->size());
        if (auto written = to.write(std::string("llm/") + name, text); !written)
            return written;
    }
    return {};
}

} // namespace

Result<std::uint64_t> writeRandomCheckpoint(const RandomCheckpoint &checkpoint, const std::filesystem::path &folder)
{
    const auto configs = configsOf(checkpoint.shape, "bfloat16");
    const auto components = outlineOf(configs);
    if (!components)
        return components.error();
    std::uint64_t bytes = 0;
    std::map<std::string, std::vector<PlannedTensor>> plans;
    for (const Component &component : *components)
        bytes += storedBytes(plans[component.name()] = planOf(component, checkpoint));

    auto made = CheckpointFolder::create(folder, bytes);
    if (!made)
        return made.error();
    for (const auto &[file, config] : configs)
        if (auto written = made->write(file, config.dump(2) + "\n"); !written)
            return written.error();
    if (auto copied = copyTokenizer(checkpoint.tokenizerFolder, *made); !copied)
        return copied.error();
    if (checkpoint.format)
        if (auto written = made->write("quantised.json", provenance(checkpoint)); !written)
            return written.error();
    if (auto written = made->writeTensors(plans, checkpoint.progress); !written)
        return written.error();
    if (auto committed = made->commit(); !committed)
        return committed.error();
    return bytes;
}

} // namespace fastcar
