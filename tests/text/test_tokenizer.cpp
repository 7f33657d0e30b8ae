// SPDX-License-Identifier: Apache-2.0
//
// The tokenizer against ids that the published one gave, its added tokens, and files that are damaged.
#include "engine/text/tokenizer.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <climits>

using namespace fastcar;

namespace {

const QString golden = FASTCAR_TEST_DATA "/golden";

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Writes a copy of the golden llm/ folder's tokenizer files, one of them replaced.
void copyWith(const QTemporaryDir &folder, const QString &replaced, const QByteArray &content)
{
    for (const char *name : {"tokenizer.model", "added_tokens.json", "tokenizer_config.json"}) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        file.write(name == replaced ? content : contentOf(golden + "/checkpoint/llm/" + name));
    }
}

QByteArray varint(qsizetype value)
{
    QByteArray bytes;
    for (; value >= 128; value >>= 7)
        bytes += static_cast<char>(value | 128);
    return bytes + static_cast<char>(value);
}

/// A protobuf field of bytes.
QByteArray field(int number, const QByteArray &content)
{
    return varint(number << 3 | 2) + varint(content.size()) + content;
}

/// A vocabulary entry as a model file has it. Type 4: matched whole, before anything else.
QByteArray entry(const QByteArray &text, int type)
{
    return field(1, field(1, text) + QByteArray("\x15\0\0\0\0\x18", 6) + varint(type));
}

} // namespace

Q_DECLARE_METATYPE(std::vector<int>)

class TestTokenizer : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Tokenizer> tokenizer_;

    static QString error(const Result<Tokenizer> &opened)
    {
        return opened.ok() ? QString() : QString::fromStdString(opened.error().message);
    }

private slots:
    void initTestCase()
    {
        Result<Tokenizer> opened = Tokenizer::open((golden + "/checkpoint/llm").toStdString());
        QVERIFY2(opened.ok(), qPrintable(error(opened)));
        tokenizer_ = std::make_unique<Tokenizer>(std::move(*opened));
    }

    void theIdsAreThoseOfThePublishedTokenizer_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QJsonArray>("expected");
        const QJsonArray cases =
            QJsonDocument::fromJson(contentOf(golden + "/vectors/tokenizer_cases.json")).array();
        QCOMPARE(cases.size(), 10);
        for (const QJsonValue &value : cases)
            QTest::newRow(qPrintable(value["user_text"].toString() + value["start_token"].toString()))
                << value["full_text"].toString() << value["ids"].toArray();
    }
    void theIdsAreThoseOfThePublishedTokenizer()
    {
        QFETCH(QString, text);
        QFETCH(QJsonArray, expected);
        QJsonArray found;
        for (int id : tokenizer_->encode(text.toStdString()))
            found.append(id);
        QCOMPARE(found, expected);
    }

    void blanksAroundAddedTokensStayAsTheyAre_data()
    {
        // Worked out with the library's Python binding, following the published tokenizer's steps.
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<std::vector<int>>("expected");
        const auto row = [](const QByteArray &text, const std::vector<int> &ids) {
            QTest::addRow("'%s'", text.constData()) << text << ids;
        };
        row("", {1});
        row("<s>a cat", {1, 1, 467, 266, 299});
        row("<vi_start>a cat", {1, 465, 514, 467, 266, 299});
        row(" <s> a cat", {1, 465, 465, 1, 259, 266, 299});
        row("a<s>b <s> c", {1, 259, 1, 484, 465, 1, 266});
        row("<im_start><im_end>", {1, 465, 512, 513});
        row("\u2581a\u2581cat", {1, 465, 259, 266, 299});
        row("  a", {1, 465, 465, 259});
        row("a  ", {1, 259, 465, 465});
        row("<<s>>", {1, 465, 63, 1, 65});
        row("<vi_start", {1, 465, 63, 492, 473, 98, 260, 267, 469});
        row("<unk> x", {1, 0, 465, 123});
        row(QByteArray("\0", 1), {1, 465, 3});
    }
    void blanksAroundAddedTokensStayAsTheyAre()
    {
        QFETCH(QByteArray, text);
        QFETCH(std::vector<int>, expected);
        QCOMPARE(tokenizer_->encode(text.toStdString()), expected);
    }

    void everyByteHasAnId()
    {
        for (int byte = 0; byte < 128; ++byte)
            QVERIFY(tokenizer_->encode(std::string(1, static_cast<char>(byte))).size() >= 2);
        // What is no UTF-8 becomes U+FFFD, in bytes.
        QCOMPARE(tokenizer_->encode("\xff"), (std::vector<int>{1, 465, 3 + 0xef, 3 + 0xbf, 3 + 0xbd}));
    }

    void idsHaveTexts()
    {
        QCOMPARE(tokenizer_->size(), 516);
        QCOMPARE(tokenizer_->piece(0), "<unk>");
        QCOMPARE(tokenizer_->piece(1), "<s>");
        QCOMPARE(tokenizer_->piece(276), "\u2581the");
        QCOMPARE(tokenizer_->piece(514), "<vi_start>");
        for (int id : {-1, 516, INT_MAX, INT_MIN})
            QCOMPARE(tokenizer_->piece(id), "");
    }

    void addedTokensAreFoundByText()
    {
        QCOMPARE(*tokenizer_->addedToken("<vi_start>"), 514);
        QCOMPARE(*tokenizer_->addedToken("<im_end>"), 513);
        QCOMPARE(*tokenizer_->addedToken("<s>"), 1);
        const Result<int> none = tokenizer_->addedToken("<video>");
        QVERIFY(!none.ok());
        QVERIFY(QString::fromStdString(none.error().message).contains("<video>"));
        QCOMPARE(tokenizer_->specialTexts().size(), 7u);
    }

    void addedTokensMayStandInEitherFile_data()
    {
        QTest::addColumn<QString>("missing");
        QTest::newRow("without added_tokens.json") << "added_tokens.json";
        QTest::newRow("without tokenizer_config.json") << "tokenizer_config.json";
    }
    void addedTokensMayStandInEitherFile()
    {
        QFETCH(QString, missing);
        const QTemporaryDir folder;
        copyWith(folder, "", "");
        QVERIFY(QFile::remove(folder.filePath(missing)));
        const Result<Tokenizer> opened = Tokenizer::open(folder.path().toStdString());
        QVERIFY2(opened.ok(), qPrintable(error(opened)));
        QCOMPARE(opened->size(), 516);
        const std::string text = "a cat <vi_start>";
        QCOMPARE(opened->encode(text), tokenizer_->encode(text));
    }

    void tokensThatStripTheirNeighboursDo()
    {
        const QTemporaryDir folder;
        QByteArray config = contentOf(golden + "/checkpoint/llm/tokenizer_config.json");
        const qsizetype at = config.indexOf("<vi_start>");
        config.replace(config.indexOf("false", at), 5, "true"); // lstrip
        config.replace(config.indexOf("\"rstrip\": false", at), 15, "\"rstrip\": true");
        copyWith(folder, "tokenizer_config.json", config);
        const Result<Tokenizer> opened = Tokenizer::open(folder.path().toStdString());
        QVERIFY2(opened.ok(), qPrintable(error(opened)));
        QCOMPARE(opened->encode("a  <vi_start>  a"), (std::vector<int>{1, 259, 514, 467}));
        QCOMPARE(tokenizer_->encode("a  <vi_start>  a"), (std::vector<int>{1, 259, 465, 465, 514, 465, 259}));
    }

    void damagedFilesAreRefusedWithTheReason_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("reason");
        const QByteArray model = contentOf(golden + "/checkpoint/llm/tokenizer.model");
        const auto row = [](const char *name, const char *file, const QByteArray &content,
                            const char *reason) {
            QTest::newRow(name) << QString(file) << content << QString(reason);
        };
        const char *vocabulary = "tokenizer.model";
        row("no model", vocabulary, "", "not a SentencePiece model");
        row("text for a model", vocabulary, "once upon a time", "not a SentencePiece model");
        row("model cut short", vocabulary, model.chopped(1), "cut short");
        row("model cut by what is appended", vocabulary, model.chopped(4), "cut short");
        row("another type of model", vocabulary, model + field(2, "\x18\x01"), "type 1");
        row("normalisation tables", vocabulary, model + field(3, field(2, "\x04\0\0\0AAAAAAAA")),
            "normalisation");
        row("normalisation tables for output", vocabulary, model + field(5, field(2, "AAAAAAAA")),
            "normalisation");
        row("an empty piece", vocabulary, model + entry("", 1), "can be used: Internal");
        row("a piece twice", vocabulary, model + entry("the", 1) + entry("the", 1), "can be used: Internal");
        row("nothing but a type", vocabulary, field(2, "\x18\x02"), "can be used: Internal");

        const char *added = "added_tokens.json";
        row("no JSON", added, "<vi_start>", "not valid JSON");
        row("an id is text", added, R"({"<vi_start>": "514"})", "<vi_start> is \"514\"");
        row("an id is negative", added, R"({"<vi_start>": -1})", "<vi_start> is -1");
        row("an id is enormous", added, R"({"<vi_start>": 2147483647})", "<vi_start> is 2147483647");
        row("no text", added, R"({"": 515})", "is empty");
        row("the other file disagrees", added, R"({"<vi_start>": 600})", "514 and also 600");
        row("an id twice", added, R"({"<new>": 514})", "share the id 514");
        row("an id of the model", added, R"({"<new>": 300})", "has the id 300, which is the piece");

        const char *config = "tokenizer_config.json";
        row("config is an array", config, "[]", "object expected");
        row("no BOS", config, R"({"add_bos_token": false})", "add_bos_token is false");
        row("EOS behind the text", config, R"({"add_eos_token": true})", "add_eos_token is true");
        row("no dummy blank", config, R"({"add_prefix_space": false})", "add_prefix_space is false");
        row("unknown BOS", config, R"({"bos_token": "<begin>"})", "\"<begin>\", is not in tokenizer.model");
        row("BOS is a number", config, R"({"bos_token": 1})", "bos_token is 1");
        row("tokens by name", config, R"({"added_tokens_decoder": {"x": {"content": "y"}}})",
            "\"x\" is not an id");
        row("tokens without text", config, R"({"added_tokens_decoder": {"514": {}}})", "is empty");
        row("whole words only", config,
            R"({"added_tokens_decoder": {"514": {"content": "<vi_start>", "single_word": true}}})",
            "single_word");
        row("a token is a text", config, R"({"added_tokens_decoder": {"514": "<vi_start>"}})",
            "an object expected");
    }
    void damagedFilesAreRefusedWithTheReason()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, content);
        QFETCH(QString, reason);
        const QTemporaryDir folder;
        copyWith(folder, file, content);
        const Result<Tokenizer> opened = Tokenizer::open(folder.path().toStdString());
        QVERIFY(!opened.ok());
        QVERIFY2(error(opened).contains(folder.path()), qPrintable(error(opened)));
        QVERIFY2(error(opened).contains(reason), qPrintable(error(opened)));
    }

    void strangeEntriesDoNoHarm()
    {
        const QByteArray model = contentOf(golden + "/checkpoint/llm/tokenizer.model");
        for (const QByteArray &strange :
             {entry(QByteArray("\0abc", 4), 4), entry("abc", 4) + entry(QByteArray("abc\0d", 5), 4),
              entry("zzz", 9), entry("\xff\xfe", 1), entry("\xff", 4), entry(QByteArray(100000, 'a'), 4)}) {
            const QTemporaryDir folder;
            copyWith(folder, "tokenizer.model", model + strange);
            // The added tokens' ids collide with the new entries; only that nothing breaks is asked here.
            QVERIFY(QFile::remove(folder.filePath("added_tokens.json")));
            QVERIFY(QFile::remove(folder.filePath("tokenizer_config.json")));
            const Result<Tokenizer> opened = Tokenizer::open(folder.path().toStdString());
            if (opened.ok())
                QVERIFY(opened->encode("a cat abc zzz \xff\xfe").size() > 3);
        }
    }

    void missingFilesAreNamed()
    {
        const Result<Tokenizer> opened = Tokenizer::open("/nowhere/llm");
        QVERIFY(!opened.ok());
        QCOMPARE(opened.error().kind, ErrorKind::NotFound);
        QVERIFY(error(opened).contains("/nowhere/llm/tokenizer.model"));
    }
};

QTEST_APPLESS_MAIN(TestTokenizer)
#include "test_tokenizer.moc"
