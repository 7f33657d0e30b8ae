// SPDX-License-Identifier: Apache-2.0
//
// The prompt template: both rows' text and ids, and what must not be in a prompt.
#include "engine/text/prompt.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
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
};

QTEST_APPLESS_MAIN(TestPrompt)
#include "test_prompt.moc"
