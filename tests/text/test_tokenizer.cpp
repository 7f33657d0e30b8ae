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

using namespace fastcar;

namespace {

const QString golden = FASTCAR_TEST_DATA "/golden";

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

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
};

QTEST_APPLESS_MAIN(TestTokenizer)
#include "test_tokenizer.moc"
