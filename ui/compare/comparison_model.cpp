// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/comparison_model.h"

#include "engine/library/run_folder.h"
#include "ui/models/engine_words.h"

#include <algorithm>
#include <utility>

namespace fastcar::ui {

namespace {

/// A run of the library has its pictures beside its trace, [video, frame].
std::vector<std::vector<SharedFrame>> picturesBeside(const std::filesystem::path &trace)
{
    const RunFolder folder(trace.parent_path());
    std::vector<std::vector<SharedFrame>> videos;
    if (folder.trace() != trace)
        return videos;
    for (int video = 0; folder.wholeFrames(video) > 0; ++video)
        videos.push_back(folder.readFrames(video));
    return videos;
}

/// A run of the library is known by its number, and not by the file that it lies in.
QString whyUnread(const RunSource &source, const Error &error)
{
    return source.title.isEmpty()
               ? engineWords(error)
               : ComparisonModel::tr("“%1” cannot be read: %2").arg(source.title, engineWords(error));
}

} // namespace

/// What came of a request; `found` is missing where a side is.
struct ComparisonModel::Answer {
    std::array<ShownRuns::Run, 2> runs;
    std::optional<Result<LoadedComparison>> found;
    std::array<std::optional<Error>, 2> unread;
};

ComparisonModel::ComparisonModel(ShownRuns &runs, QObject *parent)
    : QObject(parent)
    , runs_(runs)
{
    connect(&runs_, &ShownRuns::shownChanged, this, [this] { askFor(RunSource::Kind::Shown); });
    connect(&runs_, &ShownRuns::beforeChanged, this, [this] { askFor(RunSource::Kind::Before); });
}

void ComparisonModel::setSource(Side side, const RunSource &source)
{
    side == Side::A ? setSources(source, at(Side::B).source) : setSources(at(Side::A).source, source);
}

void ComparisonModel::setSources(const RunSource &a, const RunSource &b)
{
    at(Side::A).source = a;
    at(Side::B).source = b;
    emit sourcesChanged();
    ask();
}

void ComparisonModel::exchange()
{
    std::swap(sides_[0], sides_[1]);
    offset_ = -offset_;
    result_.reset(); // it says of A what is now B's
    emit changed();
    emit offsetChanged(offset_);
    emit sourcesChanged();
    ask();
}

void ComparisonModel::setOffset(int offset)
{
    if (offset == offset_)
        return;
    offset_ = offset;
    emit offsetChanged(offset_);
    ask();
}

void ComparisonModel::setVideo(int video)
{
    if (video == video_)
        return;
    video_ = video;
    result_.reset(); // its pictures are the other video's
    emit changed();
    ask();
}

/// One of the window's own runs is another one now.
void ComparisonModel::askFor(RunSource::Kind kind)
{
    for (const Chosen &chosen : sides_)
        if (chosen.source.kind == kind)
            return ask();
}

void ComparisonModel::ask()
{
    struct Wanted {
        RunSource source;
        ShownRuns::Run run; // that is there already
    };
    std::array<Wanted, 2> wanted;
    for (std::size_t i = 0; i < sides_.size(); ++i) {
        const Chosen &chosen = sides_[i];
        wanted[i].source = chosen.source;
        if (chosen.source.kind == RunSource::Kind::Shown)
            wanted[i].run = runs_.shown();
        else if (chosen.source.kind == RunSource::Kind::Before)
            wanted[i].run = runs_.before();
        else if (chosen.source.kind == RunSource::Kind::Held)
            wanted[i].run = chosen.source.run;
        else if (chosen.source.kind == RunSource::Kind::File && chosen.loadedFile == chosen.source.file)
            wanted[i].run = chosen.run;
    }
    const auto work = [wanted, model = model_, offset = offset_, video = video_](std::stop_token stop) {
        Answer answer;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            answer.runs[i] = wanted[i].run;
            if (answer.runs[i] || wanted[i].source.kind != RunSource::Kind::File)
                continue;
            LoadOptions options;
            options.model = model ? &*model : nullptr;
            options.stop = stop;
            const std::filesystem::path file = wanted[i].source.file.toStdString();
            options.pictures = picturesBeside(file);
            auto run = loadRun(file, options);
            if (run)
                answer.runs[i] = std::make_shared<const LoadedRun>(std::move(*run));
            else
                answer.unread[i] = run.error();
        }
        LoadedComparisonOptions options;
        options.offset = offset;
        options.video = video;
        options.stop = stop;
        if (answer.runs[0] && answer.runs[1])
            answer.found = compareRuns(*answer.runs[0], *answer.runs[1], options);
        return answer;
    };
    const bool wasBusy = job_.busy();
    job_.ask(this, work, [this](Answer answer) { take(std::move(answer)); });
    if (!wasBusy)
        emit busyChanged(true);
}

void ComparisonModel::take(Answer answer)
{
    for (std::size_t i = 0; i < sides_.size(); ++i) {
        sides_[i].run = answer.runs[i];
        sides_[i].loadedFile = answer.runs[i] && sides_[i].source.kind == RunSource::Kind::File
                                   ? sides_[i].source.file
                                   : QString();
    }
    result_.reset();
    QStringList problems;
    for (std::size_t i = 0; i < sides_.size(); ++i) {
        sides_[i].unread = answer.unread[i] ? whyUnread(sides_[i].source, *answer.unread[i]) : QString();
        if (!sides_[i].unread.isEmpty())
            problems += sides_[i].unread;
    }
    problem_ = problems.join(QLatin1Char(' '));
    if (answer.found && !*answer.found)
        problem_ = engineWords(answer.found->error());
    else if (answer.found)
        result_ = std::make_shared<const LoadedComparison>(std::move(**answer.found));
    emit busyChanged(false);
    emit changed();
}

const std::vector<SharedFrame> *ComparisonModel::pictures(Side side) const
{
    if (result_)
        return side == Side::A ? &result_->a : &result_->b;
    return run(side) ? &run(side)->frames(video_) : nullptr;
}

int ComparisonModel::frames() const
{
    const auto *a = pictures(Side::A), *b = pictures(Side::B);
    return std::max({0, b ? static_cast<int>(b->size()) : 0, a ? static_cast<int>(a->size()) - offset_ : 0});
}

SharedFrame ComparisonModel::picture(Side side, int frame) const
{
    const auto *all = pictures(side);
    const int index = side == Side::A ? frame + offset_ : frame;
    if (!all || index < 0 || index >= static_cast<int>(all->size()))
        return nullptr;
    return (*all)[static_cast<std::size_t>(index)];
}

} // namespace fastcar::ui
