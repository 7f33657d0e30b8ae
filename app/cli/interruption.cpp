// SPDX-License-Identifier: Apache-2.0
#include "app/cli/interruption.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace fastcar::cli {

namespace {

// A signal handler may do little more than write a byte: this pipe wakes the thread that does the rest.
std::array<int, 2> wakeUp{-1, -1};

constexpr std::array signals{SIGINT, SIGTERM}; // the second one ends the program
constexpr char asked = 'a';
constexpr char finished = 'f';

void tell(char what)
{
    [[maybe_unused]] const ssize_t written = ::write(wakeUp[1], &what, 1);
}

extern "C" void onSignal(int)
{
    const int before = errno;
    tell(asked);
    errno = before;
}

bool isIgnored(int signal)
{
    struct sigaction before {};
    return ::sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN;
}

} // namespace

Interruption::Interruption(RunControl &control, std::function<void()> onFirst)
    : control_(control)
    , onFirst_(std::move(onFirst))
{
    if (::pipe2(wakeUp.data(), O_CLOEXEC) != 0)
        return; // then a Ctrl-C ends the program at once, as it does without this
    thread_ = std::thread([this] { wait(); });
    struct sigaction action {};
    action.sa_handler = onSignal;
    // The handler is good for one signal: the next one does what it does by default.
    action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    for (const int signal : signals)
        ::sigaction(signal, &action, nullptr);
    hangUpCounts_ = !isIgnored(SIGHUP);
    action.sa_flags = SA_RESTART;
    if (hangUpCounts_)
        ::sigaction(SIGHUP, &action, nullptr);
}

Interruption::~Interruption()
{
    if (!thread_.joinable())
        return;
    for (const int signal : signals)
        std::signal(signal, SIG_DFL);
    tell(finished);
    thread_.join();
    if (hangUpCounts_) // told again while the files are written, it would cost them
        std::signal(SIGHUP, interrupted_ ? SIG_IGN : SIG_DFL);
    for (int &end : wakeUp)
        ::close(std::exchange(end, -1));
}

void Interruption::wait()
{
    char what = 0;
    while (::read(wakeUp[0], &what, 1) == 1 && what != finished) {
        if (std::exchange(interrupted_, true))
            continue; // a terminal's end has followed
        // Whichever signal came first, the next one of either kind ends the program.
        for (const int signal : signals)
            std::signal(signal, SIG_DFL);
        control_.cancel();
        onFirst_();
    }
}

} // namespace fastcar::cli
