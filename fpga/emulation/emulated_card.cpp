// SPDX-License-Identifier: Apache-2.0
#include "fpga/emulation/emulated_card.h"

#include <ert.h>
#include <xrt_mem.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace fastcar::fpga {

namespace {

constexpr std::uint64_t page = 4096;

// Registers, as in fc_control.sv.
constexpr std::uint32_t control = 0x0, globalEnable = 0x4, enable = 0x8, pending = 0xc, version = 0x200,
                        errors = 0x208, status = 0x20c;

std::uint64_t rounded(std::uint64_t size)
{
    return (size + page - 1) / page * page;
}

/// Whether [offset, offset + size) lies in the buffer, whatever the caller asks for.
bool holds(const EmulatedCard::Buffer &buffer, std::uint64_t size, std::uint64_t offset)
{
    return size <= buffer.size && offset <= buffer.size - size;
}

void setState(const EmulatedCard::Buffer &command, ert_cmd_state state)
{
    auto *const packet = reinterpret_cast<ert_packet *>(command.host);
    std::uint32_t header = __atomic_load_n(&packet->header, __ATOMIC_ACQUIRE);
    header = (header & ~0xfu) | static_cast<std::uint32_t>(state);
    __atomic_store_n(&packet->header, header, __ATOMIC_RELEASE);
}

} // namespace

WavesRequest WavesRequest::of(std::string_view text)
{
    const std::size_t colon = text.rfind(':');
    std::int64_t step = 0;
    if (colon != std::string_view::npos) {
        const char *const end = text.data() + text.size();
        const auto [read, error] = std::from_chars(text.data() + colon + 1, end, step);
        if (error == std::errc{} && read == end && step > 0)
            return {.file = std::string(text.substr(0, colon)), .step = step};
    }
    return {.file = std::string(text)};
}

EmulatedCard::EmulatedCard(EmulatedFault fault, int runsBefore, WavesRequest waves)
    : fault_(fault)
    , runsBefore_(runsBefore)
    , waves_(std::move(waves))
    , simulation_({.latency = 40})
    , thread_([this] { simulate(); })
{
}

EmulatedCard::~EmulatedCard()
{
    {
        const Lock lock = hold();
        stop_ = true;
    }
    given_.notify_all();
    thread_.join();
    if (!waves_.file.empty() && steps_ < waves_.step)
        std::fprintf(
            stderr,
            "The emulated card made no waveforms: they were asked for of step %lld, and there were %lld.\n",
            static_cast<long long>(waves_.step), static_cast<long long>(steps_));
    for (const auto &[handle, buffer] : buffers_)
        if (buffer.owned)
            std::free(buffer.host);
}

EmulatedCard::Lock EmulatedCard::hold()
{
    ++waiting_;
    Lock lock(mutex_);
    --waiting_;
    return lock;
}

unsigned EmulatedCard::allocate(std::uint64_t size, unsigned flags, void *user)
{
    if (fault_ == EmulatedFault::Allocation && !(flags & XCL_BO_FLAGS_EXECBUF))
        return 0;
    Buffer buffer{.size = size, .flags = flags, .owned = !user, .onCard = !(flags & XCL_BO_FLAGS_EXECBUF)};
    const Lock lock = hold();
    if (buffer.onCard) {
        const unsigned bank = flags & XRT_BO_FLAGS_MEMIDX_MASK;
        if (bank >= KernelSimulation::ports)
            return 0;
        // The first gap that is large enough.
        std::map<std::uint64_t, std::uint64_t> taken; // address, end
        for (const auto &[handle, other] : buffers_)
            if (other.onCard && other.address / KernelSimulation::bankDistance == bank)
                taken[other.address] = other.address + rounded(other.size);
        const std::uint64_t base = bank * KernelSimulation::bankDistance;
        buffer.address = base;
        for (const auto &[begin, end] : taken) {
            if (begin >= buffer.address + rounded(size))
                break;
            buffer.address = end;
        }
        const std::uint64_t end = buffer.address - base + rounded(size);
        if (end > bankBytes)
            return 0;
        simulation_.reserve(static_cast<int>(bank), end);
    }
    buffer.host = user ? static_cast<std::byte *>(user)
                       : static_cast<std::byte *>(std::aligned_alloc(page, rounded(std::max(size, page))));
    if (!buffer.host)
        return 0;
    if (buffer.owned)
        std::memset(buffer.host, 0, rounded(size));
    buffers_[nextHandle_] = buffer;
    return nextHandle_++;
}

void EmulatedCard::release(unsigned handle)
{
    const Lock lock = hold();
    const auto found = buffers_.find(handle);
    if (found == buffers_.end())
        return;
    if (found->second.owned)
        std::free(found->second.host);
    buffers_.erase(found);
}

std::optional<EmulatedCard::Buffer> EmulatedCard::find(unsigned handle)
{
    const Lock lock = hold();
    const auto found = buffers_.find(handle);
    return found == buffers_.end() ? std::nullopt : std::optional(found->second);
}

bool EmulatedCard::toCard(unsigned handle, std::uint64_t size, std::uint64_t offset)
{
    const Lock lock = hold();
    const auto found = buffers_.find(handle);
    if (found == buffers_.end() || !holds(found->second, size, offset))
        return false;
    std::byte *const card = simulation_.at(found->second.address + offset, size);
    if (card)
        std::memcpy(card, found->second.host + offset, size);
    return card;
}

bool EmulatedCard::fromCard(unsigned handle, std::uint64_t size, std::uint64_t offset)
{
    const Lock lock = hold();
    const auto found = buffers_.find(handle);
    if (fault_ == EmulatedFault::Read || found == buffers_.end() || !holds(found->second, size, offset))
        return false;
    const std::byte *const card = simulation_.at(found->second.address + offset, size);
    if (card)
        std::memcpy(found->second.host + offset, card, size);
    return card;
}

bool EmulatedCard::copy(unsigned to, unsigned from, std::uint64_t size, std::uint64_t toOffset,
                        std::uint64_t fromOffset)
{
    const Lock lock = hold();
    const auto target = buffers_.find(to), source = buffers_.find(from);
    if (target == buffers_.end() || source == buffers_.end() || !holds(target->second, size, toOffset) ||
        !holds(source->second, size, fromOffset))
        return false;
    std::byte *const there = simulation_.at(target->second.address + toOffset, size);
    const std::byte *const here = simulation_.at(source->second.address + fromOffset, size);
    if (there && here)
        std::memmove(there, here, size);
    return there && here;
}

bool EmulatedCard::access(std::uint64_t address, void *data, std::size_t size, bool write)
{
    const Lock lock = hold();
    std::byte *const card = simulation_.at(address, size);
    if (card && write)
        std::memcpy(card, data, size);
    else if (card)
        std::memcpy(data, card, size);
    return card;
}

std::optional<std::uint32_t> EmulatedCard::readRegister(std::uint32_t offset)
{
    const Lock lock = hold();
    if (fault_ == EmulatedFault::Version && offset == version)
        return 0xffff;
    return simulation_.readRegister(offset);
}

bool EmulatedCard::writeRegister(std::uint32_t offset, std::uint32_t value)
{
    const Lock lock = hold();
    return simulation_.writeRegister(offset, value);
}

bool EmulatedCard::submit(unsigned handle)
{
    {
        const Lock lock = hold();
        if (!buffers_.contains(handle))
            return false;
        queue_.push_back(handle);
    }
    given_.notify_all();
    return true;
}

bool EmulatedCard::waitForAny(std::chrono::milliseconds time)
{
    Lock lock = hold();
    const bool ended = ended_.wait_for(lock, time, [this] { return ends_ != endsSeen_; });
    endsSeen_ = ends_;
    return ended;
}

void EmulatedCard::simulate()
{
    Lock lock(mutex_);
    for (;;) {
        given_.wait(lock, [this] { return stop_ || !queue_.empty(); });
        if (stop_)
            return;
        const unsigned handle = queue_.front();
        queue_.pop_front();
        const auto found = buffers_.find(handle);
        if (found == buffers_.end())
            continue;
        lock.unlock();
        execute(found->second);
        lock.lock();
        ++ends_;
        ended_.notify_all();
    }
}

void EmulatedCard::execute(Buffer command)
{
    const auto *const packet = reinterpret_cast<const ert_start_kernel_cmd *>(command.host);
    if (packet->opcode != ERT_START_CU) {
        setState(command, ERT_CMD_STATE_COMPLETED); // there is nothing else to configure
        return;
    }
    setState(command, ERT_CMD_STATE_RUNNING);
    const std::size_t masks = packet->extra_cu_masks;
    const std::uint32_t state = runKernel(packet->data + masks, packet->count - 1 - masks);
    endWaves();
    setState(command, static_cast<ert_cmd_state>(state));
}

void EmulatedCard::beginWaves()
{
    ++steps_;
    if (!waves_.file.empty() && steps_ == waves_.step && !simulation_.waves().begin(waves_.file))
        std::fprintf(stderr, "The emulated card cannot write waveforms to %s.\n", waves_.file.c_str());
}

void EmulatedCard::endWaves()
{
    const Lock lock = hold();
    if (simulation_.waves().going() && !simulation_.waves().end())
        std::fprintf(stderr, "The emulated card could not finish the waveforms in %s.\n",
                     waves_.file.c_str());
}

/// The registers as the packet has them, from offset 0 on; the first four are the kernel's own.
std::uint32_t EmulatedCard::runKernel(const std::uint32_t *registers, std::size_t count)
{
    {
        const Lock lock = hold();
        beginWaves();
        for (std::size_t word = 4; word < count; ++word)
            simulation_.writeRegister(static_cast<std::uint32_t>(4 * word), registers[word]);
        simulation_.writeRegister(globalEnable, 1);
        simulation_.writeRegister(enable, 1);
        if (fault_ != EmulatedFault::Hang || runsBefore_-- > 0)
            simulation_.writeRegister(control, 1);
    }
    const std::int64_t strays = simulation_.strays();
    std::int64_t began = simulation_.cycles();
    for (;;) {
        while (waiting_.load() > 0)
            std::this_thread::yield();
        const Lock lock(mutex_);
        for (std::int64_t i = 0; i < slice && !simulation_.interrupt(); ++i)
            simulation_.clock();
        if (simulation_.interrupt()) {
            simulation_.writeRegister(pending, 1);
            simulation_.readRegister(control); // takes done back
            return simulation_.strays() == strays ? ERT_CMD_STATE_COMPLETED : ERT_CMD_STATE_ERROR;
        }
        const bool unknown = simulation_.readRegister(errors).value_or(1) != 0;
        const bool hangs = simulation_.quiet() > patience && simulation_.cycles() - began > patience;
        if (unknown || hangs || stop_) {
            std::fprintf(stderr, "The emulated card's kernel %s (status %08x) and is reset.\n",
                         unknown ? "met an instruction that it does not know" : "does nothing any more",
                         simulation_.readRegister(status).value_or(0));
            simulation_.reset();
            return unknown ? ERT_CMD_STATE_ERROR : ERT_CMD_STATE_TIMEOUT;
        }
    }
}

} // namespace fastcar::fpga
