// SPDX-License-Identifier: Apache-2.0
//
// .npy files: what numpy wrote can be read, what is written comes back, and no damaged header is believed.
#include "engine/tensor/npy.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cstring>
#include <numeric>

using namespace fastcar;

namespace {

const std::filesystem::path golden = FASTCAR_TEST_DATA "/golden/vectors";

QByteArray npy(const QByteArray &dictionary, const QByteArray &data, char version = 1)
{
    QByteArray bytes("\x93NUMPY");
    bytes += version;
    bytes += '\0';
    const auto length = static_cast<quint32>(dictionary.size());
    for (int i = 0; i < (version == 1 ? 2 : 4); ++i)
        bytes += static_cast<char>(length >> (8 * i) & 0xff);
    return bytes + dictionary + data;
}

QByteArray floats(int count)
{
    QByteArray bytes;
    for (int i = 0; i < count; ++i) {
        const float value = static_cast<float>(i) + 0.5f;
        bytes.append(reinterpret_cast<const char *>(&value), sizeof value);
    }
    return bytes;
}

} // namespace

class TestNpy : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    std::filesystem::path path(const char *name) const { return folder_.filePath(name).toStdString(); }
    std::filesystem::path write(const QByteArray &bytes) const
    {
        QFile file(folder_.filePath("x.npy"));
        [&] { QVERIFY(file.open(QIODevice::WriteOnly)); }();
        file.write(bytes);
        return path("x.npy");
    }

private slots:
    void numpysFileIsRead()
    {
        const Result<NpyArray> array = readNpy(golden / "greedy_dense.npy");
        QVERIFY2(array.ok(), array.ok() ? "" : array.error().message.c_str());
        QCOMPARE(array->type, DType::I32);
        QCOMPARE(array->shape, (std::vector<std::int64_t>{64, 4}));
        QCOMPARE(array->elements(), 256);
        const auto codes = array->as<std::int32_t>();
        QVERIFY(codes.ok());
        for (std::int32_t code : *codes)
            QVERIFY(code >= 0 && code < 32);
    }

    void whatIsWrittenComesBack_data()
    {
        QTest::addColumn<std::vector<std::int64_t>>("shape");
        QTest::newRow("scalar") << std::vector<std::int64_t>{};
        QTest::newRow("vector") << std::vector<std::int64_t>{7};
        QTest::newRow("matrix") << std::vector<std::int64_t>{3, 5};
        QTest::newRow("empty") << std::vector<std::int64_t>{4, 0, 2};
        QTest::newRow("six axes") << std::vector<std::int64_t>{1, 2, 1, 3, 1, 2};
    }
    void whatIsWrittenComesBack()
    {
        QFETCH(std::vector<std::int64_t>, shape);
        std::int64_t count = 1;
        for (std::int64_t extent : shape)
            count *= extent;
        std::vector<double> values(static_cast<std::size_t>(count));
        std::iota(values.begin(), values.end(), -1.25);
        const NpyArray array = NpyArray::from<double>(values, shape);
        QVERIFY(writeNpy(path("round.npy"), array).ok());
        const Result<NpyArray> back = readNpy(path("round.npy"));
        QVERIFY2(back.ok(), back.ok() ? "" : back.error().message.c_str());
        QCOMPARE(back->type, DType::F64);
        QCOMPARE(back->shape, shape);
        QCOMPARE(back->data, array.data);
    }

    void everyTypeThatNumpyKnowsComesBack()
    {
        for (DType type : {DType::F32, DType::F16, DType::F64, DType::I64, DType::I32, DType::I16, DType::I8,
                           DType::U8, DType::Bool}) {
            const NpyArray array{type, {3}, std::vector<std::byte>(3 * byteSize(type), std::byte{1})};
            QVERIFY(writeNpy(path("type.npy"), array).ok());
            const Result<NpyArray> back = readNpy(path("type.npy"));
            QVERIFY(back.ok());
            QCOMPARE(back->type, type);
            QCOMPARE(back->data, array.data);
        }
    }

    void bfloat16IsRefusedBecauseNumpyHasNone()
    {
        const NpyArray array{DType::BF16, {1}, std::vector<std::byte>(2)};
        const Result<void> written = writeNpy(path("bf16.npy"), array);
        QVERIFY(!written.ok());
        QVERIFY(QString::fromStdString(written.error().message).contains("bf16"));
        QVERIFY(!std::filesystem::exists(path("bf16.npy")));
    }

    void dataOfTheWrongLengthAreNotWritten()
    {
        const NpyArray array{DType::F32, {2, 2}, std::vector<std::byte>(12)};
        const Result<void> written = writeNpy(path("short.npy"), array);
        QVERIFY(!written.ok());
        QVERIFY(
            QString::fromStdString(written.error().message).contains("12 bytes, its shape and type take 16"));
    }

    void elementsBeginAtAMultipleOf64()
    {
        const std::vector<float> values(6);
        QVERIFY(writeNpy(path("aligned.npy"), NpyArray::from<float>(values, {2, 3})).ok());
        QCOMPARE(std::filesystem::file_size(path("aligned.npy")) % 64, 24u);
    }

    void version2IsRead()
    {
        const Result<NpyArray> array = readNpy(
            write(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }  \n", floats(4), 2)));
        QVERIFY2(array.ok(), array.ok() ? "" : array.error().message.c_str());
        QCOMPARE((*array->as<float>())[3], 3.5f);
    }

    void aViewOfAnotherTypeIsRefusedWithBothNames()
    {
        const std::vector<float> values{1.0f};
        const NpyArray array = NpyArray::from<float>(values, {1});
        const auto wrong = array.as<std::int64_t>();
        QVERIFY(!wrong.ok());
        QVERIFY(QString::fromStdString(wrong.error().message).contains("f32"));
        QVERIFY(QString::fromStdString(wrong.error().message).contains("i64"));
    }

    void damagedFilesAreRefusedWithTheReason_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("reason");
        const QByteArray good = "{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }\n";
        const auto with = [&](const char *from, const char *to) {
            return npy(QByteArray(good).replace(from, to), floats(4));
        };
        QTest::newRow("empty") << QByteArray() << "first 8 bytes";
        QTest::newRow("not numpy") << QByteArray("PK\x03\x04 and more bytes") << "\\x93NUMPY";
        QTest::newRow("version 3") << npy(good, floats(4), 3) << "version 3";
        QTest::newRow("ends in the header") << npy(good, floats(4)).left(9) << "within its header";
        QTest::newRow("header longer than the file") << npy(good, floats(4)).left(40) << "its header claims";
        QTest::newRow("header of 4 GB")
            << QByteArray("\x93NUMPY\x02\x00\xff\xff\xff\xff{}", 14) << "4294967295";
        QTest::newRow("too few elements") << npy(good, floats(3)) << "16 bytes of elements, it holds 12";
        QTest::newRow("too many elements") << npy(good, floats(5)) << "it holds 20";
        QTest::newRow("huge shape") << with("(4,)", "(9000000000000, 9000000000000)") << "can be counted";
        QTest::newRow("huge number") << with("(4,)", "(99999999999999999999,)") << "dictionary";
        QTest::newRow("huge but countable") << with("(4,)", "(1000000000000,)") << "4000000000000";
        QTest::newRow("negative") << with("(4,)", "(-4,)") << "dictionary";
        QTest::newRow("33 axes") << with(
                                        "(4,)",
                                        "(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,4)")
                                 << "dictionary";
        QTest::newRow("big endian") << with("<f4", ">f4") << "'>f4'";
        QTest::newRow("objects") << with("<f4", "|O") << "'|O'";
        QTest::newRow("structured") << with("'<f4'", "[('a', '<f4')]") << "structured";
        QTest::newRow("fortran") << with("False", "True") << "Fortran";
        QTest::newRow("no shape") << with(", 'shape': (4,)", "") << "lacks";
        QTest::newRow("no descr") << with("'descr': '<f4', ", "") << "no descr";
        QTest::newRow("another key") << with("descr", "other") << "dictionary";
        QTest::newRow("a key twice") << with("fortran_order': False", "descr': '<f8'") << "dictionary";
        QTest::newRow("no end") << with("}", " ") << "dictionary";
        QTest::newRow("text behind") << with("}", "} 1") << "dictionary";
    }
    void damagedFilesAreRefusedWithTheReason()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, reason);
        const Result<NpyArray> array = readNpy(write(bytes));
        QVERIFY(!array.ok());
        const QString message = QString::fromStdString(array.error().message);
        QVERIFY2(message.contains("x.npy"), qPrintable(message));
        QVERIFY2(message.contains(reason), qPrintable(message));
    }

    void aFileThatIsNotThereIsNamed()
    {
        const Result<NpyArray> array = readNpy(path("nothing.npy"));
        QVERIFY(!array.ok());
        QCOMPARE(array.error().kind, ErrorKind::NotFound);
        QVERIFY(QString::fromStdString(array.error().message).contains("nothing.npy"));
        QVERIFY(!readNpy(folder_.path().toStdString()).ok());
    }

    void aFolderThatIsNotThereCannotBeWrittenTo()
    {
        const std::vector<float> values(1);
        const Result<void> written = writeNpy(path("none") / "x.npy", NpyArray::from<float>(values, {1}));
        QVERIFY(!written.ok());
        QCOMPARE(written.error().kind, ErrorKind::Io);
    }
};

QTEST_APPLESS_MAIN(TestNpy)
#include "test_npy.moc"
