// SPDX-License-Identifier: Apache-2.0
//
// XRT's hardware abstraction layer for the emulated card: the C functions of xrt.h that XRT's library calls
// after it has loaded this driver. The glue between the two is XRT's own, out of libxrt_hwemu.a.
#include "fpga/emulation/emulated_card.h"

#define XCL_DRIVER_DLL_EXPORT
#include <experimental/xrt-next.h>
#include <xclbin.h>
#include <xrt.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>

// The little of XRT's inner classes that a driver has to call.
namespace xrt_core {
class device {
public:
    void register_axlf(const axlf *);
};
std::shared_ptr<device> get_userpf_device(void *handle, unsigned int index);
std::shared_ptr<device> get_userpf_device(void *handle);
namespace query {
enum class key_type;
}
} // namespace xrt_core

namespace xclhwemhal2 {
/// XRT's own emulation; the glue asks for it, and takes null for "not that".
class HwEmShim {
public:
    static HwEmShim *handleCheck(void *);
    int deviceQuery(xrt_core::query::key_type);
};
HwEmShim *HwEmShim::handleCheck(void *)
{
    return nullptr;
}
int HwEmShim::deviceQuery(xrt_core::query::key_type)
{
    return 0;
}
} // namespace xclhwemhal2

using fastcar::fpga::EmulatedCard;
using fastcar::fpga::EmulatedFault;
using fastcar::fpga::WavesRequest;

namespace {

EmulatedFault faultAsked()
{
    const char *const asked = std::getenv("FASTCAR_EMULATED_FAULT");
    const std::string_view whole = asked ? asked : "";
    const std::string_view name = whole.substr(0, whole.find(':'));
    return name == "hang"         ? EmulatedFault::Hang
           : name == "version"    ? EmulatedFault::Version
           : name == "allocation" ? EmulatedFault::Allocation
           : name == "read"       ? EmulatedFault::Read
                                  : EmulatedFault::None;
}

/// What a handle is: the card, and XRT's device for it, which XRT holds only weakly until the handle is
/// closed.
struct Opened {
    Opened(EmulatedFault fault, int runsBefore, WavesRequest waves)
        : card(fault, runsBefore, std::move(waves))
    {
    }
    EmulatedCard card;
    std::shared_ptr<xrt_core::device> device;
};

/// "hang:20": the twenty-first run hangs.
int runsBeforeFault()
{
    const char *const asked = std::getenv("FASTCAR_EMULATED_FAULT");
    const char *const number = asked ? std::strchr(asked, ':') : nullptr;
    return number ? std::atoi(number + 1) : 0;
}

WavesRequest wavesAsked()
{
    const char *const asked = std::getenv("FASTCAR_EMULATED_WAVES");
    return asked ? WavesRequest::of(asked) : WavesRequest{};
}

EmulatedCard &card(xclDeviceHandle handle)
{
    return static_cast<Opened *>(handle)->card;
}

int answer(bool done)
{
    return done ? 0 : -EIO;
}

} // namespace

// Of C++ linkage, as the glue declares them.
int xclUpdateSchedulerStat(xclDeviceHandle)
{
    return 0;
}
int xclInternalResetDevice(xclDeviceHandle, xclResetKind)
{
    return 0;
}
int xclCmaEnable(xclDeviceHandle, bool, std::uint64_t)
{
    return -ENOSYS;
}
int xclCloseExportHandle(int)
{
    return 0;
}

extern "C" {

unsigned int xclProbe()
{
    return 1;
}

xclDeviceHandle xclOpen(unsigned int index, const char *, enum xclVerbosityLevel)
{
    if (index != 0)
        return nullptr;
    auto *const opened = new Opened(faultAsked(), runsBeforeFault(), wavesAsked());
    opened->device = xrt_core::get_userpf_device(opened, index);
    return opened;
}

void xclClose(xclDeviceHandle handle)
{
    delete static_cast<Opened *>(handle);
}

int xclGetDeviceInfo2(xclDeviceHandle, struct xclDeviceInfo2 *info)
{
    std::memset(info, 0, sizeof *info);
    info->mMagic = 0x586C0C6C;
    std::strcpy(info->mName, "fastcar_emulated");
    info->mDDRSize = EmulatedCard::bankBytes * 4;
    info->mDDRBankCount = 4;
    info->mDataAlignment = 4096;
    info->mNumClocks = 1;
    info->mOCLFrequency[0] = 300;
    return 0;
}

int xclLoadXclBin(xclDeviceHandle handle, const struct axlf *buffer)
{
    xrt_core::get_userpf_device(handle)->register_axlf(buffer);
    return 0;
}

int xclReClock2(xclDeviceHandle, unsigned short, const unsigned short *)
{
    return 0;
}
int xclOpenContext(xclDeviceHandle, const xuid_t, unsigned int, bool)
{
    return 0;
}
int xclCloseContext(xclDeviceHandle, const xuid_t, unsigned int)
{
    return 0;
}
int xclP2pEnable(xclDeviceHandle, bool, bool)
{
    return -ENOSYS;
}

xclBufferHandle xclAllocBO(xclDeviceHandle handle, size_t size, int, unsigned int flags)
{
    const unsigned made = card(handle).allocate(size, flags, nullptr);
    if (!made)
        errno = ENOMEM;
    return made ? made : NULLBO;
}

xclBufferHandle xclAllocUserPtrBO(xclDeviceHandle handle, void *user, size_t size, unsigned int flags)
{
    const unsigned made = card(handle).allocate(size, flags, user);
    if (!made)
        errno = ENOMEM;
    return made ? made : NULLBO;
}

void xclFreeBO(xclDeviceHandle handle, xclBufferHandle buffer)
{
    card(handle).release(buffer);
}

void *xclMapBO(xclDeviceHandle handle, xclBufferHandle buffer, bool)
{
    const std::optional<EmulatedCard::Buffer> found = card(handle).find(buffer);
    return found ? found->host : nullptr;
}

int xclUnmapBO(xclDeviceHandle, xclBufferHandle, void *)
{
    return 0;
}

int xclSyncBO(xclDeviceHandle handle, xclBufferHandle buffer, enum xclBOSyncDirection direction, size_t size,
              size_t offset)
{
    return answer(direction == XCL_BO_SYNC_BO_TO_DEVICE ? card(handle).toCard(buffer, size, offset)
                                                        : card(handle).fromCard(buffer, size, offset));
}

int xclCopyBO(xclDeviceHandle handle, xclBufferHandle to, xclBufferHandle from, size_t size, size_t toOffset,
              size_t fromOffset)
{
    return answer(card(handle).copy(to, from, size, toOffset, fromOffset));
}

xclBufferExportHandle xclExportBO(xclDeviceHandle, xclBufferHandle)
{
    return NULLBOEXPORT;
}
xclBufferHandle xclImportBO(xclDeviceHandle, xclBufferExportHandle, unsigned int)
{
    return NULLBO;
}

int xclGetBOProperties(xclDeviceHandle handle, xclBufferHandle buffer, struct xclBOProperties *properties)
{
    const std::optional<EmulatedCard::Buffer> found = card(handle).find(buffer);
    if (!found)
        return -EINVAL;
    *properties = {
        .handle = buffer, .flags = found->flags, .size = found->size, .paddr = found->address, .reserved = 0};
    return 0;
}

ssize_t xclUnmgdPread(xclDeviceHandle handle, unsigned int, void *data, size_t size, uint64_t address)
{
    return card(handle).access(address, data, size, false) ? static_cast<ssize_t>(size) : -EIO;
}

ssize_t xclUnmgdPwrite(xclDeviceHandle handle, unsigned int, const void *data, size_t size, uint64_t address)
{
    return card(handle).access(address, const_cast<void *>(data), size, true) ? static_cast<ssize_t>(size)
                                                                              : -EIO;
}

int xclExecBuf(xclDeviceHandle handle, xclBufferHandle command)
{
    return answer(card(handle).submit(command));
}

int xclExecWait(xclDeviceHandle handle, int milliseconds)
{
    return card(handle).waitForAny(std::chrono::milliseconds(milliseconds)) ? 1 : 0;
}

int xclRegRead(xclDeviceHandle handle, uint32_t, uint32_t offset, uint32_t *value)
{
    const std::optional<std::uint32_t> read = card(handle).readRegister(offset);
    *value = read.value_or(0);
    return answer(read.has_value());
}

int xclRegWrite(xclDeviceHandle handle, uint32_t, uint32_t offset, uint32_t value)
{
    return answer(card(handle).writeRegister(offset, value));
}

size_t xclWrite(xclDeviceHandle handle, enum xclAddressSpace, uint64_t offset, const void *data, size_t size)
{
    for (size_t at = 0; at + 4 <= size; at += 4) {
        std::uint32_t word = 0;
        std::memcpy(&word, static_cast<const char *>(data) + at, 4);
        if (!card(handle).writeRegister(static_cast<std::uint32_t>(offset + at), word))
            return static_cast<size_t>(-1);
    }
    return size;
}

size_t xclRead(xclDeviceHandle handle, enum xclAddressSpace, uint64_t offset, void *data, size_t size)
{
    for (size_t at = 0; at + 4 <= size; at += 4) {
        const std::optional<std::uint32_t> word =
            card(handle).readRegister(static_cast<std::uint32_t>(offset + at));
        if (!word)
            return static_cast<size_t>(-1);
        std::memcpy(static_cast<char *>(data) + at, &*word, 4);
    }
    return size;
}

} // extern "C"
