// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/component.h"

#include "engine/base/json_document.h"

#include <set>

namespace fastcar {

namespace {

constexpr const char *singleFile = "model.safetensors";
constexpr const char *indexFile = "model.safetensors.index.json";
constexpr std::size_t maxShards = 1000;

/// A name within the folder, and nothing that leads out of it.
bool isPlainName(const std::string &name)
{
    return name.size() <= 255 && name.ends_with(".safetensors") && name.find('/') == std::string::npos &&
           name.find('\\') == std::string::npos && name.find('\0') == std::string::npos;
}

} // namespace

Result<Component> Component::open(const std::filesystem::path &root, const std::string &name)
{
    Component component;
    component.name_ = name;
    const std::filesystem::path folder = root / name;
    component.folder_ = folder.string();
    std::error_code code;
    if (!std::filesystem::is_directory(folder, code))
        return Error{ErrorKind::NotFound,
                     "There is no folder " + folder.string() +
                         "; a VILA-U checkpoint has llm, mm_projector and vision_tower."};
    Result<void> added;
    if (std::filesystem::exists(folder / singleFile, code))
        added = component.addFile(root, name + "/" + singleFile);
    else if (std::filesystem::exists(folder / indexFile, code))
        added = component.addShards(root, name + "/" + indexFile);
    else
        added =
            Error{ErrorKind::NotFound,
                  folder.string() + " holds neither " + singleFile + " nor " + indexFile +
                      ". Weights in other formats (pytorch_model.bin) must be saved as safetensors first."};
    if (!added)
        return added.error();
    return component;
}

Component Component::outline(const std::string &name)
{
    Component component;
    component.name_ = name;
    component.folder_ = name;
    component.outline_ = true;
    return component;
}

TensorView Component::note(const std::string &tensor, const Shape &shape)
{
    static constexpr std::byte nothing{};
    const TensorView view{.data = &nothing, .type = DType::BF16, .shape = shape};
    // A codebook that is shared is asked for once a depth.
    if (byName_.emplace(tensor, tensors_.size()).second)
        tensors_.push_back({name_, tensor, "", view, true});
    return view;
}

Result<void> Component::addFile(const std::filesystem::path &root, const std::string &file)
{
    Result<SafetensorsFile> opened = SafetensorsFile::open(root / file);
    if (!opened)
        return opened.error();
    for (const SafetensorsFile::Entry &entry : opened->entries()) {
        const auto [existing, isNew] = byName_.emplace(entry.name, tensors_.size());
        if (!isNew)
            return Error{ErrorKind::Corrupt, (root / file).string() + ": tensor " + entry.name +
                                                 " is also in " + tensors_[existing->second].file + "."};
        tensors_.push_back({name_, entry.name, file, entry.view, false});
    }
    files_.push_back({file, std::move(*opened).takeMapping()});
    return {};
}

Result<void> Component::addShards(const std::filesystem::path &root, const std::string &index)
{
    const std::string indexName = (root / index).string();
    Result<MappedFile> mapping = MappedFile::open(root / index);
    if (!mapping)
        return mapping.error();
    const Result<nlohmann::json> document = parseJsonObject(mapping->text(), indexName);
    if (!document)
        return document.error();
    files_.push_back({index, std::move(*mapping)});
    std::optional<Error> error;
    const JsonFields map = JsonFields(*document, indexName, error).object("weight_map");
    std::set<std::string> shards;
    for (const auto &[tensor, shard] : map.raw().items()) {
        const std::string name = shard.is_string() ? shard.get<std::string>() : std::string();
        if (!isPlainName(name))
            return Error{ErrorKind::Corrupt,
                         indexName + ": tensor " + tensor + " is said to be in " + brief(shard) +
                             "; the plain name of a .safetensors file in the same folder expected."};
        shards.insert(name);
    }
    if (error)
        return *error;
    if (shards.empty() || shards.size() > maxShards)
        return Error{ErrorKind::Corrupt, indexName + " lists " + std::to_string(shards.size()) +
                                             " files; 1 to " + std::to_string(maxShards) + " expected."};
    for (const std::string &shard : shards)
        if (Result<void> added = addFile(root, name_ + "/" + shard); !added)
            return Error{added.error().kind, added.error().message + " (" + indexName + " lists it.)"};
    for (const auto &[tensor, shard] : map.raw().items()) {
        const Checkpoint::TensorEntry *entry = find(tensor);
        const std::string expected = name_ + "/" + shard.get<std::string>();
        if (!entry || entry->file != expected)
            return Error{ErrorKind::Corrupt,
                         indexName + ": tensor " + tensor + " is said to be in " + expected + ", but it is " +
                             (entry ? "in " + entry->file : std::string("in none of the files")) + "."};
    }
    return {};
}

const Checkpoint::TensorEntry *Component::find(const std::string &tensor) const
{
    const auto found = byName_.find(tensor);
    return found == byName_.end() ? nullptr : &tensors_[found->second];
}

const Checkpoint::TensorEntry *Component::use(const std::string &tensor)
{
    const auto found = byName_.find(tensor);
    if (found == byName_.end())
        return nullptr;
    tensors_[found->second].used = true;
    return &tensors_[found->second];
}

} // namespace fastcar
