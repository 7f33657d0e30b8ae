// SPDX-License-Identifier: Apache-2.0
#include "ui/models/engine_words.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <vector>

namespace fastcar::ui {

namespace {

struct EngineWordsText {
    Q_DECLARE_TR_FUNCTIONS(EngineWords)
};

/// Of two that fit the one with more words comes first.
constexpr const char *sentences[] = {
    // Models
    QT_TRANSLATE_NOOP("EngineWords",
                      "There is no file %1; is this the root folder of a VILA-U checkpoint, with llm, "
                      "mm_projector and vision_tower in it?"),
    QT_TRANSLATE_NOOP("EngineWords", "There is no folder %1; a checkpoint is a folder with config.json, llm, "
                                     "mm_projector and vision_tower in it."),
    QT_TRANSLATE_NOOP("EngineWords",
                      "There is no folder %1; a VILA-U checkpoint has llm, mm_projector and vision_tower."),
    QT_TRANSLATE_NOOP("EngineWords", "There is neither %1 nor an object %2 in %3."),
    QT_TRANSLATE_NOOP("EngineWords", "%1 holds neither %2 nor %3. Weights in other formats "
                                     "(pytorch_model.bin) must be saved as safetensors first."),
    QT_TRANSLATE_NOOP("EngineWords", "There is no file %1; it holds the model's vocabulary."),
    QT_TRANSLATE_NOOP("EngineWords", "%1 announces a header of %2 bytes; the file has %3 and the format "
                                     "allows %4. Is it cut short, or another kind of file?"),
    QT_TRANSLATE_NOOP("EngineWords",
                      "%1 has %2 bytes; a safetensors file begins with 8 bytes of header length."),
    QT_TRANSLATE_NOOP("EngineWords", "%1: tensor %2 ends at byte %3 of the data, of which the file holds %4. "
                                     "Is it cut short?"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is not valid JSON."),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is not a SentencePiece model, or is cut short."),
    QT_TRANSLATE_NOOP("EngineWords",
                      "The tokenizer in %1 has %2 pieces, but the model embeds only %3: they do "
                      "not belong together."),
    // Devices and memory
    QT_TRANSLATE_NOOP("EngineWords", "The device \"%1\" cannot be used: %2 Usable here: %3."),
    QT_TRANSLATE_NOOP(
        "EngineWords",
        "There is no device \"%1\". Usable here: %2; known but not usable in this version: %3."),
    QT_TRANSLATE_NOOP("EngineWords",
                      "The model in %1 is stored in %2, which the device \"%3\" cannot use: run "
                      "it on \"cpu\", which takes weights as they are stored."),
    QT_TRANSLATE_NOOP("EngineWords",
                      "This generation needs %1 for the attention cache (%2 rows of %3 positions) and %4 for "
                      "the MLP cache, but only %5 of memory are available: use fewer frames or fewer videos "
                      "at a time."),
    QT_TRANSLATE_NOOP("EngineWords", "The system refused the memory for the attention cache (%1) and the MLP "
                                     "cache (%2): use fewer frames or fewer videos at a time."),
    QT_TRANSLATE_NOOP("EngineWords",
                      "The modelled card needs %1 for its caches (%2 rows of %3 positions), but only %4 of "
                      "memory are available: use fewer frames or fewer videos at a time."),
    QT_TRANSLATE_NOOP("EngineWords", "Decoding on a graphics card is not part of this version."),
    QT_TRANSLATE_NOOP("EngineWords", "Decoding on an accelerator card is not part of this version."),
    QT_TRANSLATE_NOOP("EngineWords", "The emulated accelerator is not part of this version."),
    QT_TRANSLATE_NOOP("EngineWords", "The modelled accelerator is not part of this version."),
    QT_TRANSLATE_NOOP("EngineWords", "This machine has no card that XRT's driver (xocl) knows."),
    QT_TRANSLATE_NOOP("EngineWords", "It was not built: that takes verilator and libxrt-dev."),
    QT_TRANSLATE_NOOP("EngineWords", "a graphics card through Vulkan"),
    QT_TRANSLATE_NOOP("EngineWords", "an accelerator card through XRT"),
    QT_TRANSLATE_NOOP("EngineWords", "the accelerator's circuit, simulated cycle by cycle behind XRT"),
    QT_TRANSLATE_NOOP("EngineWords", "the accelerator's circuit, simulated cycle by cycle"),
    QT_TRANSLATE_NOOP("EngineWords", "the accelerator's arithmetic, bit for bit, in software"),
    QT_TRANSLATE_NOOP("EngineWords", "the accelerator's arithmetic and cycle model in software"),
    QT_TRANSLATE_NOOP("EngineWords", "Emulated card"),
    QT_TRANSLATE_NOOP("EngineWords", "%1, weights as they are stored"),
    QT_TRANSLATE_NOOP("EngineWords", "%1, weights as they are stored, keys and values in f16"),
    QT_TRANSLATE_NOOP("EngineWords", "%1, weights, keys and values in 8 bits"),
    QT_TRANSLATE_NOOP("EngineWords", "%1, weights in 4 bits, keys and values in 8"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 core, %2"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 cores, %2"),
    // Settings
    QT_TRANSLATE_NOOP("EngineWords",
                      "The prompt contains %1, which the model would read as a command and not "
                      "as text. Remove it or write it differently."),
    QT_TRANSLATE_NOOP(
        "EngineWords",
        "The model has %1 positions: behind a prompt of %2 tokens they hold at most %3 frames of "
        "%4 tokens, but %5 were asked for. Ask for fewer frames."),
    QT_TRANSLATE_NOOP("EngineWords",
                      "The model has %1 positions: a prompt of %2 tokens leaves no room for a frame of "
                      "%3. Shorten the prompt."),
    QT_TRANSLATE_NOOP("EngineWords",
                      "The model has %1 layers, but %2 TAS thresholds were given. Give one for "
                      "each layer, or a single one for all."),
    QT_TRANSLATE_NOOP("EngineWords",
                      "The model has %1 layers, but replay is limited to layers %2, counted from 1."),
    QT_TRANSLATE_NOOP("EngineWords", "The guidance scale (cfg) must be from 0 to 100, where 1 means no "
                                     "guidance, but is %1."),
    QT_TRANSLATE_NOOP("EngineWords",
                      "The run cannot go on: %1 It has kept that from an older version, which took it. What "
                      "there is of the run can still be looked at and exported; to have all of it, make it "
                      "anew with its prompt and seed and another value."),
    QT_TRANSLATE_NOOP("EngineWords", "Replay is limited to frames %1, but the video has only %2."),
    QT_TRANSLATE_NOOP("EngineWords", "The replay threshold \"%1\" is not understood: expected a number, "
                                     "\"none\", \"inf\" or \"-inf\"."),
    QT_TRANSLATE_NOOP("EngineWords", "The list of replay thresholds has %1 entries, but the model has %2 "
                                     "layers: give one value for all of them, or one for each."),
    QT_TRANSLATE_NOOP("EngineWords", "A video this short has too few steps to be timed on a card."),
    QT_TRANSLATE_NOOP("EngineWords", "This build has no cycle model of a card."),
    // Files
    QT_TRANSLATE_NOOP("EngineWords",
                      "Cannot write '%1': %2. Make room on the disk, or choose another folder."),
    QT_TRANSLATE_NOOP("EngineWords", "Cannot write to the folder '%1': %2."),
    QT_TRANSLATE_NOOP("EngineWords", "Cannot write '%1': %2."),
    QT_TRANSLATE_NOOP("EngineWords", "Cannot make the folder '%1': %2."),
    QT_TRANSLATE_NOOP("EngineWords", "Cannot read '%1': %2."),
    QT_TRANSLATE_NOOP("EngineWords", "Cannot read %1; may this user read it?"),
    QT_TRANSLATE_NOOP("EngineWords", "Cannot open %1: %2."),
    QT_TRANSLATE_NOOP("EngineWords", "There is no folder '%1' for '%2'; create it first."),
    QT_TRANSLATE_NOOP("EngineWords", "There is no library of runs in '%1'."),
    QT_TRANSLATE_NOOP("EngineWords", "There is no file '%1'."),
    QT_TRANSLATE_NOOP("EngineWords", "There is no file %1."),
    QT_TRANSLATE_NOOP("EngineWords", "'%1' is a folder; give the name of a file in it."),
    QT_TRANSLATE_NOOP("EngineWords", "'%1' is not a file."),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is not a regular file."),
    QT_TRANSLATE_NOOP("EngineWords", "'%1' is no video or picture that can be read: %2."),
    QT_TRANSLATE_NOOP("EngineWords", "'%1' holds no video."),
    QT_TRANSLATE_NOOP("EngineWords", "'%1' holds no picture that can be decoded."),
    QT_TRANSLATE_NOOP("EngineWords", "Invalid data found when processing input"),
    QT_TRANSLATE_NOOP("EngineWords", "Permission denied"),
    QT_TRANSLATE_NOOP("EngineWords", "No space left on device"),
    QT_TRANSLATE_NOOP("EngineWords", "Read-only file system"),
    QT_TRANSLATE_NOOP("EngineWords", "The file name '%1' has no ending; a video can be written as %2."),
    QT_TRANSLATE_NOOP("EngineWords",
                      "The file name '%1' has the unknown ending '%2'; a video can be written as %3."),
    QT_TRANSLATE_NOOP("EngineWords",
                      "A %1 file needs the encoder %2, which this system's libavcodec was built "
                      "without; it can write %3."),
    QT_TRANSLATE_NOOP(
        "EngineWords",
        "'%1' would be %2 by %3 pixels; no side may be longer than %4. Enlarge it less, or make "
        "a strip of fewer frames."),
    QT_TRANSLATE_NOOP("EngineWords",
                      "The trace has version %1 of the format; this program reads version %2."),
    QT_TRANSLATE_NOOP("EngineWords", "The trace's header does not start with \"fctrace\": this is no trace."),
    QT_TRANSLATE_NOOP("EngineWords", "The trace's header is cut off or damaged."),
    // Comparisons
    QT_TRANSLATE_NOOP("EngineWords",
                      "The pictures have sizes that cannot be brought together: A has %1 pixels "
                      "and B %2."),
    QT_TRANSLATE_NOOP("EngineWords", "The pictures of %1 are enlarged %2 times; the mean of each square is "
                                     "compared."),
    QT_TRANSLATE_NOOP("EngineWords", "The pictures of '%1' were made from its codes."),
    QT_TRANSLATE_NOOP("EngineWords", "'%1' has no pictures, and none could be made from its codes: %2"),
    QT_TRANSLATE_NOOP("EngineWords", "'%1' is long: only its first %2 frames were read."),
    QT_TRANSLATE_NOOP("EngineWords", "'%1' is a contact sheet: one picture of many frames."),
    QT_TRANSLATE_NOOP("EngineWords",
                      "The pictures of '%1' were exported with an overlay, which is part of every figure."),
    QT_TRANSLATE_NOOP("EngineWords", "The settings in '%1' cannot be read: %2"),
    QT_TRANSLATE_NOOP("EngineWords", "'%1' is damaged behind token %2: what stands behind it is left out."),
    QT_TRANSLATE_NOOP("EngineWords", "'%1', beside '%2', is passed over: %3"),
    QT_TRANSLATE_NOOP("EngineWords", "it is of another run, by the settings in the video."),
    QT_TRANSLATE_NOOP("EngineWords", "The traces are of models of different shapes: %1, and %2."),
    QT_TRANSLATE_NOOP("EngineWords", "The codes are of the model with the digest %1; '%2' has %3."),
    QT_TRANSLATE_NOOP("EngineWords", "'%1' and '%2' have nothing in common that could be compared. %3"),
    QT_TRANSLATE_NOOP("EngineWords", "'%1' and '%2' have nothing in common that could be compared."),
    // What stands before another sentence
    QT_TRANSLATE_NOOP("EngineWords", "'%1': %2"),
};

struct Pattern {
    const char *sentence;
    QRegularExpression fits; // a capture for each place, in their order
};

std::vector<Pattern> makePatterns()
{
    static const QRegularExpression place(QStringLiteral("%\\d"));
    std::vector<Pattern> patterns;
    for (const char *sentence : sentences) {
        QStringList parts = QString::fromUtf8(sentence).split(place);
        for (QString &part : parts)
            part = QRegularExpression::escape(part);
        patterns.push_back({sentence, QRegularExpression(QRegularExpression::anchoredPattern(
                                                             parts.join(QStringLiteral("(.+?)"))),
                                                         QRegularExpression::DotMatchesEverythingOption)});
    }
    return patterns;
}

QString translated(const QString &text);

/// What is put in for one place may look like another.
QString filled(const QString &sentence, const QRegularExpressionMatch &found)
{
    QString words;
    for (qsizetype i = 0; i < sentence.size(); ++i) {
        const int place =
            sentence[i] == QLatin1Char('%') && i + 1 < sentence.size() ? sentence[i + 1].digitValue() : -1;
        words += place >= 1 ? translated(found.captured(place)) : QString(sentence[i]);
        i += place >= 1 ? 1 : 0;
    }
    return words;
}

QString translated(const QString &text)
{
    static const std::vector<Pattern> patterns = makePatterns();
    for (const Pattern &pattern : patterns) {
        const auto found = pattern.fits.match(text);
        if (!found.hasMatch())
            continue;
        return filled(EngineWordsText::tr(pattern.sentence), found);
    }
    return text;
}

} // namespace

QString engineWords(const std::string &text)
{
    return translated(QString::fromStdString(text));
}

} // namespace fastcar::ui
