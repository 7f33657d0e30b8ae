// SPDX-License-Identifier: Apache-2.0
#include "fpga/host/xrt_link.h"

#include "fpga/host/design_file.h"
#include "fpga/host/xrt_sensors.h"

#include <xrt/xrt_bo.h>
#include <xrt/xrt_device.h>
#include <xrt/xrt_kernel.h>

#include <bit>
#include <chrono>
#include <cstring>
#include <exception>
#include <numeric>
#include <optional>

namespace fastcar::fpga {

namespace {

// As in fc_control.sv.
constexpr std::uint32_t versionRegister = 0x200, shapeRegister = 0x204, statusRegister = 0x20c,
                        headsRegister = 0x210, countersAt = 0x400;
constexpr std::uint32_t designVersion = 3;

constexpr std::chrono::milliseconds glance{500};
constexpr int glancesWithoutProgress = 40; // then the card is taken to hang

Error failed(const std::string &device, const std::string &what, const std::string &advice)
{
    return {.kind = ErrorKind::Device, .message = "The device " + device + " " + what + ": " + advice};
}

std::uint32_t shapeWord(const CardShape &shape)
{
    const auto log2 = [](int value) { return static_cast<std::uint32_t>(std::countr_zero(unsigned(value))); };
    return log2(shape.cores) | log2(shape.lanes) << 8 | log2(shape.ports) << 16 |
           static_cast<std::uint32_t>(shape.rows) << 24;
}

std::uint32_t headsWord(const AcceleratorShape &shape)
{
    return static_cast<std::uint32_t>(shape.maxHeadDim) | static_cast<std::uint32_t>(shape.maxHeads) << 16;
}

class XrtLink final : public CardLink {
public:
    XrtLink(XrtPlace place, xrt::device device, xrt::kernel kernel)
        : place_(std::move(place))
        , device_(std::move(device))
        , kernel_(std::move(kernel))
    {
    }

    std::string name() const override { return place_.device; }

    Result<void> allocate(const std::vector<std::uint64_t> &bytes) override
    {
        buffers_.clear();
        run_.reset();
        const std::uint64_t total = std::accumulate(bytes.begin(), bytes.end(), std::uint64_t{0});
        try {
            run_.emplace(kernel_);
            for (std::size_t p = 0; p < bytes.size(); ++p) {
                const int argument = static_cast<int>(1 + p);
                buffers_.emplace_back(device_, bytes[p], kernel_.group_id(argument));
                run_->set_arg(argument, buffers_.back());
            }
        } catch (const std::exception &error) {
            return failed(place_.device, "has no memory for this generation",
                          "it needs " + std::to_string((total >> 20) + 1) +
                              " MiB; use fewer frames or fewer videos at a time. (" + error.what() + ")");
        }
        return {};
    }

    Result<void> write(int port, std::uint64_t offset, std::span<const std::byte> bytes) override
    {
        if (bytes.empty())
            return {};
        try {
            xrt::bo &buffer = buffers_.at(static_cast<std::size_t>(port));
            std::memcpy(buffer.map<std::byte *>() + offset, bytes.data(), bytes.size());
            buffer.sync(XCL_BO_SYNC_BO_TO_DEVICE, bytes.size(), offset);
        } catch (const std::exception &error) {
            return failed(place_.device, "did not take data", error.what());
        }
        return {};
    }

    Result<void> read(int port, std::uint64_t offset, std::span<std::byte> bytes) override
    {
        try {
            xrt::bo &buffer = buffers_.at(static_cast<std::size_t>(port));
            buffer.sync(XCL_BO_SYNC_BO_FROM_DEVICE, bytes.size(), offset);
            std::memcpy(bytes.data(), buffer.map<const std::byte *>() + offset, bytes.size());
        } catch (const std::exception &error) {
            return failed(place_.device, "did not give its results back",
                          std::string("the generation can go on with another device. (") + error.what() +
                              ")");
        }
        return {};
    }

    Result<void> run(std::uint32_t header) override
    {
        try {
            run_->set_arg(0, header);
            run_->start();
            std::uint32_t seen = ~0u;
            for (int idle = 0; idle < glancesWithoutProgress;) {
                run_->wait(glance);
                switch (run_->state()) {
                case ERT_CMD_STATE_COMPLETED:
                    return {};
                case ERT_CMD_STATE_ERROR:
                    return failed(
                        place_.device, "does not know the program",
                        "the design that is loaded is of another version; load the one that comes with "
                        "this program.");
                case ERT_CMD_STATE_TIMEOUT:
                case ERT_CMD_STATE_ABORT:
                case ERT_CMD_STATE_NORESPONSE:
                    return hangs();
                default:
                    break;
                }
                const std::uint32_t status = kernel_.read_register(statusRegister);
                idle = status == seen ? idle + 1 : 0;
                seen = status;
            }
            return hangs();
        } catch (const std::exception &error) {
            return failed(place_.device, "could not run a step", error.what());
        }
    }

    Result<CardCounters> counters() override
    {
        CardCounters counters = CardCounters::of(place_.shape.card.cores, place_.shape.card.ports);
        try {
            // No counter exceeds the cycles by more than a factor of the rows: where those are few, the upper
            // halves are zero, and reading a register over PCIe takes a microsecond.
            const bool wide =
                kernel_.read_register(countersAt) >= 1u << 26 || kernel_.read_register(countersAt + 4) != 0;
            forEachCount(counters, [&](int number, int index, std::int64_t &count) {
                const std::uint32_t at = countersAt + 8 * static_cast<std::uint32_t>(number + index);
                count = kernel_.read_register(at);
                if (wide)
                    count |= std::int64_t{kernel_.read_register(at + 4)} << 32;
            });
        } catch (const std::exception &error) {
            return failed(place_.device, "does not tell its counters", error.what());
        }
        return counters;
    }

private:
    Error hangs() const
    {
        return failed(
            place_.device, "hangs",
            "it does not finish a step. Use another device; a card is brought back by xbutil reset.");
    }

    XrtPlace place_;
    xrt::device device_;
    xrt::kernel kernel_;
    std::vector<xrt::bo> buffers_;
    std::optional<xrt::run> run_; // holds the buffers as arguments
};

} // namespace

Result<std::unique_ptr<CardLink>> openXrt(const XrtPlace &place)
{
    if (const Result<void> whole = checkDesignFile(place.xclbin); !whole)
        return failed(place.device, "cannot be used", whole.error().message);
    std::optional<xrt::device> device;
    try {
        device.emplace(place.index);
    } catch (const std::exception &error) {
        return failed(place.device, "is not there",
                      std::string("XRT says \"") + error.what() + "\". xbutil examine lists the cards.");
    }
    try {
        const xrt::uuid id = device->load_xclbin(place.xclbin.string());
        xrt::kernel kernel(*device, id, "fastcar", xrt::kernel::cu_access_mode::exclusive);
        const std::uint32_t version = kernel.read_register(versionRegister);
        if (version != designVersion)
            return failed(place.device, "holds another version of the design",
                          "it says " + std::to_string(version) + ", and this program needs " +
                              std::to_string(designVersion) + ".");
        if (kernel.read_register(shapeRegister) != shapeWord(place.shape.card) ||
            kernel.read_register(headsRegister) != headsWord(place.shape))
            return failed(place.device, "holds a design of another size",
                          "cores, lanes, ports, rows or heads are not those that this program was told of.");
        return std::unique_ptr<CardLink>(
            std::make_unique<XrtLink>(place, std::move(*device), std::move(kernel)));
    } catch (const std::exception &error) {
        return failed(place.device, "cannot be used",
                      std::string("loading ") + place.xclbin.string() + " failed: " + error.what() +
                          ". Perhaps another process uses the card.");
    }
}

CardSensors readXrtSensors(unsigned index)
{
    const auto told = [](const auto &ask) {
        try {
            return std::string(ask());
        } catch (const std::exception &) {
            return std::string(); // this driver has no such sensors
        }
    };
    try {
        const xrt::device device(index);
        return sensorsOf(told([&] { return device.get_info<xrt::info::device::electrical>(); }),
                         told([&] { return device.get_info<xrt::info::device::thermal>(); }));
    } catch (const std::exception &) {
        return {};
    }
}

} // namespace fastcar::fpga
