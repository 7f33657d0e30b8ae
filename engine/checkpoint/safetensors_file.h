// SPDX-License-Identifier: Apache-2.0
//
// One .safetensors file: 8 bytes of length, a JSON header of that length, the tensors' bytes. open() reads
// the header only and checks all of it: every tensor's bytes lie in the file, are as many as shape and type
// say, follow one another without gap or overlap, and the last ends where the file does.
#pragma once

#include "engine/base/result.h"
#include "engine/checkpoint/mapped_file.h"
#include "engine/tensor/tensor.h"

#include <string>
#include <vector>

namespace fastcar {

class SafetensorsFile {
public:
    struct Entry {
        std::string name;
        TensorView view; // into the mapping
    };

    static Result<SafetensorsFile> open(const std::filesystem::path &file);

    /// In the order of their bytes.
    const std::vector<Entry> &entries() const { return entries_; }
    /// Gives the mapping away; the views stay good as long as that lives.
    MappedFile takeMapping() && { return std::move(mapping_); }

private:
    explicit SafetensorsFile(MappedFile mapping);

    MappedFile mapping_;
    std::vector<Entry> entries_;
};

} // namespace fastcar
