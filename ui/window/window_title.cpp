// SPDX-License-Identifier: Apache-2.0
#include "ui/window/window_title.h"

#include <QCoreApplication>

namespace fastcar::ui {

namespace {

using State = RunController::State;

constexpr qsizetype longestPrompt = 60;

struct WindowTitleText {
    Q_DECLARE_TR_FUNCTIONS(WindowTitle)
};

QString shortened(const QString &prompt)
{
    const QString line = prompt.simplified();
    return line.size() <= longestPrompt ? line : line.left(longestPrompt - 1).trimmed() + QChar(0x2026);
}

/// Empty where the prompt alone says enough.
QString stateText(State state, const Progress &progress)
{
    const int percent = progress.total() > 0 ? 100 * progress.tokens() / progress.total() : 0;
    switch (state) {
    case State::Loading:
    case State::Prefill:
    case State::Repeating:
    case State::Decoding:
    case State::Cancelling:
        return WindowTitleText::tr("%1 %").arg(percent);
    case State::Pausing:
    case State::Paused:
        return WindowTitleText::tr("Paused at %1 %").arg(percent);
    case State::Failed:
        return WindowTitleText::tr("Failed at %1 %").arg(percent);
    case State::Cancelled:
        return WindowTitleText::tr("Cancelled at %1 %").arg(percent);
    default:
        return {};
    }
}

} // namespace

QString windowTitle(State state, const RunRecord &record)
{
    const QString program = WindowTitleText::tr("FastCar Studio");
    if (!record.hasRun())
        return program;
    const QString prompt = shortened(QString::fromStdString(record.trace().settings().prompt));
    const QString how = stateText(state, record.progress());
    return how.isEmpty() ? WindowTitleText::tr("%1 – %2").arg(prompt, program)
                         : WindowTitleText::tr("%1, %2 – %3").arg(how, prompt, program);
}

} // namespace fastcar::ui
