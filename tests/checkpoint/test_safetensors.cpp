// SPDX-License-Identifier: Apache-2.0
//
// One .safetensors file: what is well formed is read, and everything else is refused with the reason.
#include "engine/checkpoint/safetensors_file.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtEndian>
#include <QTest>

using namespace fastcar;

namespace {

QByteArray le64(quint64 value)
{
    QByteArray bytes(8, '\0');
    qToLittleEndian(value, bytes.data());
    return bytes;
}

QByteArray file(const QByteArray &header, qsizetype dataBytes)
{
    return le64(static_cast<quint64>(header.size())) + header + QByteArray(dataBytes, '\1');
}

} // namespace

class TestSafetensors : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;

    Result<SafetensorsFile> open(const QByteArray &bytes) const
    {
        QFile target(folder_.filePath("x.safetensors"));
        [&] { QVERIFY(target.open(QIODevice::WriteOnly)); }();
        target.write(bytes);
        target.close();
        return SafetensorsFile::open(folder_.filePath("x.safetensors").toStdString());
    }

private slots:
    void aFileOfTwoTensorsIsRead()
    {
        const auto opened =
            open(file(R"({"__metadata__": {"format": "pt"},)"
                      R"("b": {"dtype": "F32", "shape": [], "data_offsets": [4, 8]},)"
                      R"("a": {"data_offsets": [0, 4], "shape": [1, 2], "dtype": "BF16"}}   )",
                      8));
        QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().message.c_str());
        QCOMPARE(opened->entries().size(), 2u);
        QCOMPARE(opened->entries()[0].name, "a");
        QCOMPARE(opened->entries()[0].view.type, DType::BF16);
        QVERIFY(opened->entries()[0].view.shape == (Shape{1, 2}));
        QCOMPARE(opened->entries()[1].view.elements(), 1);
        QCOMPARE(opened->entries()[1].view.data - opened->entries()[0].view.data, 4);
    }

    void emptyTensorsAndEmptyFilesOfTensorsAreRead()
    {
        QVERIFY(open(file("{}", 0)).ok());
        QVERIFY(open(file(R"({"a": {"dtype": "I64", "shape": [3, 0], "data_offsets": [0, 0]},)"
                          R"("b": {"dtype": "I64", "shape": [0], "data_offsets": [0, 0]}})",
                          0))
                    .ok());
    }

    void everyTypeIsRead()
    {
        for (const char *type : {"F32", "F16", "BF16", "F64", "I64", "I32", "I16", "I8", "U8", "BOOL"}) {
            const QByteArray header =
                QByteArray(R"({"a": {"dtype": "TYPE", "shape": [0], "data_offsets": [0, 0]}})")
                    .replace("TYPE", type);
            QVERIFY2(open(file(header, 0)).ok(), type);
        }
    }

    void damagedFilesAreRefusedWithTheReason_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("reason");
        const auto one = [](const char *tensor, qsizetype dataBytes = 4) {
            return file(QByteArray("{\"a\": ") + tensor + "}", dataBytes);
        };
        const QByteArray good = R"({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}})";

        QTest::newRow("empty file") << QByteArray() << "has 0 bytes";
        QTest::newRow("seven bytes") << QByteArray(7, '\0') << "has 7 bytes";
        QTest::newRow("header of 2^63")
            << le64(quint64{1} << 63) + good << "announces a header of 9223372036854775808";
        QTest::newRow("header of 2^64-1")
            << le64(~quint64{0}) + good << "announces a header of 18446744073709551615";
        QTest::newRow("header past the end") << file(good, 4).left(30) << "cut short";
        QTest::newRow("header over 100 MB") << le64(100000001) + good << "the format allows 100000000";
        QTest::newRow("header of nothing") << le64(0) << "not valid JSON";
        QTest::newRow("header cut short") << file(good.chopped(5), 4) << "not valid JSON";
        QTest::newRow("not JSON") << file("PK\x03\x04", 0) << "not valid JSON";
        QTest::newRow("not UTF-8") << file("{\"\xff\xfe\": 1}", 0) << "not valid JSON";
        QTest::newRow("text behind the header") << file(good + "x", 4) << "not valid JSON";
        QTest::newRow("an array") << file("[]", 0) << "the header is an array";
        QTest::newRow("a number") << file("7", 0) << "the header is the number 7";
        QTest::newRow("null") << file("null", 0) << "the header is null";
        QTest::newRow("deep nesting") << file(QByteArray(100000, '['), 0) << "the header is an array";
        QTest::newRow("deep nesting in a tensor")
            << one(QByteArray(R"({"dtype": "F32", "shape": )" + QByteArray(100000, '[')).constData())
            << "an extent";
        QTest::newRow("metadata of numbers") << file(R"({"__metadata__": {"a": 1}})", 0) << "__metadata__";
        QTest::newRow("metadata is no object") << file(R"({"__metadata__": "a"})", 0) << "__metadata__";

        QTest::newRow("a tensor twice")
            << file(R"({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]},)"
                    R"("a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}})",
                    8)
            << "tensor a is listed twice";
        QTest::newRow("a field twice")
            << one(R"({"dtype": "F32", "dtype": "F32", "shape": [1], "data_offsets": [0, 4]})")
            << "dtype twice";
        QTest::newRow("an unknown field")
            << one(R"({"dtype": "F32", "strides": [1], "shape": [1], "data_offsets": [0, 4]})")
            << "\"strides\"";
        QTest::newRow("no dtype") << one(R"({"shape": [1], "data_offsets": [0, 4]})") << "lacks";
        QTest::newRow("no shape") << one(R"({"dtype": "F32", "data_offsets": [0, 4]})") << "lacks";
        QTest::newRow("no offsets") << one(R"({"dtype": "F32", "shape": [1]})") << "lacks";
        QTest::newRow("a tensor is a number") << one("5") << "tensor a has the number 5";
        QTest::newRow("a tensor is null") << one("null") << "tensor a has null";
        QTest::newRow("unknown dtype")
            << one(R"({"dtype": "F8_E4M3", "shape": [4], "data_offsets": [0, 4]})") << "\"F8_E4M3\"";
        QTest::newRow("dtype is a number")
            << one(R"({"dtype": 32, "shape": [1], "data_offsets": [0, 4]})") << "the number 32";
        QTest::newRow("negative extent")
            << one(R"({"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]})") << "the number -1";
        QTest::newRow("fractional extent")
            << one(R"({"dtype": "F32", "shape": [1.5], "data_offsets": [0, 4]})") << "the number 1.5";
        QTest::newRow("extent of 2^63")
            << one(R"({"dtype": "F32", "shape": [9223372036854775808], "data_offsets": [0, 4]})")
            << "extent of 9223372036854775808";
        QTest::newRow("extent of 2^64")
            << one(R"({"dtype": "F32", "shape": [18446744073709551616], "data_offsets": [0, 4]})")
            << "has the number 18446744073709551616";
        QTest::newRow("six dimensions")
            << one(R"({"dtype": "F32", "shape": [1,1,1,1,1,1], "data_offsets": [0, 4]})")
            << "more than 5 dimensions";
        QTest::newRow("overflowing shape")
            << one(R"({"dtype": "F32", "shape": [4294967296, 4294967296], "data_offsets": [0, 0]})", 0)
            << "more elements than can be counted";
        QTest::newRow("overflow behind a zero is none")
            << one(R"({"dtype": "F32", "shape": [4294967296, 4294967295, 0], "data_offsets": [0, 4]})")
            << "more elements than can be counted";
        QTest::newRow("overflow by the element's size")
            << one(R"({"dtype": "F64", "shape": [4611686018427387904], "data_offsets": [0, 0]})", 0)
            << "more elements than can be counted";
        QTest::newRow("text in shape")
            << one(R"({"dtype": "F32", "shape": ["1"], "data_offsets": [0, 4]})") << "the text \"1\"";
        QTest::newRow("one offset") << one(R"({"dtype": "F32", "shape": [1], "data_offsets": [4]})")
                                    << "has 1 data_offsets";
        QTest::newRow("three offsets")
            << one(R"({"dtype": "F32", "shape": [1], "data_offsets": [0, 4, 4]})") << "data_offsets";
        QTest::newRow("negative offset")
            << one(R"({"dtype": "F32", "shape": [1], "data_offsets": [-4, 0]})") << "the number -4";
        QTest::newRow("offsets backwards")
            << one(R"({"dtype": "F32", "shape": [1], "data_offsets": [4, 0]})") << "data_offsets are [4, 0]";
        QTest::newRow("offsets wrap around")
            << one(R"({"dtype": "F32", "shape": [1], "data_offsets": [18446744073709551615, 3]})")
            << "data_offsets are [18446744073709551615, 3]";
        QTest::newRow("shape larger than range")
            << one(R"({"dtype": "F32", "shape": [2], "data_offsets": [0, 4]})")
            << "takes 8 bytes by its shape [2] of f32";
        QTest::newRow("range past the end")
            << one(R"({"dtype": "F32", "shape": [2], "data_offsets": [0, 8]})")
            << "ends at byte 8 of the data, of which the file holds 4";
        QTest::newRow("range far past the end")
            << one(R"({"dtype": "U8", "shape": [0], "data_offsets": [99999999999999, 99999999999999]})")
            << "ends at byte 99999999999999";
        QTest::newRow("overlap") << file(R"({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},)"
                                         R"("b": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}})",
                                         8)
                                 << "tensor b begins at byte 4 of the data and overlaps a";
        QTest::newRow("gap") << file(R"({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]},)"
                                     R"("b": {"dtype": "F32", "shape": [1], "data_offsets": [8, 12]}})",
                                     12)
                             << "4 bytes before tensor b";
        QTest::newRow("bytes behind the last tensor") << file(good, 9) << "5 bytes at the end";
    }
    void damagedFilesAreRefusedWithTheReason()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, reason);
        const auto opened = open(bytes);
        QVERIFY(!opened.ok());
        const QString message = QString::fromStdString(opened.error().message);
        QVERIFY2(message.contains("x.safetensors"), qPrintable(message));
        QVERIFY2(message.contains(reason), qPrintable(message));
    }

    void everyTruncationIsRefused()
    {
        QFile golden(FASTCAR_TEST_DATA "/golden/checkpoint/mm_projector/model.safetensors");
        QVERIFY(golden.open(QIODevice::ReadOnly));
        const QByteArray whole = golden.readAll();
        QVERIFY(open(whole).ok());
        for (qsizetype size = 0; size < whole.size(); size += size < 400 ? 1 : 97)
            QVERIFY(!open(whole.left(size)).ok());
    }

    void whatIsNoFileIsRefused()
    {
        const auto missing = SafetensorsFile::open(folder_.filePath("none.safetensors").toStdString());
        QVERIFY(!missing.ok());
        QCOMPARE(missing.error().kind, ErrorKind::NotFound);
        const auto folder = SafetensorsFile::open(folder_.path().toStdString());
        QVERIFY(!folder.ok());
        QVERIFY(QString::fromStdString(folder.error().message).contains("not a regular file"));
    }
};

QTEST_APPLESS_MAIN(TestSafetensors)
#include "test_safetensors.moc"
