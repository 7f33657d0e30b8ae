// SPDX-License-Identifier: Apache-2.0
#include "engine/quality/loaded_run.h"

#include "engine/decode/code_pictures.h"
#include "engine/quality/recorded_run.h"
#include "engine/quality/run_pictures.h"

#include <algorithm>
#include <utility>

namespace fastcar {

namespace {

Error readingStopped()
{
    return {ErrorKind::Cancelled, "The run was not read to its end."};
}

/// Is `model` the one that made the trace? An older trace may not say.
Result<void> checkModel(const Trace &trace, const Model &model)
{
    const std::string &wanted = trace.settings().modelDigest;
    if (wanted.empty())
        return {};
    const auto digest = model.checkpoint->digest();
    if (!digest)
        return digest.error();
    if (*digest == wanted)
        return {};
    return Error{ErrorKind::BadInput, "The codes are of the model with the digest " + wanted + "; '" +
                                          model.checkpoint->folder().string() + "' has " + *digest + "."};
}

/// The open one if it made the trace, otherwise the one in the folder that the trace names.
Result<Model> modelOf(const Trace &trace, const LoadOptions &options)
{
    if (options.model && checkModel(trace, *options.model))
        return *options.model;
    return Model::open(trace.settings().modelFolder);
}

Result<void> makePictures(LoadedRun &run, const LoadOptions &options)
{
    const auto model = modelOf(*run.trace, options);
    auto pictures = model ? picturesOf(*run.trace, *model, options.stop)
                          : Result<std::vector<std::vector<SharedFrame>>>(model.error());
    if (!pictures && pictures.error().kind == ErrorKind::Cancelled)
        return pictures.error();
    if (pictures) {
        run.videos = std::move(*pictures);
        run.notes.push_back("The pictures of '" + run.name + "' were made from its codes.");
    } else {
        run.notes.push_back("'" + run.name + "' has no pictures, and none could be made from its codes: " +
                            pictures.error().message);
    }
    return {};
}

Result<void> readPictures(LoadedRun &run, const RecordedRun &recorded, const LoadOptions &options)
{
    auto pictures = RunPictures::open(recorded);
    if (!pictures)
        return pictures.error();
    std::vector<SharedFrame> &frames = run.videos.emplace_back();
    std::size_t bytes = 0;
    for (;;) {
        if (options.stop.stop_requested())
            return readingStopped();
        auto frame = pictures->next();
        if (!frame)
            return frame.error();
        if (!*frame)
            return {};
        bytes += (*frame)->rgb.size();
        if (bytes > options.mostBytes) {
            run.notes.push_back("'" + run.name + "' is long: only its first " +
                                std::to_string(frames.size()) + " frames were read.");
            return {};
        }
        frames.push_back(std::move(*frame));
    }
}

} // namespace

const std::vector<SharedFrame> &LoadedRun::frames(int video) const
{
    static const std::vector<SharedFrame> none;
    return videos.empty() ? none : videos[std::min(static_cast<std::size_t>(video), videos.size() - 1)];
}

Result<std::vector<std::vector<SharedFrame>>> picturesOf(const Trace &trace, const Model &model,
                                                         std::stop_token stop)
{
    if (auto fits = checkModel(trace, model); !fits)
        return fits.error();
    const TraceShape &shape = trace.shape();
    ThreadPool pool;
    CodePictures pictures(model.checkpoint, pool);
    std::vector<std::int32_t> codes(static_cast<std::size_t>(shape.stride) *
                                    static_cast<std::size_t>(shape.depth));
    std::vector<std::vector<SharedFrame>> videos(static_cast<std::size_t>(shape.videos));
    for (int video = 0; video < shape.videos; ++video) {
        for (int frame = 0; frame < trace.tokens() / shape.stride; ++frame) {
            if (stop.stop_requested())
                return readingStopped();
            auto code = codes.begin();
            for (int position = 0; position < shape.stride; ++position)
                for (int depth = 0; depth < shape.depth; ++depth)
                    *code++ = trace.code(frame * shape.stride + position, video, depth);
            auto picture = pictures.decode({codes.data(), shape.stride, shape.depth});
            if (!picture)
                return picture.error();
            videos[static_cast<std::size_t>(video)].push_back(std::move(*picture));
        }
    }
    return videos;
}

Result<LoadedRun> loadRun(const std::filesystem::path &file, const LoadOptions &options)
{
    auto recorded = openRecordedRun(file);
    if (!recorded)
        return recorded.error();
    LoadedRun run;
    run.name = file.string();
    run.settings = recorded->settings;
    run.notes = recorded->notes;
    if (recorded->trace)
        run.trace = std::make_shared<const Trace>(std::move(*recorded->trace));
    Result<void> pictured;
    if (recorded->video) {
        run.exact = recorded->video->exact;
        run.framesPerSecond = recorded->video->framesPerSecond;
        pictured = readPictures(run, *recorded, options);
    } else if (!options.pictures.empty()) {
        run.videos = options.pictures;
    } else {
        pictured = makePictures(run, options);
    }
    if (!pictured)
        return pictured.error();
    return run;
}

} // namespace fastcar
