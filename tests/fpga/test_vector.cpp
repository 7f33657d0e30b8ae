// SPDX-License-Identifier: Apache-2.0
//
// The circuit of the vector unit against the accelerator's arithmetic, bit for bit.
#include "fpga/arithmetic/activation.h"
#include "fpga/arithmetic/norm.h"
#include "fpga/arithmetic/quantise.h"
#include "fpga/arithmetic/rope.h"
#include "fpga/simulation/finish.h"
#include "fpga/simulation/signals.h"
#include "Vvector_unit.h"

#include <QTest>

#include <bit>
#include <memory>
#include <random>

using namespace fastcar::fpga;

namespace {

constexpr int xWords = 24, yWords = 96; // the circuit's

enum class Operation : std::uint8_t { Load, Norm, Final, Quantise, Silu, Add, Replay, Head, RotatedHead };

struct Command {
    Operation operation = Operation::Load;
    int row = 0;
    int first = 0;
    int words = 0;
    Scale constant;
    std::uint64_t epsilon = 0;
};

/// What came out of one command.
struct Results {
    std::vector<std::int8_t> q;
    std::vector<std::int32_t> words;
    Scale scale;
    int scales = 0;
};

class VectorUnit {
public:
    explicit VectorUnit(unsigned seed)
        : circuit_(std::make_unique<Vvector_unit>(&context_))
        , random_(seed)
    {
        circuit_->rst_ni = 0;
        tick();
        tick();
        circuit_->rst_ni = 1;
        tick();
    }
    ~VectorUnit() { finish(*circuit_, context_); }

    void writeY(int row, int word, std::span<const std::int32_t> eight)
    {
        circuit_->y_write_i = 1;
        circuit_->y_row_i = static_cast<std::uint8_t>(row);
        circuit_->y_word_i = static_cast<std::uint16_t>(word);
        circuit_->y_mask_i = 0xff;
        for (int i = 0; i < 8; ++i)
            setWord(circuit_->y_data_i, i, static_cast<std::uint32_t>(eight[static_cast<std::size_t>(i)]));
        tick();
        circuit_->y_write_i = 0;
    }

    void writeRow(int row, int firstWord, std::span<const std::int32_t> values)
    {
        for (std::size_t w = 0; w < values.size() / 8; ++w)
            writeY(row, firstWord + static_cast<int>(w), values.subspan(8 * w, 8));
    }

    void writeNorm(const Norm &norm)
    {
        for (std::size_t w = 0; w < norm.weights.size() / 8; ++w) {
            circuit_->weight_write_i = 1;
            circuit_->weight_word_i = static_cast<std::uint16_t>(w);
            for (std::size_t i = 0; i < 4; ++i)
                setWord(circuit_->weight_data_i, static_cast<int>(i),
                        static_cast<std::uint16_t>(norm.weights[8 * w + 2 * i]) |
                            std::uint32_t{static_cast<std::uint16_t>(norm.weights[8 * w + 2 * i + 1])} << 16);
            tick();
        }
        circuit_->weight_write_i = 0;
    }

    void writeTurns(std::span<const RopeTable::Turn> turns)
    {
        for (std::size_t w = 0; w < turns.size() / 8; ++w) {
            circuit_->turn_write_i = 1;
            circuit_->turn_word_i = static_cast<std::uint8_t>(w);
            for (std::size_t i = 0; i < 8; ++i)
                setWord(circuit_->turn_data_i, static_cast<int>(i),
                        static_cast<std::uint16_t>(turns[8 * w + i].cosine) |
                            std::uint32_t{static_cast<std::uint16_t>(turns[8 * w + i].sine)} << 16);
            tick();
        }
        circuit_->turn_write_i = 0;
    }

    Results run(const Command &command, std::span<const std::int32_t> stream = {})
    {
        circuit_->command_valid_i = 1;
        circuit_->command_operation_i = static_cast<std::uint8_t>(command.operation);
        circuit_->command_row_i = static_cast<std::uint8_t>(command.row);
        circuit_->command_first_i = static_cast<std::uint16_t>(command.first);
        circuit_->command_words_i = static_cast<std::uint16_t>(command.words);
        circuit_->command_constant_i = packed(command.constant);
        circuit_->command_epsilon_i = command.epsilon;
        tick();
        circuit_->command_valid_i = 0;
        Results results;
        results.q.resize(static_cast<std::size_t>(8 * command.words));
        results.words.resize(results.q.size());
        std::size_t streamed = 0;
        for (int cycle = 0; cycle < 100000; ++cycle) {
            const bool offered = streamed < stream.size() && random_() % 3 != 0;
            circuit_->stream_valid_i = offered;
            for (std::size_t i = 0; offered && i < 8; ++i)
                setWord(circuit_->stream_data_i, static_cast<int>(i),
                        static_cast<std::uint32_t>(stream[streamed + i]));
            circuit_->eval();
            take(results);
            const bool done = circuit_->done_o;
            if (offered && circuit_->stream_ready_o)
                streamed += 8;
            tick();
            if (done)
                return results;
        }
        results.scales = -1; // it hangs
        return results;
    }

private:
    void tick()
    {
        circuit_->clk_i = 0;
        circuit_->eval();
        circuit_->clk_i = 1;
        circuit_->eval();
    }
    void take(Results &results)
    {
        for (int i = 0; i < 8; ++i) {
            if (circuit_->q8_write_o)
                results.q.at(static_cast<std::size_t>(circuit_->q8_group_o * 8 + i)) =
                    static_cast<std::int8_t>(bitsOf(circuit_->q8_data_o, 8 * i, 8));
            if (circuit_->word_write_o)
                results.words.at(static_cast<std::size_t>(circuit_->word_index_o * 8 + i)) =
                    static_cast<std::int32_t>(bitsOf(circuit_->word_data_o, 32 * i, 32));
        }
        if (circuit_->scale_write_o) {
            results.scale = unpackedScale(circuit_->scale_data_o);
            ++results.scales;
        }
    }

    VerilatedContext context_;
    std::unique_ptr<Vvector_unit> circuit_;
    std::mt19937 random_;
};

/// Numbers of all sizes, and now and then the extremes.
std::vector<std::int32_t> numbers(std::mt19937 &random, int count)
{
    std::vector<std::int32_t> values;
    const int kind = static_cast<int>(random() % 8);
    const int shift = static_cast<int>(random() % 32);
    for (int i = 0; i < count; ++i)
        switch (kind) {
        case 0:
            values.push_back(0);
            break;
        case 1:
            values.push_back(random() % 2 ? std::numeric_limits<std::int32_t>::min()
                                          : std::numeric_limits<std::int32_t>::max());
            break;
        default:
            values.push_back(static_cast<std::int32_t>(random()) >> shift);
        }
    return values;
}

Norm normOf(std::mt19937 &random, int width)
{
    std::vector<float> weights;
    for (int i = 0; i < width; ++i)
        weights.push_back(static_cast<float>(random() % 2001) / 500.0f - 2.0f);
    return Norm::of(weights, random() % 2 ? 1e-5f : 0.5f);
}

} // namespace

class TestVector : public QObject {
    Q_OBJECT

private slots:
    void norms_data();
    void norms();
    void quantises_data() { norms_data(); }
    void quantises();
    void gates_data() { norms_data(); }
    void gates();
    void rotates_data() { norms_data(); }
    void rotates();
    void addsAndReplays_data() { norms_data(); }
    void addsAndReplays();
};

void TestVector::norms_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestVector::norms()
{
    QFETCH(unsigned, seed);
    std::mt19937 random(seed);
    VectorUnit unit(seed);
    for (int n = 0; n < 30; ++n) {
        const int words = 1 + static_cast<int>(random() % xWords), row = static_cast<int>(random() % 4);
        const Norm norm = normOf(random, 8 * words);
        const std::vector<std::int32_t> x = numbers(random, 8 * words);
        unit.writeNorm(norm);
        unit.run({.operation = Operation::Load, .row = row, .words = words}, x);
        const Results normed = unit.run({.operation = Operation::Norm,
                                         .row = row,
                                         .words = words,
                                         .constant = norm.constant,
                                         .epsilon = norm.epsilon});
        std::vector<std::int8_t> q(x.size());
        const Scale scale = normQuantised(norm, x, q);
        QCOMPARE(normed.scales, 1);
        QVERIFY2(normed.scale == scale, qPrintable(QString("command %1").arg(n)));
        QCOMPARE(normed.q, q);
        const Results final = unit.run({.operation = Operation::Final,
                                        .row = row,
                                        .words = words,
                                        .constant = norm.constant,
                                        .epsilon = norm.epsilon});
        std::vector<std::int32_t> y(x.size());
        normFixed(norm, x, y);
        QCOMPARE(final.words, y);
        QCOMPARE(final.scales, 0);
    }
}

void TestVector::quantises()
{
    QFETCH(unsigned, seed);
    std::mt19937 random(seed);
    VectorUnit unit(seed);
    for (int n = 0; n < 60; ++n) {
        const int words = 1 + static_cast<int>(random() % 40), first = static_cast<int>(random() % 8);
        const int row = static_cast<int>(random() % 4);
        const std::vector<std::int32_t> y = numbers(random, 8 * words);
        unit.writeRow(row, first, y);
        const bool head = random() % 2;
        const Results results = unit.run({.operation = head ? Operation::Head : Operation::Quantise,
                                          .row = row,
                                          .first = first,
                                          .words = words});
        std::vector<std::int8_t> q(y.size());
        Scale scale = quantise(y, q);
        if (!head && scale.mantissa)
            scale.exponent = static_cast<std::int16_t>(scale.exponent - fractionBits);
        QCOMPARE(results.q, q);
        QVERIFY(results.scale == scale);
        QCOMPARE(results.scales, 1);
    }
}

void TestVector::gates()
{
    QFETCH(unsigned, seed);
    std::mt19937 random(seed);
    VectorUnit unit(seed);
    for (int n = 0; n < 40; ++n) {
        const int words = 1 + static_cast<int>(random() % 40), row = static_cast<int>(random() % 4);
        const std::vector<std::int32_t> gate = numbers(random, 8 * words), up = numbers(random, 8 * words);
        unit.writeRow(row, 0, gate);
        unit.writeRow(row, words, up);
        const Results results = unit.run({.operation = Operation::Silu, .row = row, .words = words});
        std::vector<std::int32_t> h;
        for (std::size_t i = 0; i < gate.size(); ++i)
            h.push_back(siluTimes(gate[i], up[i]));
        std::vector<std::int8_t> q(h.size());
        Scale scale = quantise(h, q);
        if (scale.mantissa)
            scale.exponent = static_cast<std::int16_t>(scale.exponent - fractionBits);
        QCOMPARE(results.q, q);
        QVERIFY(results.scale == scale);
    }
}

void TestVector::rotates()
{
    QFETCH(unsigned, seed);
    std::mt19937 random(seed);
    VectorUnit unit(seed);
    const int headDim = 16 << (random() % 4);
    const RopeTable table(600, headDim, 10000.0f, 1.0f);
    for (int n = 0; n < 40; ++n) {
        std::vector<std::int32_t> head = numbers(random, headDim);
        const int row = static_cast<int>(random() % 4), first = static_cast<int>(random() % 30);
        const auto turns = table.at(static_cast<int>(random() % 600));
        unit.writeRow(row, first, head);
        unit.writeTurns(turns);
        const Results results =
            unit.run({.operation = Operation::RotatedHead, .row = row, .first = first, .words = headDim / 8});
        rotate(head, turns);
        std::vector<std::int8_t> q(head.size());
        const Scale scale = quantise(head, q);
        QCOMPARE(results.q, q);
        QVERIFY(results.scale == scale);
    }
}

void TestVector::addsAndReplays()
{
    QFETCH(unsigned, seed);
    std::mt19937 random(seed);
    VectorUnit unit(seed);
    for (int n = 0; n < 20; ++n) {
        const int words = 1 + static_cast<int>(random() % xWords), row = static_cast<int>(random() % 4);
        const std::vector<std::int32_t> x = numbers(random, 8 * words), y = numbers(random, 8 * words),
                                        cached = numbers(random, 8 * words);
        unit.run({.operation = Operation::Load, .row = row, .words = words}, x);
        unit.writeRow(row, 0, y);
        const Results added = unit.run({.operation = Operation::Add, .row = row, .words = words});
        QCOMPARE(added.words, y);
        unit.run({.operation = Operation::Replay, .row = row, .words = words}, cached);
        // What x has become is seen by adding zero to it and norming.
        std::vector<std::int32_t> expected;
        for (std::size_t i = 0; i < x.size(); ++i)
            expected.push_back(addSaturated(addSaturated(x[i], y[i]), cached[i]));
        const Norm norm = normOf(random, 8 * words);
        unit.writeNorm(norm);
        const Results final = unit.run({.operation = Operation::Final,
                                        .row = row,
                                        .words = words,
                                        .constant = norm.constant,
                                        .epsilon = norm.epsilon});
        std::vector<std::int32_t> normed(x.size());
        normFixed(norm, expected, normed);
        QCOMPARE(final.words, normed);
    }
}

QTEST_APPLESS_MAIN(TestVector)
#include "test_vector.moc"
