// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz_targets.h"

#include "engine/checkpoint/checkpoint.h"
#include "engine/tensor/npy.h"
#include "engine/text/prompt.h"

#include <fstream>
#include <iterator>

namespace fs = std::filesystem;
using namespace fastcar;

namespace {

std::string bytesOf(const fs::path &file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const fs::path &file, const std::string &bytes)
{
    fs::remove(file); // may be a link to the original
    std::ofstream(file, std::ios::binary) << bytes;
}

/// Keeps the compiler from leaving out what only reads.
void use(unsigned value)
{
    static volatile unsigned sink = 0;
    sink = sink + value;
}

void touch(std::span<const std::byte> bytes)
{
    unsigned sum = 0;
    for (std::byte byte : bytes)
        sum += std::to_integer<unsigned>(byte);
    use(sum);
}

/// A folder like `original` of links to its files.
void linkTree(const fs::path &original, const fs::path &copy)
{
    for (const fs::directory_entry &entry : fs::recursive_directory_iterator(original)) {
        const fs::path target = copy / fs::relative(entry.path(), original);
        if (entry.is_directory())
            fs::create_directories(target);
        else if (!fs::exists(fs::symlink_status(target)))
            fs::create_symlink(fs::absolute(entry.path()), target);
    }
}

std::size_t headOf(const std::string &name, const std::string &bytes)
{
    // A header of tensors, the whole of a text; of a vocabulary no part matters more than another.
    if (!name.ends_with(".safetensors") || bytes.size() < 8)
        return bytes.size();
    return 8 + static_cast<unsigned char>(bytes[0]) + 256u * static_cast<unsigned char>(bytes[1]);
}

class NumpyTarget : public FuzzTarget {
public:
    NumpyTarget(const fs::path &golden, const fs::path &folder)
        : file_(folder / "input.npz")
        , seeds_{bytesOf(golden / "vectors/greedy_dense.npy"), bytesOf(golden / "vectors/always.npz"),
                 bytesOf(golden / "vectors/sampler.npz"), deflated()}
    {
    }
    std::string name() const override { return "numpy"; }
    bool runOnce(Mutator &mutator) override
    {
        const std::string &seed = seeds_[mutator.below(seeds_.size())];
        std::string input = mutator.mutate(seed, 200);
        if (mutator.below(2) == 0 && input.size() > 100) {
            // A zip keeps its directory at the end.
            std::string tail = input.substr(input.size() - std::min<std::size_t>(input.size(), 600));
            input.resize(input.size() - tail.size());
            input += mutator.mutate(tail, tail.size());
        }
        write(file_, input);
        bool accepted = false;
        if (const auto array = readNpy(file_); array.ok()) {
            touch(array->data);
            accepted = true;
        }
        if (const auto arrays = readNpz(file_); arrays.ok()) {
            for (const auto &[name, array] : *arrays)
                touch(array.data);
            accepted = true;
        }
        return accepted;
    }

private:
    /// numpy.savez_compressed(a=numpy.arange(40, dtype="<i4") // 4)
    static std::string deflated()
    {
        static constexpr unsigned char bytes[] = {
            0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x00, 0x00, 0x08, 0x00, 0x00, 0x00, 0x21, 0x00, 0xdc, 0x05,
            0xbf, 0x1a, 0x5f, 0x00, 0x00, 0x00, 0x20, 0x01, 0x00, 0x00, 0x05, 0x00, 0x14, 0x00, 0x61, 0x2e,
            0x6e, 0x70, 0x79, 0x01, 0x00, 0x10, 0x00, 0x20, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x5f,
            0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x9b, 0xec, 0x17, 0xea, 0x1b, 0x10, 0xc9, 0xc8, 0x50,
            0xc6, 0x50, 0xad, 0x9e, 0x92, 0x5a, 0x9c, 0x5c, 0xa4, 0x6e, 0xa5, 0xa0, 0x6e, 0x93, 0x69, 0xa2,
            0xae, 0xa3, 0xa0, 0x9e, 0x96, 0x5f, 0x54, 0x52, 0x94, 0x98, 0x17, 0x9f, 0x5f, 0x94, 0x92, 0x0a,
            0x12, 0x77, 0x4b, 0xcc, 0x29, 0x4e, 0x05, 0x8a, 0x17, 0x67, 0x24, 0x16, 0xa4, 0x02, 0xf9, 0x1a,
            0x26, 0x06, 0x3a, 0x9a, 0x3a, 0x0a, 0xb5, 0x0a, 0xe4, 0x03, 0x2e, 0x06, 0x34, 0xc0, 0x88, 0x86,
            0x99, 0xd0, 0x30, 0x33, 0x1a, 0x66, 0x41, 0xc3, 0xac, 0x68, 0x98, 0x0d, 0x0d, 0xb3, 0xa3, 0x61,
            0x0e, 0x34, 0xcc, 0x89, 0x86, 0x01, 0x50, 0x4b, 0x01, 0x02, 0x14, 0x03, 0x14, 0x00, 0x00, 0x00,
            0x08, 0x00, 0x00, 0x00, 0x21, 0x00, 0xdc, 0x05, 0xbf, 0x1a, 0x5f, 0x00, 0x00, 0x00, 0x20, 0x01,
            0x00, 0x00, 0x05, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x80, 0x01,
            0x00, 0x00, 0x00, 0x00, 0x61, 0x2e, 0x6e, 0x70, 0x79, 0x50, 0x4b, 0x05, 0x06, 0x00, 0x00, 0x00,
            0x00, 0x01, 0x00, 0x01, 0x00, 0x33, 0x00, 0x00, 0x00, 0x96, 0x00, 0x00, 0x00, 0x00, 0x00,
        };
        return {reinterpret_cast<const char *>(bytes), sizeof bytes};
    }

    fs::path file_;
    std::vector<std::string> seeds_;
};

class CheckpointTarget : public FuzzTarget {
public:
    CheckpointTarget(const fs::path &golden, const fs::path &folder)
        : original_(golden / "checkpoint")
        , copy_(folder / "checkpoint")
    {
        linkTree(original_, copy_);
        for (const char *name :
             {"config.json", "llm/config.json", "mm_projector/config.json", "vision_tower/config.json",
              "llm/model.safetensors.index.json", "llm/model-00002-of-00003.safetensors",
              "mm_projector/model.safetensors", "vision_tower/model.safetensors"})
            seeds_.push_back({name, bytesOf(original_ / name)});
        seeds_.push_back(
            {"fastcar.json", R"({"name": "Tiny", "description": "d", "prompts": ["a", "b"], "frames": 8,
            "fps": 8, "sampling": {"temperature": 0.6, "top_k": 100, "top_p": 0.9, "cfg": 1.5},
            "tas_thresholds": {"official": {"20": [1, 2.5, -3, null], "80": [-1, -1, -1, -1]}}})"});
    }
    std::string name() const override { return "checkpoint"; }
    bool runOnce(Mutator &mutator) override
    {
        const Seed &seed = seeds_[mutator.below(seeds_.size())];
        write(copy_ / seed.name, mutator.mutate(seed.bytes, headOf(seed.name, seed.bytes)));
        const bool accepted = open(mutator);
        fs::remove(copy_ / seed.name);
        linkTree(original_, copy_);
        return accepted;
    }

private:
    struct Seed {
        std::string name;
        std::string bytes;
    };

    bool open(Mutator &mutator) const
    {
        const auto opened = Checkpoint::open(copy_);
        if (!opened)
            return false;
        for (const Checkpoint::TensorEntry &entry : (*opened)->tensors())
            touch({entry.view.data, entry.view.bytes()});
        if (mutator.below(16) == 0)
            use(static_cast<unsigned>((*opened)->digest()->size()));
        return true;
    }

    fs::path original_;
    fs::path copy_;
    std::vector<Seed> seeds_;
};

class TokenizerTarget : public FuzzTarget {
public:
    TokenizerTarget(const fs::path &golden, const fs::path &folder)
        : original_(golden / "checkpoint/llm")
        , copy_(folder / "tokenizer")
    {
        fs::create_directories(copy_);
        for (const char *name :
             {"tokenizer.model", "tokenizer.model", "added_tokens.json", "tokenizer_config.json"})
            seeds_.push_back({name, bytesOf(original_ / name)});
    }
    std::string name() const override { return "tokenizer"; }
    bool runOnce(Mutator &mutator) override
    {
        const std::size_t chosen = mutator.below(seeds_.size());
        for (std::size_t i = 0; i < seeds_.size(); ++i)
            if (seeds_[i].first != seeds_[chosen].first)
                write(copy_ / seeds_[i].first, seeds_[i].second);
        const std::string &seed = seeds_[chosen].second;
        write(copy_ / seeds_[chosen].first, mutator.mutate(seed, seed.size()));
        const auto opened = Tokenizer::open(copy_);
        if (!opened)
            return false;
        for (const char *text :
             {"A red kite glides past a quiet harbor at dawn.", "\xe6\x9d\xb1 \xf0\x9f\x8e\x88 x",
              "<s><vi_start> <unk>  a\tb", "\xff\xfe\x80 not UTF-8"})
            use(static_cast<unsigned>(opened->encode(text).size()));
        if (const auto ids = encodePrompt(*opened, "a cat on a beach"); ids.ok())
            for (int id : ids->conditional)
                use(static_cast<unsigned>(opened->piece(id).size()));
        return true;
    }

private:
    fs::path original_;
    fs::path copy_;
    std::vector<std::pair<std::string, std::string>> seeds_;
};

class PromptTarget : public FuzzTarget {
public:
    explicit PromptTarget(const fs::path &golden)
        : tokenizer_(Tokenizer::open(golden / "checkpoint/llm"))
    {
    }
    std::string name() const override { return "prompt"; }
    bool runOnce(Mutator &mutator) override
    {
        static const std::string seed =
            "A red <b>kite</b> \xe6\x9d\xb1\xe4\xba\xac \xf0\x9f\x8e\x88 <vi_start  \xe2\x96\x81 past "
            "\xc2\xa0 \xe3\x80\x80 a quiet harbor\n\tat 1234 \"dawn\".";
        const auto ids = encodePrompt(*tokenizer_, mutator.mutate(seed, seed.size()));
        return ids.ok();
    }

private:
    Result<Tokenizer> tokenizer_;
};

} // namespace

std::vector<std::unique_ptr<FuzzTarget>> makeFuzzTargets(const fs::path &golden, const fs::path &folder)
{
    std::vector<std::unique_ptr<FuzzTarget>> targets;
    targets.push_back(std::make_unique<NumpyTarget>(golden, folder));
    targets.push_back(std::make_unique<CheckpointTarget>(golden, folder));
    targets.push_back(std::make_unique<TokenizerTarget>(golden, folder));
    targets.push_back(std::make_unique<PromptTarget>(golden));
    return targets;
}
