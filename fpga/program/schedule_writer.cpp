// SPDX-License-Identifier: Apache-2.0
#include "fpga/program/schedule_writer.h"

#include <cassert>

namespace fastcar::fpga {

namespace {

constexpr Half both = Half::Both, first = Half::First, second = Half::Second;

class ScheduleWriter {
public:
    ScheduleWriter(const QuantisedModel &model, const ModelPlaces &places, const CardShape &shape)
        : model_(model)
        , places_(places)
        , shape_(shape)
        , layers_(model.layers.size())
    {
    }

    std::vector<Beat> together();
    std::vector<Beat> halves();

private:
    /// A matrix of the step and for whom it is multiplied.
    struct Product {
        std::size_t layer;
        std::uint32_t LayerPlaces::*place;
        QuantisedMatrix QuantisedLayer::*matrix;
        Rows rows;
    };
    using Matrix = QuantisedMatrix QuantisedLayer::*;

    void plan(std::size_t layer, Matrix matrix, Half half);
    void streamAhead(std::size_t count);
    void start(std::size_t layer, Matrix matrix, Half half);

    void normInput(std::size_t layer, Half half);
    void normAttended(std::size_t layer, Half half);
    void splitHeads(std::size_t layer, Half half) { put(heads(places_.layers[layer].cache, counts(), half)); }
    void startScores(std::size_t layer)
    {
        put(score(places_.layers[layer].cache, counts(), model_.constants.tas));
    }
    void startAttention(std::size_t layer, Half half)
    {
        put(attend(places_.layers[layer].cache, counts(), model_.constants.attention, half));
    }
    void decide(std::size_t layer);
    void addOutput(Half half) { put(add(model_.config.hidden, noCache, model_.stride, {.half = half})); }
    void gateTimesUp(Half half) { put(silu(model_.config.intermediate, computing(half))); }
    void quantiseAttended(Half half)
    {
        put(quantise(model_.config.heads * model_.config.headDim, {.half = half}));
    }
    void addMlp(std::size_t layer, Half half);
    void finishStep()
    {
        put(finish(places_.finalNorm, model_.finalNorm));
        put(endOfProgram());
    }
    void matrixEnds() { put(wait(Waiting::Matrix)); }
    void attentionEnds() { put(wait(Waiting::Attention)); }

    static Rows computing(Half half) { return {.set = RowSet::Computing, .half = half}; }
    static bool ofMlp(Matrix matrix)
    {
        return matrix == &QuantisedLayer::gateUp || matrix == &QuantisedLayer::down;
    }
    HeadCounts counts() const
    {
        return {
            .heads = model_.config.heads, .kvHeads = model_.config.kvHeads, .headDim = model_.config.headDim};
    }
    void put(const Beat &beat) { out_.push_back(beat); }

    const QuantisedModel &model_;
    const ModelPlaces &places_;
    const CardShape &shape_;
    std::size_t layers_;
    std::vector<Beat> out_;
    std::vector<Product> products_; // all of the step, in their order
    std::size_t started_ = 0, streamed_ = 0;
    std::size_t decided_ = 0; // layers whose decisions have been asked for
};

void ScheduleWriter::plan(std::size_t layer, Matrix matrix, Half half)
{
    const auto place = matrix == &QuantisedLayer::queryKeyValue ? &LayerPlaces::queryKeyValue
                       : matrix == &QuantisedLayer::output      ? &LayerPlaces::output
                       : matrix == &QuantisedLayer::gateUp      ? &LayerPlaces::gateUp
                                                                : &LayerPlaces::down;
    const RowSet set = ofMlp(matrix) ? RowSet::Computing : RowSet::InFlight;
    products_.push_back(
        {.layer = layer, .place = place, .matrix = matrix, .rows = {.set = set, .half = half}});
}

/// Lets weights stream for up to `count` products behind the one that was started last, so that they are
/// there when they are wanted; an MLP's only when it is known which rows compute.
void ScheduleWriter::streamAhead(std::size_t count)
{
    for (; streamed_ < products_.size() && streamed_ < started_ + count; ++streamed_) {
        const Product &next = products_[streamed_];
        if (ofMlp(next.matrix) && next.layer >= decided_)
            return;
        const QuantisedMatrix &matrix = model_.layers[next.layer].*next.matrix;
        put(stream(places_.layers[next.layer].*next.place,
                   MatrixLayout::of(matrix.rows, matrix.columns, shape_), shape_, next.rows));
    }
}

void ScheduleWriter::start([[maybe_unused]] std::size_t layer, [[maybe_unused]] Matrix matrix,
                           [[maybe_unused]] Half half)
{
    streamAhead(1);
    const Product &next = products_[started_];
    assert(next.layer == layer && next.matrix == matrix && next.rows.half == half && streamed_ > started_);
    put(multiply(next.rows));
    ++started_;
    streamAhead(2);
}

void ScheduleWriter::normInput(std::size_t layer, Half half)
{
    put(norm(places_.layers[layer].inputNorm, model_.layers[layer].inputNorm, {.half = half}));
}

void ScheduleWriter::normAttended(std::size_t layer, Half half)
{
    put(norm(places_.layers[layer].postAttentionNorm, model_.layers[layer].postAttentionNorm,
             computing(half)));
}

void ScheduleWriter::decide(std::size_t layer)
{
    put(gate(counts()));
    decided_ = layer + 1;
    streamAhead(2);
}

void ScheduleWriter::addMlp(std::size_t layer, Half half)
{
    put(add(model_.config.hidden, places_.layers[layer].mlpCache, model_.stride, computing(half)));
    put(replay(model_.config.hidden, places_.layers[layer].mlpCache, model_.stride, half));
}

/// Each matrix for all rows at once. Attention of the first half goes on beside the heads of the second.
std::vector<Beat> ScheduleWriter::together()
{
    for (std::size_t l = 0; l < layers_; ++l)
        for (const Matrix matrix : {&QuantisedLayer::queryKeyValue, &QuantisedLayer::output,
                                    &QuantisedLayer::gateUp, &QuantisedLayer::down})
            plan(l, matrix, both);
    put(load(model_.config.hidden));
    streamAhead(2);
    for (std::size_t l = 0; l < layers_; ++l) {
        normInput(l, both);
        start(l, &QuantisedLayer::queryKeyValue, both);
        matrixEnds();
        splitHeads(l, first);
        startAttention(l, first);
        splitHeads(l, second);
        startScores(l);
        startAttention(l, second);
        attentionEnds();
        decide(l);
        quantiseAttended(both);
        start(l, &QuantisedLayer::output, both);
        matrixEnds();
        addOutput(both);
        normAttended(l, both);
        start(l, &QuantisedLayer::gateUp, both);
        matrixEnds();
        gateTimesUp(both);
        start(l, &QuantisedLayer::down, both);
        matrixEnds();
        addMlp(l, both);
    }
    finishStep();
    return std::move(out_);
}

/// Each matrix for the first half, then for the second. Beside the second's product the vector unit works on
/// the first's result, and attention of either half goes on beside the other's heads and MLP.
std::vector<Beat> ScheduleWriter::halves()
{
    for (std::size_t l = 0; l < layers_; ++l) {
        plan(l, &QuantisedLayer::queryKeyValue, first);
        plan(l, &QuantisedLayer::queryKeyValue, second);
        plan(l, &QuantisedLayer::output, first);
        plan(l, &QuantisedLayer::gateUp, first);
        plan(l, &QuantisedLayer::output, second);
        plan(l, &QuantisedLayer::gateUp, second);
        plan(l, &QuantisedLayer::down, first);
        plan(l, &QuantisedLayer::down, second);
    }
    put(load(model_.config.hidden));
    streamAhead(2);
    for (std::size_t l = 0; l < layers_; ++l) {
        normInput(l, first);
        matrixEnds(); // of the layer before
        start(l, &QuantisedLayer::queryKeyValue, first);
        if (l > 0)
            addMlp(l - 1, second);
        normInput(l, second);
        matrixEnds();
        start(l, &QuantisedLayer::queryKeyValue, second);
        splitHeads(l, first);
        startAttention(l, first);
        matrixEnds();
        splitHeads(l, second);
        startScores(l);
        attentionEnds();
        quantiseAttended(first);
        start(l, &QuantisedLayer::output, first);
        decide(l);
        startAttention(l, second);
        matrixEnds();
        addOutput(first);
        normAttended(l, first);
        start(l, &QuantisedLayer::gateUp, first);
        attentionEnds();
        quantiseAttended(second);
        matrixEnds();
        start(l, &QuantisedLayer::output, second);
        matrixEnds();
        addOutput(second);
        normAttended(l, second);
        start(l, &QuantisedLayer::gateUp, second);
        gateTimesUp(first);
        matrixEnds();
        start(l, &QuantisedLayer::down, first);
        gateTimesUp(second);
        matrixEnds();
        start(l, &QuantisedLayer::down, second);
        addMlp(l, first);
    }
    matrixEnds();
    addMlp(layers_ - 1, second);
    finishStep();
    return std::move(out_);
}

} // namespace

std::vector<Beat> scheduleOf(const QuantisedModel &model, const ModelPlaces &places, const CardShape &shape,
                             RowOrder order)
{
    ScheduleWriter writer(model, places, shape);
    return order == RowOrder::Halves ? writer.halves() : writer.together();
}

} // namespace fastcar::fpga
