// SPDX-License-Identifier: Apache-2.0
#include "engine/media/gif_comments.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace fastcar {

namespace {

constexpr std::uint8_t extensionIntroducer = 0x21;
constexpr std::uint8_t commentLabel = 0xfe;
constexpr std::uint8_t imageSeparator = 0x2c;
constexpr std::uint8_t trailer = 0x3b;
constexpr std::size_t subBlockLimit = 255;

/// Walks over the blocks of a GIF file; every step checks against the bytes that are there.
class GifBlocks {
public:
    explicit GifBlocks(std::span<const std::uint8_t> gif)
        : gif_(gif)
    {
        const std::string_view signature(reinterpret_cast<const char *>(gif.data()),
                                         std::min<std::size_t>(gif.size(), 6));
        if ((signature == "GIF89a" || signature == "GIF87a") && gif.size() >= 13)
            offset_ = 13 + colourTableBytes(gif[10]);
        else
            offset_ = gif.size();
    }

    std::size_t offset() const { return offset_; }
    bool atTrailer() const { return offset_ < gif_.size() && gif_[offset_] == trailer; }

    /// Goes to the next block. `comment` receives the text if the one passed was a comment. False: no further
    /// block.
    bool next(std::optional<std::string> &comment)
    {
        comment.reset();
        if (offset_ >= gif_.size())
            return false;
        if (gif_[offset_] == extensionIntroducer && offset_ + 2 <= gif_.size() - 1) {
            const bool isComment = gif_[offset_ + 1] == commentLabel;
            offset_ += 2;
            std::string text;
            if (!passSubBlocks(isComment ? &text : nullptr))
                return false;
            if (isComment)
                comment = std::move(text);
            return true;
        }
        if (gif_[offset_] == imageSeparator && gif_.size() - offset_ > 11) {
            offset_ += 10 + colourTableBytes(gif_[offset_ + 9]) + 1; // descriptor, table, LZW code size
            return passSubBlocks(nullptr);
        }
        return false;
    }

private:
    static std::size_t colourTableBytes(std::uint8_t flags)
    {
        return flags & 0x80 ? std::size_t{3} << ((flags & 7) + 1) : 0;
    }

    bool passSubBlocks(std::string *text)
    {
        while (offset_ < gif_.size()) {
            const std::size_t length = gif_[offset_++];
            if (length == 0)
                return true;
            if (length > gif_.size() - offset_)
                break;
            if (text)
                text->append(reinterpret_cast<const char *>(gif_.data() + offset_), length);
            offset_ += length;
        }
        offset_ = gif_.size();
        return false;
    }

    std::span<const std::uint8_t> gif_;
    std::size_t offset_ = 0;
};

void appendComment(std::vector<std::uint8_t> &bytes, std::string_view text)
{
    bytes.push_back(extensionIntroducer);
    bytes.push_back(commentLabel);
    for (; !text.empty(); text.remove_prefix(std::min(text.size(), subBlockLimit))) {
        const std::string_view part = text.substr(0, subBlockLimit);
        bytes.push_back(static_cast<std::uint8_t>(part.size()));
        bytes.insert(bytes.end(), part.begin(), part.end());
    }
    bytes.push_back(0);
}

} // namespace

Result<void> insertGifComments(std::vector<std::uint8_t> &gif, std::span<const std::string> comments)
{
    GifBlocks blocks(gif);
    std::optional<std::string> passed;
    while (blocks.next(passed)) {
    }
    if (!blocks.atTrailer())
        return Error{ErrorKind::Corrupt,
                     "An animation that was to carry the settings is not a whole GIF file."};
    std::vector<std::uint8_t> extensions;
    for (const std::string &comment : comments)
        appendComment(extensions, comment);
    gif.insert(gif.begin() + static_cast<std::ptrdiff_t>(blocks.offset()), extensions.begin(),
               extensions.end());
    return {};
}

std::vector<std::string> readGifComments(std::span<const std::uint8_t> gif)
{
    std::vector<std::string> comments;
    GifBlocks blocks(gif);
    std::optional<std::string> comment;
    while (blocks.next(comment))
        if (comment)
            comments.push_back(std::move(*comment));
    return comments;
}

} // namespace fastcar
