// SPDX-License-Identifier: Apache-2.0
#include "ui/window/run_ending.h"

#include <QCoreApplication>

#include <algorithm>

namespace fastcar::ui {

namespace {

using State = RunController::State;

struct RunEndingText {
    Q_DECLARE_TR_FUNCTIONS(RunEnding)
};

/// "2 frames; frame 3 had 5 of 16 positions"
QString keptText(const RunRecord &record)
{
    const int whole = record.frames().wholeFrames();
    const int stride = std::max(1, record.trace().shape().stride);
    QString text = framesText(whole);
    if (const int rest = record.progress().tokens() % stride; rest > 0)
        text += RunEndingText::tr("; frame %1 had %2 of %3 positions").arg(whole + 1).arg(rest).arg(stride);
    return text;
}

QString wayText(const RunRecord &record)
{
    return RunEndingText::tr("It came to token %1 of %2. Kept: %3.")
        .arg(record.progress().tokens())
        .arg(record.progress().total())
        .arg(keptText(record));
}

bool sameFamily(const std::string &a, const std::string &b)
{
    const auto family = [](const std::string &device) {
        return device.substr(0, device.find_first_of("-:"));
    };
    return family(a) == family(b);
}

} // namespace

QString framesText(int frames)
{
    return frames == 1 ? RunEndingText::tr("1 frame") : RunEndingText::tr("%1 frames").arg(frames);
}

RunEnding describeEnding(const RunController &controller, const RunRecord &record)
{
    if (controller.state() != State::Failed)
        return {.kind = MessageBanner::Kind::Info,
                .title = RunEndingText::tr("Cancelled."),
                .text = wayText(record)};
    RunEnding ending{
        .kind = MessageBanner::Kind::Error,
        .title = controller.deviceFailed()
                     ? RunEndingText::tr("%1 failed.").arg(QString::fromStdString(controller.device()))
                     : RunEndingText::tr("The run failed."),
        .text = controller.failure()};
    if (record.progress().tokens() > 0)
        ending.text += QLatin1Char(' ') + wayText(record);
    return ending;
}

bool canGoOn(const RunController &controller, const RunRecord &record)
{
    const bool stopped = controller.state() == State::Cancelled || controller.state() == State::Failed ||
                         controller.state() == State::Recorded;
    const Trace &trace = record.trace();
    return stopped && !trace.settings().modelDigest.empty() && trace.tokens() > 0 &&
           trace.tokens() < trace.shape().frames * trace.shape().stride;
}

QStringList devicesToGoOnOn(const std::vector<DeviceInfo> &devices, const std::string &failed)
{
    std::vector<std::string> names;
    for (const DeviceInfo &device : devices)
        if (device.usable && device.name != failed && device.name.find(':') == std::string::npos)
            names.push_back(device.name);
    const auto cost = [&](const std::string &name) {
        return name == "fpga-emulated" ? 2 : sameFamily(name, failed) ? 0 : 1;
    };
    std::ranges::stable_sort(names, {}, cost);
    QStringList list;
    for (const std::string &name : names)
        list += QString::fromStdString(name);
    return list;
}

} // namespace fastcar::ui
