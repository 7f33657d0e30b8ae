// SPDX-License-Identifier: Apache-2.0
//
// fastcar-studio: the window.
#include "app/cli/exit_status.h"
#include "app/studio/studio_options.h"
#include "engine/backend/card_timing.h"
#include "fpga/host/fpga_devices.h"
#include "ui/models/preferences.h"
#include "ui/preferences/language.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/window_shot.h"
#include "ui/window/window_steps.h"

#include <QApplication>
#include <QSettings>
#include <QStandardPaths>
#include <QTimer>

#include <spdlog/sinks/stdout_sinks.h>

#include <cstdio>

namespace {

using namespace fastcar;

constexpr int settleMs = 700; // until the last frame has reached the screen

bool isSet(const char *variable)
{
    return qEnvironmentVariableIntValue(variable) != 0;
}

/// FASTCAR_NO_VULKAN=1 draws with QPainter; FASTCAR_SOFTWARE_VULKAN=1 with Vulkan, even where the processor
/// does it; FASTCAR_VULKAN_VALIDATION=1 asks the validation layer to watch.
Result<std::shared_ptr<ui::ViewDevice>> openViewDevice()
{
    if (isSet("FASTCAR_NO_VULKAN"))
        return Error{ErrorKind::Device, "FASTCAR_NO_VULKAN is set: the video is drawn by QPainter."};
    auto device = ui::ViewDevice::create({.validation = isSet("FASTCAR_VULKAN_VALIDATION")});
    if (device && device.value()->isSoftware() && !isSet("FASTCAR_SOFTWARE_VULKAN"))
        return Error{ErrorKind::Device, "Vulkan has no graphics card here, only the processor (" +
                                            device.value()->name() +
                                            "), which takes less time with QPainter."};
    return device;
}

std::optional<ui::ThemeName> themeFrom(const std::string &asked)
{
    if (asked.empty())
        return std::nullopt;
    return asked == "light" ? ui::ThemeName::Light : ui::ThemeName::Dark;
}

void saveShotAndQuit(ui::MainWindow &window, const QString &file)
{
    QTimer::singleShot(settleMs, &window, [&window, file] {
        const bool saved = ui::windowShot(window).save(file);
        if (!saved)
            std::fprintf(stderr, "The picture could not be written to %s.\n", qPrintable(file));
        QCoreApplication::exit(saved ? 0 : 1);
    });
}

QStringList stepsOf(const StudioOptions &options)
{
    QStringList steps;
    for (const std::string &step : options.steps)
        steps += QString::fromStdString(step);
    return steps;
}

void takeStepsThenShoot(ui::MainWindow &window, const StudioOptions &options)
{
    ui::takeSteps(window, stepsOf(options),
                  [&window, file = QString::fromStdString(options.screenshot)](const QString &failure) {
                      if (failure.isEmpty())
                          return saveShotAndQuit(window, file);
                      std::fprintf(stderr, "--then \"%s\": not to be done here.\n", qPrintable(failure));
                      QCoreApplication::exit(1);
                  });
}

/// With --run when the run is over, otherwise when the model is open; in any case once.
void shootWhenDone(ui::MainWindow &window, const StudioOptions &options)
{
    using State = ui::RunController::State;
    const auto shoot = [&window, &options, begun = std::make_shared<bool>(false)] {
        if (!std::exchange(*begun, true))
            takeStepsThenShoot(window, options);
    };
    QObject::connect(&window.controller(), &ui::RunController::stateChanged, &window, [shoot](State state) {
        if (state == State::Done || state == State::Cancelled || state == State::Failed)
            shoot();
    });
    QObject::connect(&window, &ui::MainWindow::modelSettled, &window, [&window, shoot] {
        if (!window.controller().running()) // no run was asked for, or none is possible
            shoot();
    });
}

/// The hardware panel would show another card without a word.
Result<void> checkCard(const std::string &name)
{
    std::string known;
    for (const CardInfo &card : listCards()) {
        if (name.empty() || card.name == name)
            return {};
        known += (known.empty() ? "" : ", ") + card.name;
    }
    return name.empty()
               ? Result<void>()
               : Error{ErrorKind::BadInput, "There is no card \"" + name + "\". There are: " + known + "."};
}

} // namespace

int main(int argc, char **argv)
{
    const auto parsed = parseStudioOptions(argc, argv);
    if (const int *status = std::get_if<int>(&parsed))
        return *status;
    const auto &options = std::get<StudioOptions>(parsed);

    spdlog::stderr_logger_mt("cards");  // warns of files of resources/cards that cannot be read
    spdlog::stderr_logger_mt("engine"); // warns of a FASTCAR_SIMD that this processor has not
    fpga::registerFpgaDevices();
    if (auto known = checkCard(options.card); !known) {
        std::fputs((known.error().message + "\n").c_str(), stderr);
        return cli::misused;
    }
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("FastCar Studio"));
    QApplication::setOrganizationName(QStringLiteral("FastCar"));
    ui::speak(application, ui::Preferences(std::make_unique<QSettings>()).get(ui::preference::language));

    auto device = openViewDevice();
    ui::MainWindow window({
        .store = std::make_unique<QSettings>(),
        .dataFolder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation),
        .device = device ? device.value() : nullptr,
        .noDeviceReason = device ? QString() : QString::fromStdString(device.error().message),
        .modelFolder = QString::fromStdString(options.modelFolder),
        .prompt = options.prompt ? std::optional(QString::fromStdString(*options.prompt)) : std::nullopt,
        .theme = themeFrom(options.theme),
        .card = QString::fromStdString(options.card),
        .library = options.library,
        .run = options.run,
    });
    if (!options.screenshot.empty())
        shootWhenDone(window, options);
    window.show();
    return QApplication::exec();
}
