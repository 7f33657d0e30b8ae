// SPDX-License-Identifier: Apache-2.0
//
// What the comparison page shows of its two runs: their pictures, and the words that say what is told of a
// token, or why there is nothing to be seen.
#include "ui/compare/compare_page.h"

#include "ui/compare/compare_scene.h"
#include "ui/compare/difference_picture.h"
#include "ui/compare/run_words.h"
#include "ui/models/engine_words.h"
#include "ui/theme/told_line.h"

#include <algorithm>

namespace fastcar::ui {

namespace {

QString codesOf(const Trace &trace, int token, int video)
{
    QStringList codes;
    for (int depth = 0; depth < trace.shape().depth; ++depth)
        codes += QString::number(trace.code(token, std::min(video, trace.shape().videos - 1), depth));
    return codes.join(QLatin1Char(' '));
}

} // namespace

CompareScene ComparePage::makeScene() const
{
    CompareScene scene;
    const int frame = selection_.frame();
    scene.a = comparison_.picture(Side::A, frame);
    scene.b = comparison_.picture(Side::B, frame);
    scene.whyNoA = whyNo(Side::A);
    scene.whyNoB = whyNo(Side::B);
    if (comparison_.run(Side::A))
        scene.nameA = replayWords(*comparison_.run(Side::A));
    if (comparison_.run(Side::B))
        scene.nameB = replayWords(*comparison_.run(Side::B));
    scene.way = look_.way();
    scene.wipe = look_.wipe();
    scene.showsB = look_.showsB();
    const bool oneSize =
        scene.a && scene.b && scene.a->width == scene.b->width && scene.a->height == scene.b->height;
    if (scene.way == CompareWay::Difference && oneSize)
        scene.difference = differencePicture(*scene.a, *scene.b, look_.difference());
    for (const Side side : {Side::A, Side::B})
        if (const auto run = comparison_.run(side); run && run->trace)
            scene.grid = {run->trace->shape().gridWidth, run->trace->shape().gridHeight};
    if (scene.grid.isEmpty())
        return scene;
    scene.selected = selection_.position();
    scene.hovered = selection_.hovered();
    const auto found = comparison_.result();
    if (!look_.marksCodes() || !found || !found->tokens)
        return scene;
    const auto &tokens = found->tokens->tokens;
    for (int position = 0; position < found->tokens->stride; ++position) {
        const auto at = static_cast<std::size_t>(frame * found->tokens->stride + position);
        scene.marked.push_back(at < tokens.size() && tokens[at].codes > 0);
    }
    return scene;
}

QString ComparePage::whyNo(Side side) const
{
    const QString letter = side == Side::A ? QStringLiteral("A") : QStringLiteral("B");
    const auto run = comparison_.run(side);
    if (comparison_.source(side).kind == RunSource::Kind::None)
        return tr("Choose a run for %1 above, or drop a trace or a video here.").arg(letter);
    if (!run)
        return comparison_.busy()                   ? tr("Reading…")
               : comparison_.unread(side).isEmpty() ? tr("There is no such run yet.")
                                                    : comparison_.unread(side);
    if (run->frames(comparison_.video()).empty())
        return run->notes.empty() ? tr("This run has no pictures.") : engineWords(run->notes.back());
    return tr("%1 has no frame here.").arg(letter);
}

QString ComparePage::facts() const
{
    const auto found = comparison_.result();
    if (!found)
        return comparison_.problem();
    const int position = selection_.hovered() >= 0 ? selection_.hovered() : selection_.position();
    if (!found->tokens || position < 0)
        return found->tokens ? tr("Point at a position to read its codes in both") : QString();
    const int token = selection_.frame() * found->tokens->stride + position;
    QStringList parts{tr("frame %1, token %2").arg(selection_.frame() + 1).arg(token + 1)};
    const auto at = static_cast<std::size_t>(token);
    if (at < found->tokens->tokens.size()) {
        const TokenDifference &difference = found->tokens->tokens[at];
        const QString a = codesOf(*comparison_.run(Side::A)->trace, token, comparison_.video());
        const QString b = codesOf(*comparison_.run(Side::B)->trace, token, comparison_.video());
        parts += difference.codes > 0 ? tr("codes A %1, B %2").arg(a, b) : tr("codes %1 in both").arg(a);
        parts +=
            tr("%1 of %2 decisions differ").arg(difference.decisions).arg(found->tokens->decisionsOfStep);
    }
    if (found->drift) {
        const int driftFrame = selection_.frame() - std::max(0, -comparison_.offset());
        if (driftFrame >= 0 && driftFrame < found->drift->frames() && position < found->drift->positions())
            parts += tr("drift %1")
                         .arg(static_cast<double>(
                                  found->drift->ofFrame(driftFrame)[static_cast<std::size_t>(position)]),
                              0, 'f', 2);
    }
    return ToldLine::joined(parts);
}

QString ComparePage::whyNoPlot(FrameFigure figure) const
{
    if (comparison_.source(Side::A).kind == RunSource::Kind::None ||
        comparison_.source(Side::B).kind == RunSource::Kind::None)
        return tr("Frame by frame, as soon as two runs are chosen above.");
    if (!comparison_.result())
        return comparison_.problem().isEmpty()
                   ? tr("Frame by frame, as soon as both runs have a frame.")
                   : tr("These runs cannot be compared: the reason stands below.");
    return figure == FrameFigure::EqualCodes
               ? tr("Both runs need a trace: codes stand in it, and one of them has none.")
               : tr("No frame of A stands beside one of B.");
}

} // namespace fastcar::ui
