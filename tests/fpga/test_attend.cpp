// SPDX-License-Identifier: Apache-2.0
//
// The circuit of attention against the accelerator's arithmetic, bit for bit.
#include "fpga/arithmetic/attention.h"
#include "fpga/simulation/finish.h"
#include "fpga/simulation/memory_port.h"
#include "fpga/simulation/signals.h"
#include "Vattend_unit.h"
#include "Vattend_wide.h"

#include <QTest>

#include <cstring>
#include <memory>
#include <random>

using namespace fastcar::fpga;

namespace {

constexpr int maxPositions = 256; // the circuits'

struct Head {
    int headDim = 64;
    int positions = 0;
    std::vector<std::int8_t> keys, values;
    std::vector<Scale> keyScales, valueScales;

    HeadCache cache() const
    {
        return {keys.data(), values.data(), keyScales.data(), valueScales.data(), headDim};
    }
};

std::int8_t byteOf(std::mt19937 &random, bool extreme)
{
    return static_cast<std::int8_t>(extreme ? (random() % 2 ? 127 : -127)
                                            : static_cast<int>(random() % 255) - 127);
}

Scale scaleAround(std::mt19937 &random, int exponent)
{
    return random() % 12 == 0 ? Scale{}
                              : Scale{static_cast<std::uint16_t>(0x8000 + random() % 0x8000),
                                      static_cast<std::int16_t>(exponent - static_cast<int>(random() % 6))};
}

Head headOf(std::mt19937 &random, int headDim, int positions)
{
    const bool extreme = random() % 5 == 0;
    Head head{.headDim = headDim,
              .positions = positions,
              .keys = {},
              .values = {},
              .keyScales = {},
              .valueScales = {}};
    const int exponent = -6 - static_cast<int>(random() % 4);
    for (int i = 0; i < positions * headDim; ++i) {
        head.keys.push_back(byteOf(random, extreme));
        head.values.push_back(byteOf(random, extreme));
    }
    for (int p = 0; p < positions; ++p) {
        head.keyScales.push_back(scaleAround(random, exponent));
        head.valueScales.push_back(
            scaleAround(random, (random() % 20 ? -3 : 18) - static_cast<int>(random() % 18)));
    }
    return head;
}

struct Places {
    std::uint32_t keys, values, keyScales, valueScales;
};

struct Job {
    bool tas = false;
    std::vector<std::int8_t> query;
    Scale scale, constant;
    Places places{};
    Visible visible;
    int row = 0, word = 0;
};

struct Outputs {
    std::vector<std::vector<std::int32_t>> y; // [row][...]
    std::vector<std::int32_t> tas;            // in the order of jobs
    std::int64_t cycles = 0, busy = 0;
};

template <typename Model>
class AttendUnit {
public:
    AttendUnit(const MemoryTiming &timing, unsigned seed)
        : circuit_(std::make_unique<Model>(&context_))
        , memory_(timing)
        , random_(seed)
    {
        circuit_->rst_ni = 0;
        tick();
        tick();
        circuit_->rst_ni = 1;
        tick();
    }
    ~AttendUnit() { finish(*circuit_, context_); }

    Places store(const Head &head)
    {
        const auto rows = [&](const std::vector<std::int8_t> &from) {
            const int stride = (head.headDim + 63) / 64 * 64;
            std::vector<std::byte> bytes(static_cast<std::size_t>(head.positions * stride));
            for (int p = 0; p < head.positions; ++p)
                std::memcpy(bytes.data() + p * stride, from.data() + p * head.headDim,
                            static_cast<std::size_t>(head.headDim));
            return memory_.append(bytes);
        };
        const auto scales = [&](const std::vector<Scale> &from) {
            std::vector<std::byte> bytes;
            for (const Scale scale : from)
                for (int b = 0; b < 4; ++b)
                    bytes.push_back(static_cast<std::byte>(packed(scale) >> (8 * b)));
            return memory_.append(bytes);
        };
        return {rows(head.keys), rows(head.values), scales(head.keyScales), scales(head.valueScales)};
    }

    Outputs run(const std::vector<Job> &jobs, int headDim)
    {
        Outputs outputs{.y = std::vector(4, std::vector<std::int32_t>(1024)), .tas = {}};
        std::size_t next = 0;
        for (outputs.cycles = 0; outputs.cycles < 1000000; ++outputs.cycles) {
            circuit_->job_valid_i = next < jobs.size();
            if (next < jobs.size())
                offer(jobs[next], headDim);
            circuit_->y_ready_i = random_() % 3 != 0;
            circuit_->tas_ready_i = random_() % 3 != 0;
            circuit_->clk_i = 0;
            circuit_->eval();
            if (next == jobs.size() && circuit_->idle_o)
                return outputs;
            outputs.busy += circuit_->busy_o;
            if (circuit_->y_valid_o && circuit_->y_ready_i)
                for (int i = 0; i < 8; ++i)
                    outputs.y.at(circuit_->y_row_o).at(static_cast<std::size_t>(circuit_->y_word_o * 8 + i)) =
                        static_cast<std::int32_t>(bitsOf(circuit_->y_data_o, 32 * i, 32));
            if (circuit_->tas_valid_o && circuit_->tas_ready_i)
                outputs.tas.push_back(static_cast<std::int32_t>(circuit_->tas_score_o));
            const bool taken = circuit_->job_valid_i && circuit_->job_ready_o;
            tick();
            if (taken)
                ++next;
        }
        return outputs;
    }

private:
    void offer(const Job &job, int headDim)
    {
        circuit_->job_tas_i = job.tas;
        for (int w = 0; w < static_cast<int>(sizeof circuit_->job_query_i) / 4; ++w) {
            std::uint32_t word = 0;
            for (int b = 0; b < 4; ++b)
                if (const auto at = static_cast<std::size_t>(4 * w + b); at < job.query.size())
                    word |= std::uint32_t{static_cast<std::uint8_t>(job.query[at])} << (8 * b);
            setWord(circuit_->job_query_i, w, word);
        }
        circuit_->job_scale_i = packed(job.scale);
        circuit_->job_constant_i = packed(job.constant);
        circuit_->job_keys_i = job.places.keys;
        circuit_->job_values_i = job.places.values;
        circuit_->job_key_scales_i = job.places.keyScales;
        circuit_->job_value_scales_i = job.places.valueScales;
        circuit_->job_sinks_i = static_cast<std::uint16_t>(job.visible.sinks);
        circuit_->job_from_i = static_cast<std::uint16_t>(job.visible.from);
        circuit_->job_end_i = static_cast<std::uint16_t>(job.visible.end);
        circuit_->job_row_i = static_cast<std::uint8_t>(job.row);
        circuit_->job_word_i = static_cast<std::uint16_t>(job.word);
        circuit_->job_words_i = static_cast<std::uint8_t>(headDim / 8);
    }

    void tick()
    {
        offerMemory();
        circuit_->clk_i = 0;
        circuit_->eval();
        const bool address = circuit_->ar_valid_o && circuit_->ar_ready_i;
        const bool beat = circuit_->r_valid_i && circuit_->r_ready_o;
        const std::uint64_t at = circuit_->ar_address_o;
        const int beats = circuit_->ar_length_o + 1;
        circuit_->clk_i = 1;
        circuit_->eval();
        memory_.clock(address, at, beats, beat);
        offerMemory();
        circuit_->eval();
    }
    void offerMemory()
    {
        circuit_->ar_ready_i = memory_.addressReady();
        const std::byte *const beat = memory_.beat();
        circuit_->r_valid_i = beat != nullptr;
        for (int w = 0; beat && w < 16; ++w) {
            std::uint32_t value = 0;
            std::memcpy(&value, beat + 4 * w, sizeof value);
            setWord(circuit_->r_data_i, w, value);
        }
    }

    VerilatedContext context_;
    std::unique_ptr<Model> circuit_;
    MemoryPort memory_;
    std::mt19937 random_;
};

Visible visibleOf(std::mt19937 &random, int positions)
{
    const int end = 1 + static_cast<int>(random() % static_cast<unsigned>(positions));
    if (random() % 2)
        return {.end = end};
    const int from = static_cast<int>(random() % static_cast<unsigned>(end));
    return {.sinks = std::min(from, static_cast<int>(random() % 20)), .from = from, .end = end};
}

} // namespace

class TestAttend : public QObject {
    Q_OBJECT

private slots:
    void resultsAreTheArithmetics_data();
    void resultsAreTheArithmetics();
    void headsOfTwoBeatsAreTheArithmetics_data() { resultsAreTheArithmetics_data(); }
    void headsOfTwoBeatsAreTheArithmetics();
    void aLongContextTakesTwoCyclesAPosition();
    void aHeadOfTwoBeatsTakesFour();

private:
    template <typename Model>
    void compare(unsigned seed, int headDim);
    template <typename Model>
    void measureLongContext(int headDim, int beats);
};

void TestAttend::resultsAreTheArithmetics_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 16; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestAttend::resultsAreTheArithmetics()
{
    QFETCH(unsigned, seed);
    compare<Vattend_unit>(seed, seed % 2 ? 64 : 16);
}

void TestAttend::headsOfTwoBeatsAreTheArithmetics()
{
    QFETCH(unsigned, seed);
    compare<Vattend_wide>(seed, seed % 4 == 0 ? 48 : seed % 4 == 1 ? 80 : 128);
}

template <typename Model>
void TestAttend::compare(unsigned seed, int headDim)
{
    std::mt19937 random(seed);
    AttendUnit<Model> unit({.latency = static_cast<int>(random() % 60),
                            .beats = 1,
                            .cycles = 1 + static_cast<int>(random() % 3),
                            .stalls = random() % 2 ? 0.0 : 0.3,
                            .seed = seed},
                           seed);
    for (int round = 0; round < 4; ++round) {
        std::vector<Head> heads;
        std::vector<Job> jobs;
        for (int n = 0; n < 8; ++n) {
            heads.push_back(headOf(random, headDim, 1 + static_cast<int>(random() % maxPositions)));
            const AttentionConstants constants = AttentionConstants::of(4, headDim);
            Job job{.tas = random() % 3 == 0,
                    .query = {},
                    .scale = scaleAround(random, 9),
                    .constant = {},
                    .places = unit.store(heads.back()),
                    .visible = visibleOf(random, heads.back().positions),
                    .row = n % 4,
                    .word = 16 * (n / 4)};
            job.constant = job.tas ? constants.tas : constants.attention;
            if (job.tas)
                job.visible = {.from = job.visible.end - 1, .end = job.visible.end};
            for (int i = 0; i < headDim; ++i)
                job.query.push_back(byteOf(random, n == 0));
            jobs.push_back(job);
        }
        const Outputs outputs = unit.run(jobs, headDim);
        std::size_t tas = 0;
        for (std::size_t n = 0; n < jobs.size(); ++n) {
            const Job &job = jobs[n];
            const QByteArray what = QString("seed %1 round %2 job %3").arg(seed).arg(round).arg(n).toUtf8();
            if (job.tas) {
                QVERIFY2(tas < outputs.tas.size(), what.constData());
                QCOMPARE(outputs.tas[tas++],
                         headTas({job.query, job.scale}, heads[n].cache(), job.visible.from, job.constant));
                continue;
            }
            std::vector<std::int32_t> scores(maxPositions), out(static_cast<std::size_t>(headDim));
            attend({job.query, job.scale}, heads[n].cache(), job.visible, job.constant, scores, out);
            for (std::size_t i = 0; i < out.size(); ++i)
                if (outputs.y[static_cast<std::size_t>(job.row)]
                             [static_cast<std::size_t>(job.word) * 8 + i] != out[i])
                    QFAIL(qPrintable(QString("%1: element %2 is %3 instead of %4")
                                         .arg(QString(what))
                                         .arg(i)
                                         .arg(outputs.y[static_cast<std::size_t>(job.row)]
                                                       [static_cast<std::size_t>(job.word) * 8 + i])
                                         .arg(out[i])));
        }
    }
}

/// Keys and values a position a cycle each, their Scales 16 to a beat, and what a job costs besides.
void TestAttend::aLongContextTakesTwoCyclesAPosition()
{
    measureLongContext<Vattend_unit>(64, 1);
}

void TestAttend::aHeadOfTwoBeatsTakesFour()
{
    measureLongContext<Vattend_wide>(128, 2);
}

template <typename Model>
void TestAttend::measureLongContext(int headDim, int beats)
{
    std::mt19937 random(1);
    AttendUnit<Model> unit({}, 1);
    const Head head = headOf(random, headDim, maxPositions);
    std::vector<Job> jobs(8);
    for (Job &job : jobs)
        job = {.tas = false,
               .query = std::vector<std::int8_t>(static_cast<std::size_t>(headDim), 3),
               .scale = {0x8000, 0},
               .constant = AttentionConstants::of(4, headDim).attention,
               .places = unit.store(head),
               .visible = {.end = maxPositions}};
    const Outputs outputs = unit.run(jobs, headDim);
    QCOMPARE(outputs.busy, std::int64_t{8 * 2 * maxPositions * beats});
    QVERIFY2(outputs.cycles < 8 * (2 * maxPositions * beats + 2 * maxPositions / 16 + 80 * beats) + 100,
             qPrintable(QString::number(outputs.cycles)));
}

QTEST_APPLESS_MAIN(TestAttend)
#include "test_attend.moc"
