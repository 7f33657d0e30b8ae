// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/checkpoint.h"

#include "engine/base/json_document.h"
#include "engine/base/sha256.h"
#include "engine/checkpoint/bind_weights.h"
#include "engine/checkpoint/component.h"
#include "engine/checkpoint/model_config_parser.h"
#include "engine/checkpoint/model_defaults.h"

#include <algorithm>
#include <functional>
#include <mutex>

namespace fastcar {

namespace {

constexpr const char *tokenizerFiles[] = {"llm/tokenizer.model", "llm/added_tokens.json",
                                          "llm/tokenizer_config.json", "llm/special_tokens_map.json"};

using Files = std::vector<Component::File>;

/// A multiple of every page.
constexpr std::size_t digestPiece = std::size_t{16} << 20;

/// Maps a file and keeps it for the digest. Nothing if it is not there.
Result<const MappedFile *> keep(const std::filesystem::path &root, const std::string &name, Files &files)
{
    Result<MappedFile> mapping = MappedFile::open(root / name);
    if (!mapping && mapping.error().kind == ErrorKind::NotFound)
        return nullptr;
    if (!mapping)
        return mapping.error();
    files.push_back({name, std::move(*mapping)});
    return &files.back().mapping;
}

/// A component's config: its own file, or else the field of the root's config.
Result<ConfigSource> readConfig(const std::filesystem::path &root, const ConfigSource &rootConfig,
                                const std::string &component, const std::string &field, Files &files)
{
    const std::string name = component + "/config.json";
    const Result<const MappedFile *> mapping = keep(root, name, files);
    if (!mapping)
        return mapping.error();
    if (*mapping) {
        const std::string where = (root / name).string();
        Result<nlohmann::json> json = parseJsonObject((*mapping)->text(), where);
        if (!json)
            return json.error();
        return ConfigSource{std::move(*json), where};
    }
    const auto inRoot = rootConfig.json.find(field);
    if (inRoot == rootConfig.json.end() || !inRoot->is_object())
        return Error{ErrorKind::NotFound, "There is neither " + (root / name).string() + " nor an object " +
                                              field + " in " + rootConfig.where + "."};
    return ConfigSource{*inRoot, rootConfig.where + ": " + field};
}

Result<ConfigSources> readConfigs(const std::filesystem::path &root, Files &files)
{
    const std::string where = (root / "config.json").string();
    const Result<const MappedFile *> mapping = keep(root, "config.json", files);
    if (!mapping)
        return mapping.error();
    if (!*mapping)
        return Error{ErrorKind::NotFound, "There is no file " + where +
                                              "; is this the root folder of a VILA-U checkpoint, with llm, "
                                              "mm_projector and vision_tower in it?"};
    Result<nlohmann::json> json = parseJsonObject((*mapping)->text(), where);
    if (!json)
        return json.error();
    ConfigSources sources;
    sources.root = {std::move(*json), where};
    Result<ConfigSource> llm = readConfig(root, sources.root, "llm", "llm_cfg", files);
    if (!llm)
        return llm.error();
    Result<ConfigSource> projector =
        readConfig(root, sources.root, "mm_projector", "mm_projector_cfg", files);
    if (!projector)
        return projector.error();
    Result<ConfigSource> vision = readConfig(root, sources.root, "vision_tower", "vision_tower_cfg", files);
    if (!vision)
        return vision.error();
    sources.llm = std::move(*llm);
    sources.projector = std::move(*projector);
    sources.vision = std::move(*vision);
    return sources;
}

Result<ModelDefaults> readDefaults(const std::filesystem::path &root, int layers)
{
    const Result<nlohmann::json> json = readJsonObject(root / "fastcar.json");
    if (!json && json.error().kind == ErrorKind::NotFound)
        return ModelDefaults{};
    if (!json)
        return json.error();
    return parseModelDefaults(*json, (root / "fastcar.json").string(), layers);
}

Result<std::optional<Quantisation>> readQuantisation(const std::filesystem::path &root, Files &files)
{
    const Result<const MappedFile *> mapping = keep(root, "quantised.json", files);
    if (!mapping)
        return mapping.error();
    if (!*mapping)
        return std::optional<Quantisation>();
    const std::string where = (root / "quantised.json").string();
    const Result<nlohmann::json> json = parseJsonObject((*mapping)->text(), where);
    if (!json)
        return json.error();
    std::optional<Error> error;
    JsonFields fields(*json, where, error);
    fields.integer("quantised", 1, 1);
    const std::string format = fields.textOr("format", "");
    Quantisation quantisation{.sourceDigest = fields.textOr("source_digest", "")};
    if (const std::optional<NarrowFormat> known = narrowFormatOf(format))
        quantisation.format = *known;
    else
        fields.complain("format", format, "\"int8\" or \"int4\"");
    const std::string &digest = quantisation.sourceDigest;
    if (digest.size() != 64 || digest.find_first_not_of("0123456789abcdef") != std::string::npos)
        fields.complain("source_digest", digest, "a SHA-256, 64 digits of 0-9 and a-f,");
    if (error)
        return *error;
    return std::optional(std::move(quantisation));
}

Result<std::filesystem::path> findRoot(const std::filesystem::path &folder)
{
    std::error_code code;
    if (!std::filesystem::is_directory(folder, code))
        return Error{ErrorKind::NotFound,
                     "There is no folder " + folder.string() +
                         "; a checkpoint is a folder with config.json, llm, mm_projector and "
                         "vision_tower in it."};
    return std::filesystem::is_directory(folder / "model", code) ? folder / "model" : folder;
}

} // namespace

struct Checkpoint::Impl {
    std::filesystem::path root;
    ModelConfig config;
    ModelWeights weights;
    ModelDefaults defaults;
    std::optional<Quantisation> quantisation;
    std::vector<TensorEntry> tensors;
    Files files; // sorted by name; all that the digest covers
    mutable std::mutex digestMutex;
    mutable std::string digest;
};

Checkpoint::Checkpoint()
    : impl_(std::make_unique<Impl>())
{
}

Checkpoint::~Checkpoint() = default;

Result<std::shared_ptr<const Checkpoint>> Checkpoint::open(const std::filesystem::path &folder)
{
    const Result<std::filesystem::path> root = findRoot(folder);
    if (!root)
        return root.error();
    std::shared_ptr<Checkpoint> checkpoint(new Checkpoint);
    Impl &impl = *checkpoint->impl_;
    impl.root = *root;
    const Result<ConfigSources> sources = readConfigs(*root, impl.files);
    if (!sources)
        return sources.error();
    Result<ModelConfig> config = parseModelConfig(*sources);
    if (!config)
        return config.error();
    impl.config = std::move(*config);

    std::vector<Component> components;
    for (const char *name : {"llm", "mm_projector", "vision_tower"}) {
        Result<Component> component = Component::open(*root, name);
        if (!component)
            return component.error();
        components.push_back(std::move(*component));
    }
    Result<ModelWeights> weights = bindWeights(impl.config, components[0], components[1], components[2]);
    if (!weights)
        return weights.error();
    impl.weights = std::move(*weights);
    for (Component &component : components) {
        impl.tensors.insert(impl.tensors.end(), component.tensors().begin(), component.tensors().end());
        for (Component::File &file : component.takeFiles())
            impl.files.push_back(std::move(file));
    }

    Result<ModelDefaults> defaults = readDefaults(*root, impl.config.backbone.layers);
    if (!defaults)
        return defaults.error();
    impl.defaults = std::move(*defaults);
    Result<std::optional<Quantisation>> quantisation = readQuantisation(*root, impl.files);
    if (!quantisation)
        return quantisation.error();
    impl.quantisation = std::move(*quantisation);
    for (const char *name : tokenizerFiles)
        if (const Result<const MappedFile *> kept = keep(*root, name, impl.files); !kept)
            return kept.error();
    std::sort(impl.files.begin(), impl.files.end(),
              [](const Component::File &a, const Component::File &b) { return a.name < b.name; });
    return std::shared_ptr<const Checkpoint>(std::move(checkpoint));
}

const std::filesystem::path &Checkpoint::folder() const
{
    return impl_->root;
}

const ModelConfig &Checkpoint::config() const
{
    return impl_->config;
}

const ModelWeights &Checkpoint::weights() const
{
    return impl_->weights;
}

const ModelDefaults &Checkpoint::defaults() const
{
    return impl_->defaults;
}

const std::optional<Quantisation> &Checkpoint::quantisation() const
{
    return impl_->quantisation;
}

std::filesystem::path Checkpoint::tokenizerFolder() const
{
    return impl_->root / "llm";
}

const std::vector<Checkpoint::TensorEntry> &Checkpoint::tensors() const
{
    return impl_->tensors;
}

void Checkpoint::releasePages(const TensorView &tensor) const
{
    const auto within = [&](const Component::File &file) {
        const std::span<const std::byte> bytes = file.mapping.bytes();
        return !std::less<>()(tensor.data, bytes.data()) &&
               !std::less<>()(bytes.data() + bytes.size(), tensor.data + tensor.bytes());
    };
    const auto file = std::ranges::find_if(impl_->files, within);
    if (tensor && file != impl_->files.end())
        file->mapping.release({tensor.data, tensor.bytes()});
}

Result<std::string> Checkpoint::digest() const
{
    const std::lock_guard lock(impl_->digestMutex);
    if (impl_->digest.empty()) {
        Sha256 sha;
        for (const Component::File &file : impl_->files) {
            // The length in front of the content keeps two different sets of files from reading alike.
            sha.add(file.name + '\0' + std::to_string(file.mapping.bytes().size()) + '\0');
            const std::span<const std::byte> bytes = file.mapping.bytes();
            for (std::size_t begin = 0; begin < bytes.size(); begin += digestPiece) {
                const auto piece = bytes.subspan(begin, std::min(digestPiece, bytes.size() - begin));
                sha.add(piece);
                file.mapping.release(piece);
            }
        }
        impl_->digest = sha.hex();
    }
    return impl_->digest;
}

} // namespace fastcar
