// SPDX-License-Identifier: Apache-2.0
#include "engine/quality/recorded_run.h"

#include "engine/trace/trace_file.h"

#include <nlohmann/json.hpp>

namespace fastcar {

namespace {

/// Of one run: a trace may say more of where it went on than a video that was written before.
bool sameRun(RunSettings a, RunSettings b)
{
    a.continued.clear();
    b.continued.clear();
    return a == b;
}

/// What the file says of its pictures, by a word that is no setting of the run.
std::string wordOnPictures(const std::string &settingsJson)
{
    const auto document = nlohmann::json::parse(settingsJson, nullptr, false);
    const auto found = document.is_object() ? document.find("pictures") : document.end();
    return document.is_object() && found != document.end() && found->is_string() ? found->get<std::string>()
                                                                                 : std::string();
}

void notePictures(RecordedRun &run)
{
    if (run.pictures == "contact_sheet")
        run.notes.push_back("'" + run.file.string() + "' is a contact sheet: one picture of many frames.");
    else if (!run.pictures.empty())
        run.notes.push_back("The pictures of '" + run.file.string() +
                            "' were exported with an overlay, which is part of every figure.");
}

/// What is compared is then less than was made.
void takeTrace(RecordedRun &run, const std::filesystem::path &file, ReadTrace read)
{
    if (read.extent.ending == TraceEnding::Damaged)
        run.notes.push_back("'" + file.string() + "' is damaged behind token " +
                            std::to_string(read.trace.tokens()) + ": what stands behind it is left out.");
    run.traceFile = file;
    run.settings = read.trace.settings();
    run.trace = std::move(read.trace);
}

void takeTraceBeside(RecordedRun &run)
{
    std::filesystem::path beside = run.file;
    beside.replace_extension(".fctrace");
    std::error_code ignored;
    if (!std::filesystem::exists(beside, ignored))
        return;
    const auto passOver = [&](const std::string &why) {
        run.notes.push_back("'" + beside.string() + "', beside '" + run.file.string() +
                            "', is passed over: " + why);
    };
    auto read = readTraceAndExtent(beside);
    if (!read)
        return passOver(read.error().message);
    if (!run.settings || !sameRun(*run.settings, read->trace.settings()))
        return passOver("it is of another run, by the settings in the video.");
    takeTrace(run, beside, std::move(*read));
}

} // namespace

Result<RecordedRun> openRecordedRun(const std::filesystem::path &file)
{
    RecordedRun run;
    run.file = file;
    if (isTraceFile(file)) {
        auto read = readTraceAndExtent(file);
        if (!read)
            return read.error();
        takeTrace(run, file, std::move(*read));
        return run;
    }
    auto info = inspectVideo(file);
    if (!info)
        return info.error();
    if (!info->settingsJson.empty()) {
        auto settings = runSettingsFromJson(info->settingsJson);
        if (settings)
            run.settings = std::move(*settings);
        else
            run.notes.push_back("The settings in '" + file.string() +
                                "' cannot be read: " + settings.error().message);
        run.pictures = wordOnPictures(info->settingsJson);
        notePictures(run);
    }
    run.video = std::move(*info);
    takeTraceBeside(run);
    return run;
}

} // namespace fastcar
