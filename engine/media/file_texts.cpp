// SPDX-License-Identifier: Apache-2.0
#include "engine/media/file_texts.h"

#include "engine/base/file_bytes.h"
#include "engine/media/gif_comments.h"
#include "engine/media/png_chunks.h"

#include <string_view>

namespace fastcar {

namespace {

constexpr const char *titleKey = "title";
constexpr const char *commentKey = "comment"; // the settings once more, where common tools show them
constexpr const char *settingsKey = "fastcar_settings";
// The PNG specification's own keywords for the same.
constexpr const char *pngTitleKey = "Title";
constexpr const char *pngCommentKey = "Comment";

std::string valueOf(AVDictionary *tags, const char *key)
{
    const AVDictionaryEntry *entry = av_dict_get(tags, key, nullptr, 0);
    return entry ? entry->value : "";
}

void takeGifComment(std::string_view comment, FileTexts &texts)
{
    const std::size_t equals = comment.find('=');
    if (equals == std::string_view::npos)
        return;
    if (comment.substr(0, equals) == titleKey)
        texts.title = comment.substr(equals + 1);
    else if (comment.substr(0, equals) == settingsKey)
        texts.settingsJson = comment.substr(equals + 1);
}

FileTexts textsOfBytes(const std::vector<std::uint8_t> &bytes, bool gif)
{
    FileTexts texts;
    if (gif) {
        for (const std::string &comment : readGifComments(bytes))
            takeGifComment(comment, texts);
        return texts;
    }
    for (PngText &text : readPngTexts(bytes)) {
        if (text.keyword == pngTitleKey)
            texts.title = std::move(text.text);
        else if (text.keyword == settingsKey)
            texts.settingsJson = std::move(text.text);
    }
    return texts;
}

} // namespace

std::vector<std::pair<std::string, std::string>> containerTags(const FileTexts &texts)
{
    std::vector<std::pair<std::string, std::string>> tags;
    if (!texts.title.empty())
        tags.emplace_back(titleKey, texts.title);
    if (!texts.settingsJson.empty()) {
        tags.emplace_back(commentKey, texts.settingsJson);
        tags.emplace_back(settingsKey, texts.settingsJson);
    }
    return tags;
}

Result<void> embedTexts(PendingFile &file, const VideoFormat &format, const FileTexts &texts)
{
    if (format.texts == TextPlace::ContainerTags || (texts.title.empty() && texts.settingsJson.empty()))
        return {};
    auto bytes = readBytes(file.temporary());
    if (!bytes)
        return bytes.error();
    Result<void> inserted;
    if (format.texts == TextPlace::GifComments) {
        std::vector<std::string> comments;
        if (!texts.title.empty())
            comments.push_back(std::string(titleKey) + "=" + texts.title);
        if (!texts.settingsJson.empty())
            comments.push_back(std::string(settingsKey) + "=" + texts.settingsJson);
        inserted = insertGifComments(*bytes, comments);
    } else {
        std::vector<PngText> chunks;
        if (!texts.title.empty())
            chunks.push_back({pngTitleKey, texts.title});
        if (!texts.settingsJson.empty()) {
            chunks.push_back({pngCommentKey, texts.settingsJson});
            chunks.push_back({settingsKey, texts.settingsJson});
        }
        inserted = insertPngTexts(*bytes, chunks);
    }
    if (inserted)
        inserted = file.restart();
    return inserted ? file.write(std::as_bytes(std::span(*bytes))) : inserted;
}

FileTexts readTexts(AVFormatContext &input, const std::filesystem::path &file)
{
    const std::string_view container = input.iformat->name;
    const bool gif = container == "gif";
    if (gif || container == "apng" || container == "png_pipe") {
        const auto bytes = readBytes(file);
        return bytes ? textsOfBytes(*bytes, gif) : FileTexts{};
    }
    return {valueOf(input.metadata, titleKey), valueOf(input.metadata, settingsKey)};
}

} // namespace fastcar
