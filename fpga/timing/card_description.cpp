// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/card_description.h"

#include "engine/base/file_bytes.h"
#include "engine/base/json_document.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace fastcar::fpga {

namespace {

using nlohmann::json;

enum class Kind { Any, Whole, PowerOfTwo };

struct Field {
    const char *section;
    const char *name;
    Figure &(*of)(CardDescription &);
    double least, most;
    Kind kind = Kind::Any;
};

#define FIELD(section, name, member, ...)                                                                    \
    Field                                                                                                    \
    {                                                                                                        \
        section, name, [](CardDescription &card) -> Figure & { return card.member; }, __VA_ARGS__            \
    }

// Limits are those of the circuit where it has some (docs/accelerator.md), and of what can be meant
// elsewhere.
const std::array fields{
    FIELD("part", "lut", part.lut, 1, 1e8, Kind::Whole),
    FIELD("part", "ff", part.ff, 1, 1e8, Kind::Whole),
    FIELD("part", "dsp", part.dsp, 1, 1e6, Kind::Whole),
    FIELD("part", "bram36", part.bram36, 0, 1e6, Kind::Whole),
    FIELD("part", "uram", part.uram, 0, 1e6, Kind::Whole),
    FIELD("memory", "bytes", memory.bytes, 1 << 20, 1e14, Kind::Whole),
    FIELD("memory", "banks", memory.banks, 1, 1024, Kind::Whole),
    FIELD("memory", "peak_bytes_per_second", memory.peakBytesPerSecond, 1e6, 1e14),
    FIELD("memory", "reachable", memory.reachable, 0.01, 1),
    FIELD("memory", "latency_seconds", memory.latencySeconds, 1e-9, 1e-4),
    FIELD("design", "clock_hz", design.clockHz, 1e6, 2e9),
    FIELD("design", "filling", design.filling, 0.01, 1),
    FIELD("design", "lanes", design.lanes, 8, 512, Kind::PowerOfTwo),
    FIELD("design", "ports", design.ports, 1, 32, Kind::PowerOfTwo),
    FIELD("design", "rows", design.rows, 1, 32, Kind::Whole),
    FIELD("design", "max_hidden", design.maxHidden, 16, 65536, Kind::Whole),
    FIELD("design", "max_columns", design.maxColumns, 16, 65536, Kind::Whole),
    FIELD("design", "max_outputs", design.maxOutputs, 16, 65536, Kind::Whole),
    FIELD("design", "max_heads", design.maxHeads, 1, 255, Kind::Whole),
    FIELD("design", "max_head_dim", design.maxHeadDim, 64, 128, Kind::PowerOfTwo),
    FIELD("design", "max_positions", design.maxPositions, 16, 65535, Kind::Whole),
    FIELD("energy", "joule_per_mac", energy.joulePerMac, 0, 1e-6),
    FIELD("energy", "joule_per_bit", energy.joulePerBit, 0, 1e-6),
    FIELD("energy", "idle_watt", energy.idleWatt, 0, 1e4),
};
#undef FIELD

constexpr std::array evidences{"data sheet ", "user guide ", "synthesised (yosys)", "published: ", "assumed"};

const char *wordsOf(Kind kind)
{
    return kind == Kind::PowerOfTwo ? "a power of two" : kind == Kind::Whole ? "a whole number" : "a number";
}

std::string limits(const Field &field)
{
    const json range{field.least, field.most};
    return std::string(wordsOf(field.kind)) + " from " + range[0].dump() + " to " + range[1].dump();
}

bool allowed(const Field &field, double value)
{
    if (!(value >= field.least && value <= field.most))
        return false;
    if (field.kind == Kind::Any)
        return true;
    return value == std::floor(value) &&
           (field.kind == Kind::Whole || std::has_single_bit(static_cast<unsigned>(value)));
}

/// {"value": ..., "evidence": "...", "note": "..."}
Result<Figure> figureOf(const json &section, const Field &field, const std::string &file)
{
    const std::string where = "'" + file + "': " + field.section + "." + field.name;
    const auto wrong = [&](const std::string &what) {
        return Error{.kind = ErrorKind::BadInput, .message = where + " " + what + "."};
    };
    const auto found = section.find(field.name);
    if (found == section.end() || !found->is_object())
        return wrong("is missing: it must be an object with \"value\" and \"evidence\"");
    const auto value = found->find("value"), evidence = found->find("evidence");
    if (value == found->end() || !value->is_number() || !allowed(field, value->get<double>()))
        return wrong("is " + (value == found->end() ? std::string("without a value") : brief(*value)) +
                     "; it must be " + limits(field));
    const std::string words =
        evidence != found->end() && evidence->is_string() ? evidence->get<std::string>() : "";
    if (std::none_of(evidences.begin(), evidences.end(),
                     [&](const char *start) { return words.starts_with(start); }))
        return wrong("does not say what it rests on: \"evidence\" starts with data sheet, user guide, "
                     "synthesised (yosys) or published:, or is assumed");
    return Figure{.value = value->get<double>(), .evidence = words};
}

std::string textOf(const json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

Result<CardDescription> CardDescription::parse(std::string_view text, const std::string &file)
{
    const Result<json> document = parseJsonObject(text, file);
    if (!document)
        return document.error();
    CardDescription card;
    card.name = textOf(*document, "name");
    card.title = textOf(*document, "title");
    if (card.name.empty() || card.title.empty())
        return Error{.kind = ErrorKind::BadInput,
                     .message = "'" + file + "': a card needs a \"name\" and a \"title\"."};
    for (const Field &field : fields) {
        const auto section = document->find(field.section);
        if (section == document->end() || !section->is_object())
            return Error{.kind = ErrorKind::BadInput,
                         .message = "'" + file + "': there is no object \"" + field.section + "\"."};
        Result<Figure> figure = figureOf(*section, field, file);
        if (!figure)
            return figure.error();
        field.of(card) = std::move(*figure);
    }
    card.memory.kind = textOf((*document)["memory"], "kind");
    if ((*document)["design"].contains("cores")) {
        const Field cores{"design", "cores", nullptr, 1, 32, Kind::PowerOfTwo};
        Result<Figure> figure = figureOf((*document)["design"], cores, file);
        if (!figure)
            return figure.error();
        card.design.cores = std::move(*figure);
    }
    return card;
}

Result<CardDescription> CardDescription::read(const std::filesystem::path &file)
{
    const auto bytes = readBytes(file);
    if (!bytes)
        return bytes.error();
    return parse({reinterpret_cast<const char *>(bytes->data()), bytes->size()}, file.string());
}

AcceleratorShape CardDescription::shapeOfOneCore() const
{
    const auto whole = [](const Figure &figure) { return static_cast<int>(figure.value); };
    return {.card = {.cores = 1,
                     .lanes = whole(design.lanes),
                     .ports = whole(design.ports),
                     .rows = whole(design.rows)},
            .maxColumns = whole(design.maxColumns),
            .maxOutputs = whole(design.maxOutputs),
            .maxHidden = whole(design.maxHidden),
            .maxPositions = whole(design.maxPositions),
            .maxHeads = whole(design.maxHeads),
            .maxHeadDim = whole(design.maxHeadDim)};
}

std::uint64_t CardDescription::portBytes() const
{
    return static_cast<std::uint64_t>(memory.bytes.value / design.ports.value);
}

double CardDescription::portBytesPerSecond() const
{
    return memory.peakBytesPerSecond.value / std::max(memory.banks.value, design.ports.value) *
           memory.reachable.value;
}

StreamTiming CardDescription::stream() const
{
    // Rounded to a thousandth first, so that a clock that was chosen to be as fast as the memory is.
    const double cycles = beatBytes * design.clockHz.value / portBytesPerSecond();
    return {.latency = static_cast<int>(std::ceil(memory.latencySeconds.value * design.clockHz.value - 1e-3)),
            .cyclesPerBeat = std::max(1, static_cast<int>(std::ceil(cycles - 1e-3)))};
}

std::vector<std::string> CardDescription::assumed() const
{
    std::vector<std::string> names;
    CardDescription copy = *this;
    for (const Field &field : fields)
        if (field.of(copy).assumed())
            names.push_back(std::string(field.section) + "." + field.name);
    if (design.cores && design.cores->assumed())
        names.emplace_back("design.cores");
    return names;
}

std::filesystem::path cardsFolder()
{
    std::error_code error;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    const auto installed = folder.parent_path() / "share/fastcar/cards";
    for (auto above = folder; !above.empty(); above = above.parent_path()) {
        if (const auto inTree = above / "resources/cards"; std::filesystem::is_directory(inTree, error))
            return inTree;
        if (above == above.root_path())
            break;
    }
    return std::filesystem::is_directory(installed, error) ? installed : std::filesystem::path{};
}

DescribedCards cardsIn(const std::filesystem::path &folder)
{
    DescribedCards found;
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() != ".json")
            continue;
        if (Result<CardDescription> card = CardDescription::read(entry.path()))
            found.cards.push_back(std::move(*card));
        else
            found.unreadable.push_back(card.error());
    }
    std::ranges::sort(found.cards, {}, &CardDescription::name);
    std::ranges::sort(found.unreadable, {}, &Error::message);
    return found;
}

std::vector<CardDescription> describedCards()
{
    DescribedCards found = cardsIn(cardsFolder());
    if (const std::shared_ptr<spdlog::logger> logger = spdlog::get("cards"))
        for (const Error &error : found.unreadable)
            logger->warn("A card is left out: {}", error.message);
    return std::move(found.cards);
}

Result<CardDescription> findCard(std::string_view nameOrFile)
{
    if (nameOrFile.find('/') != std::string_view::npos || nameOrFile.ends_with(".json"))
        return CardDescription::read(nameOrFile);
    std::string names, unreadable;
    DescribedCards found = cardsIn(cardsFolder());
    for (CardDescription &card : found.cards) {
        if (card.name == nameOrFile)
            return std::move(card);
        names += (names.empty() ? "" : ", ") + card.name;
    }
    for (const Error &error : found.unreadable)
        unreadable += " A card that is left out: " + error.message;
    return Error{.kind = ErrorKind::NotFound,
                 .message = "There is no card \"" + std::string(nameOrFile) + "\". There are: " + names +
                            "; or name a file (docs/accelerator.md, \"Cards\")." + unreadable};
}

} // namespace fastcar::fpga
