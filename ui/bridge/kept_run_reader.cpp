// SPDX-License-Identifier: Apache-2.0
#include "ui/bridge/kept_run_reader.h"

#include "ui/models/engine_words.h"

namespace fastcar::ui {

namespace {

Result<KeptRunContent> contentOf(const std::filesystem::path &folder, RunId run)
{
    const auto library = Library::openToRead(folder);
    if (!library)
        return library.error();
    auto entry = library->entry(run);
    if (!entry)
        return entry.error();
    auto trace = library->trace(run);
    if (!trace)
        return trace.error();
    auto frames = library->frames(*entry);
    return KeptRunContent{
        .entry = std::move(*entry), .trace = std::move(*trace), .frames = std::move(frames)};
}

} // namespace

void KeptRunReader::read(RunId run)
{
    if (job_.running())
        next_ = run;
    else
        start(run);
}

void KeptRunReader::start(RunId run)
{
    job_.start(
        this, [folder = folder_, run] { return contentOf(folder, run); },
        [this, run](Result<KeptRunContent> content) {
            if (next_) {
                start(*std::exchange(next_, {}));
                return;
            }
            if (content)
                emit done(*content);
            else
                emit failed(run, engineWords(content.error()));
        });
}

} // namespace fastcar::ui
