// SPDX-License-Identifier: Apache-2.0
//
// What of a SentencePiece file is let near the library. Models of Llama's kind pair bytes (BPE) and leave the
// text as it is (identity). The library's normalisation tables ("precompiled_charsmap") are memory offsets
// that it follows unchecked, so a model with one is refused before it is loaded.
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>

namespace fastcar {

/// `bytes` is a serialised sentencepiece.ModelProto, `file` its name for the error.
Result<void> checkSentenceModel(std::string_view bytes, const std::string &file);

} // namespace fastcar
