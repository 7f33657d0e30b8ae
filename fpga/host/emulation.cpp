// SPDX-License-Identifier: Apache-2.0
#include "fpga/host/emulation.h"

#include <cstdlib>
#include <mutex>
#include <system_error>

namespace fastcar::fpga {

namespace {

// XRT reads the environment once, when it is first used.
enum class Meaning : std::uint8_t { Open, Emulated, Cards };
std::mutex deciding;
Meaning meaning = Meaning::Open;

} // namespace

std::filesystem::path emulationFolder()
{
    std::error_code error;
    const auto executable = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error)
        return {};
    const auto holds = [](const std::filesystem::path &folder) {
        std::error_code ignored;
        return std::filesystem::exists(folder / "lib/libxrt_fastcar.so.2", ignored) &&
               std::filesystem::exists(folder / "fastcar.xclbin", ignored);
    };
    for (auto above = executable.parent_path(); above != above.root_path(); above = above.parent_path())
        if (holds(above / "xrt"))
            return above / "xrt";
    const auto installed = executable.parent_path().parent_path() / "lib/fastcar/xrt";
    return holds(installed) ? installed : std::filesystem::path{};
}

Result<void> enterEmulation(const std::filesystem::path &folder)
{
    const std::lock_guard lock(deciding);
    if (meaning == Meaning::Cards)
        return Error{.kind = ErrorKind::Unsupported,
                     .message =
                         "This process already uses a real card, and XRT cannot change over to the emulated "
                         "one: start the program again."};
    const char *const waves = std::getenv("FASTCAR_EMULATED_WAVES");
    const bool withWaves = waves && *waves;
    if (std::error_code error;
        withWaves && !std::filesystem::exists(folder / "lib/libxrt_fastcar_waves.so.2", error))
        return Error{.kind = ErrorKind::Unsupported,
                     .message = "Waveforms were asked for (FASTCAR_EMULATED_WAVES), and the circuit that can "
                                "write them was not built: build the target fastcar_emulation_waves."};
    if (meaning == Meaning::Open) {
        setenv("XILINX_XRT", folder.c_str(), 1);
        setenv("XCL_EMULATION_MODE", "hw_emu", 1);
        setenv("XRT_INI_PATH", (folder / (withWaves ? "waves.ini" : "xrt.ini")).c_str(), 1);
    }
    meaning = Meaning::Emulated;
    return {};
}

Result<void> enterCards()
{
    const std::lock_guard lock(deciding);
    if (meaning == Meaning::Emulated)
        return Error{.kind = ErrorKind::Unsupported,
                     .message =
                         "This process already uses the emulated card, and XRT cannot change over to a real "
                         "one: start the program again."};
    meaning = Meaning::Cards;
    return {};
}

} // namespace fastcar::fpga
