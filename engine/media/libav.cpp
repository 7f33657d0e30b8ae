// SPDX-License-Identifier: Apache-2.0
#include "engine/media/libav.h"

#include "engine/base/file_bytes.h"
#include "engine/media/png_chunks.h"

#include <spdlog/spdlog.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <mutex>

namespace fastcar::libav {

namespace {

void logLine(void *context, int level, const char *format, va_list arguments)
{
    if (level > AV_LOG_VERBOSE)
        return;
    const std::shared_ptr<spdlog::logger> logger = spdlog::get("media");
    if (!logger || !logger->should_log(spdlog::level::debug))
        return;
    thread_local int startOfLine = 1;
    std::array<char, 1024> line{};
    av_log_format_line2(context, level, format, arguments, line.data(), static_cast<int>(line.size()),
                        &startOfLine);
    std::string_view text(line.data());
    while (text.ends_with('\n'))
        text.remove_suffix(1);
    if (!text.empty())
        logger->debug("{}", text);
}

/// Pictures by what they hold: libav's guess by the name would take "%" in it for a pattern of many files.
const AVInputFormat *pictureFormat(const std::filesystem::path &file)
{
    std::ifstream stream(file, std::ios::binary);
    std::array<char, 64> head{}; // the signature, IHDR, and the type of the chunk behind it
    stream.read(head.data(), static_cast<std::streamsize>(head.size()));
    const std::string_view bytes(head.data(), static_cast<std::size_t>(stream.gcount()));
    if (!bytes.starts_with(pngSignature))
        return nullptr;
    return av_find_input_format(isAnimatedPng(file) ? "apng" : "png_pipe");
}

} // namespace

std::string Dictionary::firstKey() const
{
    const AVDictionaryEntry *entry = av_dict_get(entries_, "", nullptr, AV_DICT_IGNORE_SUFFIX);
    return entry ? entry->key : "";
}

void routeLog()
{
    static std::once_flag once;
    std::call_once(once, [] { av_log_set_callback(logLine); });
}

std::string url(const std::filesystem::path &file)
{
    return "file:" + file.string();
}

Error error(std::string_view what, int code)
{
    std::array<char, AV_ERROR_MAX_STRING_SIZE> words{};
    av_strerror(code, words.data(), words.size());
    return {code == AVERROR_INVALIDDATA ? ErrorKind::Corrupt : ErrorKind::Unsupported,
            std::string(what) + ": " + words.data() + "."};
}

Error fileError(std::string_view verb, const std::filesystem::path &file, int code)
{
    // The operating system's codes are small; libav's own are made of four letters.
    if (code < 0 && code > -4096)
        return systemError(verb, file, AVUNERROR(code));
    return error("Cannot " + std::string(verb) + " '" + file.string() + "'", code);
}

Result<InputPtr> openInput(const std::filesystem::path &file)
{
    routeLog();
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        return Error{ErrorKind::NotFound, "There is no file '" + file.string() + "'."};
    if (!std::filesystem::is_regular_file(file, ignored))
        return Error{ErrorKind::BadInput, "'" + file.string() + "' is not a file."};
    Dictionary options;
    options.set("protocol_whitelist", "file");
    AVFormatContext *opened = nullptr;
    int code = avformat_open_input(&opened, url(file).c_str(), pictureFormat(file), options.address());
    InputPtr input(opened);
    if (code >= 0)
        code = avformat_find_stream_info(input.get(), nullptr);
    if (code == AVERROR_INVALIDDATA)
        return error("'" + file.string() + "' is no video or picture that can be read", code);
    if (code < 0)
        return fileError("read", file, code);
    return input;
}

Result<AVStream *> videoStream(AVFormatContext &input, const std::filesystem::path &file)
{
    const int index = av_find_best_stream(&input, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (index < 0)
        return Error{ErrorKind::Unsupported, "'" + file.string() + "' holds no video."};
    return input.streams[index];
}

} // namespace fastcar::libav
