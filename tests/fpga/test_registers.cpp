// SPDX-License-Identifier: Apache-2.0
//
// The register map at its largest: addresses of 32 ports, and counters of 32 ports and 32 cores, each under
// its own number.
#include "engine/backend/card_counters.h"
#include "fpga/program/matrix_layout.h"
#include "fpga/simulation/finish.h"
#include "fpga/simulation/signals.h"
#include "Vcontrol_of_32.h"
#include "Vcounters_of_32.h"
#include "Vcounters_of_few.h"

#include <QTest>

#include <memory>

using namespace fastcar;
using namespace fastcar::fpga;

namespace {

/// A circuit with clock and reset, after its reset.
template <typename Model>
class Circuit {
public:
    Circuit()
        : model_(std::make_unique<Model>(&context_))
    {
        model_->rst_ni = 0;
        tick();
        model_->rst_ni = 1;
        tick();
    }
    ~Circuit() { finish(*model_, context_); }
    Model *operator->() { return model_.get(); }
    void tick()
    {
        model_->clk_i = 0;
        model_->eval();
        model_->clk_i = 1;
        model_->eval();
    }

private:
    VerilatedContext context_;
    std::unique_ptr<Model> model_;
};

class Control {
public:
    void write(std::uint32_t address, std::uint32_t value)
    {
        circuit_->aw_valid_i = circuit_->w_valid_i = circuit_->b_ready_i = 1;
        circuit_->aw_address_i = static_cast<std::uint16_t>(address);
        circuit_->w_data_i = value;
        circuit_.tick();
        circuit_->aw_valid_i = circuit_->w_valid_i = 0;
        circuit_.tick();
    }
    std::uint32_t read(std::uint32_t address)
    {
        circuit_->ar_valid_i = circuit_->r_ready_i = 1;
        circuit_->ar_address_i = static_cast<std::uint16_t>(address);
        circuit_->clk_i = 0;
        circuit_->eval();
        circuit_->counter_i = circuit_->counter_index_o + (std::uint64_t{1000} << 32);
        circuit_.tick();
        circuit_->ar_valid_i = 0;
        const std::uint32_t value = circuit_->r_data_o;
        circuit_.tick();
        return value;
    }
    std::uint64_t base(int port) { return bitsOf(circuit_->base_o, 64 * port, 64); }
    bool interrupt() { return circuit_->interrupt_o; }
    void tell(bool error, std::uint32_t status)
    {
        circuit_->error_i = error;
        circuit_->status_i = status;
    }
    /// The run that goes on ends.
    void endRun()
    {
        circuit_->done_i = 1;
        circuit_.tick();
        circuit_->done_i = 0;
        circuit_.tick();
    }

private:
    Circuit<Vcontrol_of_32> circuit_;
};

/// Gives every event of a run a number of cycles of its own, and looks whether it comes back under its name.
template <typename Model>
void compare(const CardShape &shape)
{
    Circuit<Model> circuit;
    circuit->start_i = 1;
    circuit.tick();
    circuit->start_i = 0;
    circuit->running_i = 1;
    const int all = 13 + 3 * shape.ports + 3 * shape.cores;
    for (int cycle = 0; cycle < all; ++cycle) { // event n lasts n + 1 cycles
        int n = 0;
        const auto lasts = [&] { return cycle <= n++; };
        circuit->whole_i = 0;
        for (int i = 0; i < 13; ++i)
            circuit->whole_i |= static_cast<std::uint16_t>(lasts() << i);
        const auto list = [&](auto &events, int count) {
            for (int i = 0; i < count; ++i)
                setBit(events, i, lasts());
        };
        list(circuit->read_i, shape.ports);
        list(circuit->written_i, shape.ports);
        list(circuit->attend_i, shape.ports);
        list(circuit->busy_i, shape.cores);
        list(circuit->wait_weights_i, shape.cores);
        list(circuit->wait_packets_i, shape.cores);
        circuit->computed_i = cycle == 3 ? 32 : 0;
        circuit->replayed_i = cycle == 5 ? 31 : cycle == 6 ? 1 : 0;
        circuit.tick();
    }
    circuit->running_i = 0;
    const auto read = [&](unsigned number) {
        circuit->read_index_i = static_cast<std::uint8_t>(number);
        circuit.tick();
        return static_cast<std::uint64_t>(circuit->counter_o);
    };
    CardCounters counters = CardCounters::of(shape.cores, shape.ports);
    forEachCount(counters, [&](int number, int index, std::int64_t &count) {
        count = static_cast<std::int64_t>(read(static_cast<unsigned>(number + index)));
    });
    std::int64_t n = 0;
    QCOMPARE(counters.cycles, ++n);
    for (const std::int64_t of :
         {counters.vectorBusy, counters.matrixRunning, counters.mapping, counters.anyCoreBusy,
          counters.streamBeats, counters.streamFull, counters.streamEmpty, counters.anyAttention,
          counters.inHeads, counters.inAttend, counters.inGate, counters.coresBesideAttention})
        QCOMPARE(of, ++n);
    QCOMPARE(counters.rowsComputed, 32);
    QCOMPARE(counters.rowsReplayed, 32);
    for (const auto *list : {&counters.beatsRead, &counters.beatsWritten, &counters.attention,
                             &counters.coreBusy, &counters.coreWaitsWeights, &counters.coreWaitsPackets})
        for (const std::int64_t count : *list)
            QCOMPARE(count, ++n);
    QCOMPARE(n, all);
    if (shape.ports < 32)
        QCOMPARE(read(16 + static_cast<unsigned>(shape.ports)), 0u);
}

} // namespace

class TestRegisters : public QObject {
    Q_OBJECT

private slots:
    void aRunsStartAndEndAreTold();
    void aRunStartsAgainByItselfUntilToldOtherwise();
    void whatGoesOnIsRead();
    void everyPortHasAnAddressOfItsOwn();
    void everyCounterIsReadUnderItsNumber();
    void everyEventIsCountedUnderItsName();
};

// The status: running 1, done 2 and 8 (ready), idle 4, starts again 128.
void TestRegisters::aRunsStartAndEndAreTold()
{
    Control control;
    QCOMPARE(control.read(0x0), 4u);
    control.write(0x4, 1);
    control.write(0x8, 1);
    QCOMPARE(control.read(0x4), 1u);
    QCOMPARE(control.read(0x8), 1u);
    control.write(0x0, 1);
    QCOMPARE(control.read(0x0), 1u);
    QVERIFY(!control.interrupt());
    control.endRun();
    QVERIFY(control.interrupt());
    QCOMPARE(control.read(0xc), 1u);
    QCOMPARE(control.read(0x0), 2u + 4u + 8u);
    QCOMPARE(control.read(0x0), 4u); // an end is told once
    control.write(0xc, 1);
    QVERIFY(!control.interrupt());
    QCOMPARE(control.read(0xc), 0u);
}

void TestRegisters::aRunStartsAgainByItselfUntilToldOtherwise()
{
    Control control;
    control.write(0x0, 0x81);
    control.endRun();
    QVERIFY(!control.interrupt()); // none was asked for
    QCOMPARE(control.read(0x0), 0x80u + 8u + 2u + 1u);
    control.write(0x0, 0);
    QCOMPARE(control.read(0x0), 1u);
    control.endRun();
    QCOMPARE(control.read(0x0), 2u + 4u + 8u);
}

void TestRegisters::whatGoesOnIsRead()
{
    Control control;
    QCOMPARE(control.read(0x208), 0u);
    control.tell(true, 0x0a1b0007);
    QCOMPARE(control.read(0x208), 1u);
    QCOMPARE(control.read(0x20c), 0x0a1b0007u);
    QCOMPARE(control.read(0x204), 0u); // shape and heads are parameters, that this circuit was not given
    QCOMPARE(control.read(0x210), 0u);
}

void TestRegisters::everyPortHasAnAddressOfItsOwn()
{
    Control control;
    for (std::uint32_t p = 0; p < 32; ++p) {
        control.write(0x20 + 8 * p, 0x1000 + p);
        control.write(0x24 + 8 * p, 0x77 + p);
    }
    control.write(0x10, 99);
    for (std::uint32_t p = 0; p < 32; ++p) {
        QCOMPARE(control.base(static_cast<int>(p)), (std::uint64_t{0x77 + p} << 32) + 0x1000 + p);
        QCOMPARE(control.read(0x20 + 8 * p), 0x1000 + p);
        QCOMPARE(control.read(0x24 + 8 * p), 0x77 + p);
    }
    QCOMPARE(control.read(0x10), 99u);
    QCOMPARE(control.read(0x200), 3u); // the design's version
    QCOMPARE(control.read(0x120), 0u); // behind the last port
}

void TestRegisters::everyCounterIsReadUnderItsNumber()
{
    Control control;
    for (std::uint32_t number = 0; number < 16 + 6 * 32; ++number) {
        QCOMPARE(control.read(0x400 + 8 * number), number);
        QCOMPARE(control.read(0x404 + 8 * number), 1000u);
    }
}

void TestRegisters::everyEventIsCountedUnderItsName()
{
    compare<Vcounters_of_32>({.cores = 32, .lanes = 8, .ports = 32});
    compare<Vcounters_of_few>({.cores = 2, .lanes = 8, .ports = 4});
}

QTEST_APPLESS_MAIN(TestRegisters)
#include "test_registers.moc"
