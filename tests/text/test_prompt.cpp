// SPDX-License-Identifier: Apache-2.0
//
// The prompt template: both rows' text and ids, and what must not be in a prompt.
#include "engine/text/prompt.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace fastcar;

namespace {

const QString golden = FASTCAR_TEST_DATA "/golden";

QJsonArray cases()
{
    QFile file(golden + "/vectors/tokenizer_cases.json");
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).array() : QJsonArray();
}

QJsonArray array(const std::vector<int> &ids)
{
    QJsonArray result;
    for (int id : ids)
        result.append(id);
    return result;
}

} // namespace

class TestPrompt : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Tokenizer> tokenizer_;

private slots:
    void initTestCase()
    {
        Result<Tokenizer> opened = Tokenizer::open((golden + "/checkpoint/llm").toStdString());
        QVERIFY(opened.ok());
        tokenizer_ = std::make_unique<Tokenizer>(std::move(*opened));
    }

    void theTemplateIsThatOfThePublishedProgram()
    {
        int compared = 0;
        for (const QJsonValue &value : cases()) {
            if (value["start_token"].toString() != "<vi_start>")
                continue;
            QCOMPARE(QString::fromStdString(conditionalText(value["user_text"].toString().toStdString())),
                     value["full_text"].toString());
            ++compared;
        }
        QCOMPARE(compared, 9);
    }

    void bothRowsHaveTheIdsOfThePublishedProgram()
    {
        const QJsonArray all = cases();
        QJsonArray unconditional;
        for (const QJsonValue &value : all)
            if (value["user_text"].toString().isEmpty())
                unconditional = value["ids"].toArray();
        QCOMPARE(unconditional.size(), 38);
        for (const QJsonValue &value : all) {
            if (value["start_token"].toString() != "<vi_start>")
                continue;
            const Result<PromptIds> ids =
                encodePrompt(*tokenizer_, value["user_text"].toString().toStdString());
            QVERIFY2(ids.ok(), ids.ok() ? "" : ids.error().message.c_str());
            QCOMPARE(array(ids->conditional), value["ids"].toArray());
            QCOMPARE(array(ids->unconditional), unconditional);
        }
    }

    void anEmptyPromptIsTheUnconditionalRow()
    {
        for (const char *blank : {"", " ", "\t\n ", "\u00a0\u3000\u2028\x1c"})
            QCOMPARE(conditionalText(blank), unconditionalText());
    }

    void blanksAtTheEndsGoAndThoseWithinStay()
    {
        const std::string plain = conditionalText("a  cat");
        QCOMPARE(conditionalText("\u2003 a  cat\r\n\u0085"), plain);
        QVERIFY(plain.find("USER: a  cat ASSISTANT") != std::string::npos);
        // A zero-width space is no blank to Python.
        QVERIFY(conditionalText("\u200ba").find("USER: \u200ba ASS") != std::string::npos);
    }

    void specialTokensInAPromptAreRefusedByName_data()
    {
        QTest::addColumn<QByteArray>("token");
        for (const char *token :
             {"<s>", "</s>", "<unk>", "<im_start>", "<im_end>", "<vi_start>", "<vi_end>", "<image>"})
            QTest::newRow(token) << QByteArray(token);
    }
    void specialTokensInAPromptAreRefusedByName()
    {
        QFETCH(QByteArray, token);
        for (const QByteArray &prompt : {token, "a " + token + " cat", "a" + token, token + token}) {
            const Result<PromptIds> ids = encodePrompt(*tokenizer_, prompt.toStdString());
            QVERIFY(!ids.ok());
            QCOMPARE(ids.error().kind, ErrorKind::BadInput);
            QVERIFY(QString::fromStdString(ids.error().message).contains(token));
        }
    }

    void whatOnlyLooksLikeOneIsText()
    {
        for (const char *prompt : {"<S>", "< s>", "<vi_start", "<b>", "a < b > c", "<0x41>", "\u2581"})
            QVERIFY2(encodePrompt(*tokenizer_, prompt).ok(), prompt);
    }

    void textThatIsNoUtf8IsRefusedWithThePlace_data()
    {
        QTest::addColumn<QByteArray>("prompt");
        QTest::addColumn<int>("byte"); // counted from 1
        QTest::newRow("lone byte") << QByteArray("a cat\xff") << 6;
        QTest::newRow("continuation alone") << QByteArray("\x80") << 1;
        QTest::newRow("cut short") << QByteArray("caf\xc3") << 4;
        QTest::newRow("cut within four") << QByteArray("a\xf0\x9f\x8e") << 2;
        QTest::newRow("overlong slash") << QByteArray("\xc0\xaf") << 1;
        QTest::newRow("overlong in three") << QByteArray("\xe0\x80\xaf") << 1;
        QTest::newRow("surrogate") << QByteArray("x\xed\xa0\x80") << 2;
        QTest::newRow("beyond Unicode") << QByteArray("\xf4\x90\x80\x80") << 1;
        QTest::newRow("five bytes") << QByteArray("\xf8\x88\x80\x80\x80") << 1;
    }
    void textThatIsNoUtf8IsRefusedWithThePlace()
    {
        QFETCH(QByteArray, prompt);
        QFETCH(int, byte);
        const Result<PromptIds> ids = encodePrompt(*tokenizer_, prompt.toStdString());
        QVERIFY(!ids.ok());
        QVERIFY2(QString::fromStdString(ids.error().message).contains(QString("byte %1 ").arg(byte)),
                 ids.error().message.c_str());
    }

    void aTokenizerWithoutVideoTokensIsRefused()
    {
        const QTemporaryDir folder;
        QVERIFY(QFile::copy(golden + "/checkpoint/llm/tokenizer.model", folder.filePath("tokenizer.model")));
        const Result<Tokenizer> plain = Tokenizer::open(folder.path().toStdString());
        QVERIFY(plain.ok());
        QCOMPARE(plain->size(), 512);
        const Result<PromptIds> ids = encodePrompt(*plain, "a cat");
        QVERIFY(!ids.ok());
        QVERIFY(QString::fromStdString(ids.error().message).contains("<vi_start>"));
    }
};

QTEST_APPLESS_MAIN(TestPrompt)
#include "test_prompt.moc"
