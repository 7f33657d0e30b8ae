// SPDX-License-Identifier: Apache-2.0
//
// .npz files: numpy's own, our own, deflated ones, and damaged ones.
#include "engine/tensor/npy.h"
#include "engine/tensor/npz_lines.h"
#include "tests/tensor/file_size_limit.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtEndian>
#include <QTest>

#include <zlib.h>

using namespace fastcar;

namespace {

const std::filesystem::path golden = FASTCAR_TEST_DATA "/golden/vectors";

QByteArray le16(quint32 value)
{
    QByteArray bytes(2, '\0');
    qToLittleEndian(static_cast<quint16>(value), bytes.data());
    return bytes;
}
QByteArray le32(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToLittleEndian(value, bytes.data());
    return bytes;
}
QByteArray le64(quint64 value)
{
    QByteArray bytes(8, '\0');
    qToLittleEndian(value, bytes.data());
    return bytes;
}

QByteArray deflated(const QByteArray &bytes)
{
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    QByteArray out(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(bytes.size()))), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return out;
}

/// A zip of one member, every field of which a test can falsify.
struct Zip {
    QByteArray name = "a.npy";
    QByteArray content;
    quint32 method = 8;
    quint32 flags = 0;
    quint32 crc = 0;
    quint32 compressedSize = 0;
    quint32 size = 0;
    quint32 headerOffset = 0;
    QByteArray localExtra, centralExtra;
    quint32 entries = 1;
    QByteArray before64; // between directory and end record

    explicit Zip(const QByteArray &plain)
        : content(deflated(plain))
        , crc(static_cast<quint32>(
              crc32(0, reinterpret_cast<const Bytef *>(plain.data()), static_cast<uInt>(plain.size()))))
        , compressedSize(static_cast<quint32>(content.size()))
        , size(static_cast<quint32>(plain.size()))
    {
    }
    void store(const QByteArray &plain)
    {
        content = plain;
        method = 0;
        compressedSize = size;
    }
    QByteArray sizes() const { return le32(crc) + le32(compressedSize) + le32(size); }
    QByteArray bytes() const
    {
        const QByteArray local = le32(0x04034b50) + le16(20) + le16(flags) + le16(method) + le32(0) +
                                 sizes() + le16(static_cast<quint32>(name.size())) +
                                 le16(static_cast<quint32>(localExtra.size())) + name + localExtra;
        const QByteArray central = le32(0x02014b50) + le16(20) + le16(20) + le16(flags) + le16(method) +
                                   le32(0) + sizes() + le16(static_cast<quint32>(name.size())) +
                                   le16(static_cast<quint32>(centralExtra.size())) + le16(0) + le16(0) +
                                   le16(0) + le32(0) + le32(headerOffset) + name + centralExtra;
        const auto offset = static_cast<quint32>(local.size() + content.size());
        return local + content + central + before64 + le32(0x06054b50) + le16(0) + le16(0) + le16(entries) +
               le16(entries) + le32(static_cast<quint32>(central.size())) + le32(offset) + le16(0);
    }
};

} // namespace

class TestNpz : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QByteArray plain_; // a .npy of 1000 floats

    std::filesystem::path path(const char *name) const { return folder_.filePath(name).toStdString(); }
    std::filesystem::path write(const QByteArray &bytes) const
    {
        QFile file(folder_.filePath("x.npz"));
        [&] { QVERIFY(file.open(QIODevice::WriteOnly)); }();
        file.write(bytes);
        return path("x.npz");
    }
    static QString messageOf(const Result<std::map<std::string, NpyArray>> &arrays)
    {
        return arrays.ok() ? QString() : QString::fromStdString(arrays.error().message);
    }

private slots:
    void initTestCase()
    {
        std::vector<float> values(1000);
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<float>(i % 10);
        QVERIFY(writeNpy(path("plain.npy"), NpyArray::from<float>(values, {10, 100})).ok());
        QFile file(folder_.filePath("plain.npy"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        plain_ = file.readAll();
    }

    void everyGoldenFileIsRead()
    {
        int files = 0;
        for (const auto &entry : std::filesystem::directory_iterator(golden)) {
            if (entry.path().extension() != ".npz")
                continue;
            const auto arrays = readNpz(entry.path());
            QVERIFY2(arrays.ok(), qPrintable(messageOf(arrays)));
            QVERIFY(!arrays->empty());
            ++files;
        }
        QCOMPARE(files, 13);
        const auto dense = readNpz(golden / "dense.npz");
        QCOMPARE(dense->at("hidden").shape, (std::vector<std::int64_t>{2, 64, 64}));
        QCOMPARE(dense->at("hidden").type, DType::F32);
        QCOMPARE(dense->at("codes").shape, (std::vector<std::int64_t>{64, 4}));
    }

    void whatIsWrittenComesBack()
    {
        const std::vector<float> floats{1.5f, -2.0f, 3.25f};
        const std::vector<std::int32_t> integers{1, 2, 3, 4};
        Result<NpzWriter> writer = NpzWriter::create(path("round.npz"));
        QVERIFY(writer.ok());
        QVERIFY(writer->add("floats", NpyArray::from<float>(floats, {3})).ok());
        QVERIFY(writer->add("integers", NpyArray::from<std::int32_t>(integers, {2, 2})).ok());
        QVERIFY(writer->add("nothing", NpyArray::from<float>({}, {0})).ok());
        QVERIFY(!std::filesystem::exists(path("round.npz")));
        QVERIFY(writer->close().ok());
        const auto arrays = readNpz(path("round.npz"));
        QVERIFY2(arrays.ok(), qPrintable(messageOf(arrays)));
        QCOMPARE(arrays->size(), 3u);
        QCOMPARE((*arrays->at("floats").as<float>())[2], 3.25f);
        QCOMPARE(arrays->at("integers").shape, (std::vector<std::int64_t>{2, 2}));
        QCOMPARE((*arrays->at("integers").as<std::int32_t>())[3], 4);
        QCOMPARE(arrays->at("nothing").elements(), 0);
    }

    void aWriterThatIsDroppedLeavesNothing()
    {
        const QDir directory(folder_.path());
        const auto before = directory.entryList(QDir::AllEntries | QDir::Hidden);
        {
            Result<NpzWriter> writer = NpzWriter::create(path("dropped.npz"));
            QVERIFY(writer.ok());
            QVERIFY(writer->add("a", NpyArray::from<float>({}, {0})).ok());
        }
        QCOMPARE(directory.entryList(QDir::AllEntries | QDir::Hidden), before);
    }

    void aFullDiskLeavesNothing()
    {
        const QDir directory(folder_.path());
        const auto before = directory.entryList(QDir::AllEntries | QDir::Hidden);
        {
            Result<NpzWriter> writer = NpzWriter::create(path("full.npz"));
            QVERIFY(writer.ok());
            const std::vector<float> small(10), large(10000);
            QVERIFY(writer->add("small", NpyArray::from<float>(small, {10})).ok());
            const FileSizeLimit limit(4096);
            const Result<void> added = writer->add("large", NpyArray::from<float>(large, {10000}));
            QVERIFY(!added.ok());
            QCOMPARE(added.error().kind, ErrorKind::Io);
            QVERIFY(QString::fromStdString(added.error().message).contains("full.npz"));
            // What follows would fit, but there is no whole file any more.
            QVERIFY(!writer->add("other", NpyArray::from<float>(small, {10})).ok());
            QVERIFY(!writer->close().ok());
        }
        QCOMPARE(directory.entryList(QDir::AllEntries | QDir::Hidden), before);
    }

    /// [2, 3, 5] as six lines that grow side by side, and a line of seven.
    static void fill(NpzLines &npz, int elements)
    {
        for (int i = 0; i < elements; ++i) {
            for (int line = 0; line < 6; ++line)
                npz.append(0, line, static_cast<float>(10 * line + i));
            npz.append(1, 0, std::int64_t{i});
        }
    }
    static std::vector<NpzLines::Array> linesOf(std::int64_t elements)
    {
        return {{.name = "six", .type = DType::F32, .shape = {2, 3, elements}, .lines = 6},
                {.name = "one", .type = DType::I64, .shape = {elements}},
                {.name = "none", .type = DType::U8, .shape = {4, 0}, .lines = 4}};
    }

    void linesThatGrowSideBySideGiveTheSameFile()
    {
        constexpr int elements = 30'001; // more than a block of each line
        auto lines = NpzLines::create(path("lines.npz"), linesOf(elements));
        QVERIFY2(lines.ok(), lines.ok() ? "" : lines.error().message.c_str());
        fill(*lines, elements);
        QVERIFY(!std::filesystem::exists(path("lines.npz")));
        QVERIFY(lines->close().ok());
        std::vector<float> six;
        std::vector<std::int64_t> one;
        for (int line = 0; line < 6; ++line)
            for (int i = 0; i < elements; ++i)
                six.push_back(static_cast<float>(10 * line + i));
        for (int i = 0; i < elements; ++i)
            one.push_back(i);
        auto writer = NpzWriter::create(path("arrays.npz"));
        QVERIFY(writer->add("six", NpyArray::from<float>(six, {2, 3, elements})).ok());
        QVERIFY(writer->add("one", NpyArray::from<std::int64_t>(one, {elements})).ok());
        QVERIFY(writer->add("none", NpyArray::from<std::uint8_t>({}, {4, 0})).ok());
        QVERIFY(writer->close().ok());
        QFile grown(folder_.filePath("lines.npz")), written(folder_.filePath("arrays.npz"));
        QVERIFY(grown.open(QIODevice::ReadOnly) && written.open(QIODevice::ReadOnly));
        QVERIFY(grown.readAll() == written.readAll());
        QVERIFY(readNpz(path("lines.npz")).ok()); // checksums are right
    }

    void linesThatAreNotFullLeaveNothing()
    {
        const QDir directory(folder_.path());
        const auto before = directory.entryList(QDir::AllEntries | QDir::Hidden);
        {
            auto lines = NpzLines::create(path("short.npz"), linesOf(20));
            fill(*lines, 19);
            const Result<void> closed = lines->close();
            QVERIFY(!closed.ok());
            QVERIFY(QString::fromStdString(closed.error().message).contains("not full"));
        }
        {
            auto lines = NpzLines::create(path("large.npz"), linesOf(100'000));
            const FileSizeLimit limit(4096);
            fill(*lines, 100'000);
            QVERIFY(!lines->state().ok());
            QCOMPARE(lines->close().error().kind, ErrorKind::Io);
        }
        QCOMPARE(directory.entryList(QDir::AllEntries | QDir::Hidden), before);
    }

    void aNameCanBeUsedOnce()
    {
        Result<NpzWriter> writer = NpzWriter::create(path("twice.npz"));
        QVERIFY(writer->add("a", NpyArray::from<float>({}, {0})).ok());
        const Result<void> again = writer->add("a", NpyArray::from<float>({}, {0}));
        QVERIFY(!again.ok());
        QVERIFY(QString::fromStdString(again.error().message).contains("'a'"));
        QVERIFY(!writer->add("", NpyArray::from<float>({}, {0})).ok());
    }

    void afterCloseNothingCanBeAdded()
    {
        Result<NpzWriter> writer = NpzWriter::create(path("closed.npz"));
        QVERIFY(writer->close().ok());
        QVERIFY(!writer->add("late", NpyArray::from<float>({}, {0})).ok());
        QVERIFY(!writer->close().ok());
        QVERIFY(readNpz(path("closed.npz"))->empty());
    }

    void equalArraysGiveEqualFiles()
    {
        for (const char *name : {"one.npz", "two.npz"}) {
            const std::vector<float> values(10, 1.0f);
            Result<NpzWriter> writer = NpzWriter::create(path(name));
            QVERIFY(writer->add("a", NpyArray::from<float>(values, {10})).ok());
            QVERIFY(writer->close().ok());
        }
        QFile one(folder_.filePath("one.npz")), two(folder_.filePath("two.npz"));
        QVERIFY(one.open(QIODevice::ReadOnly) && two.open(QIODevice::ReadOnly));
        QCOMPARE(one.readAll(), two.readAll());
    }

    void aDeflatedMemberIsRead()
    {
        const auto arrays = readNpz(write(Zip(plain_).bytes()));
        QVERIFY2(arrays.ok(), qPrintable(messageOf(arrays)));
        QCOMPARE(arrays->at("a").shape, (std::vector<std::int64_t>{10, 100}));
        QCOMPARE((*arrays->at("a").as<float>())[999], 9.0f);
    }

    void sizesIn64BitsAreRead()
    {
        // As numpy writes when it does not know the size beforehand: 0xffffffff, and the truth in the extra
        // field.
        Zip zip(plain_);
        zip.centralExtra = le16(0x7777) + le16(3) + "abc" + le16(1) + le16(24) + le64(zip.size) +
                           le64(zip.compressedSize) + le64(0);
        zip.localExtra = le16(1) + le16(16) + le64(zip.size) + le64(zip.compressedSize);
        zip.size = zip.compressedSize = zip.headerOffset = 0xffffffff;
        const auto arrays = readNpz(write(zip.bytes()));
        QVERIFY2(arrays.ok(), qPrintable(messageOf(arrays)));
        QCOMPARE((*arrays->at("a").as<float>())[999], 9.0f);
    }

    void anEndRecordOf64BitsIsRead()
    {
        Zip zip(plain_);
        const QByteArray narrow = zip.bytes();
        const quint64 offset = qFromLittleEndian<quint32>(narrow.right(6).constData());
        const quint64 size = qFromLittleEndian<quint32>(narrow.right(10).constData());
        zip.before64 = le32(0x06064b50) + le64(44) + le16(45) + le16(45) + le32(0) + le32(0) + le64(1) +
                       le64(1) + le64(size) + le64(offset) + le32(0x07064b50) + le32(0) +
                       le64(offset + size) + le32(1);
        zip.entries = 0xffff;
        const auto arrays = readNpz(write(zip.bytes()));
        QVERIFY2(arrays.ok(), qPrintable(messageOf(arrays)));
        QCOMPARE(arrays->size(), 1u);
    }

    void damagedFilesAreRefusedWithTheReason_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("reason");
        const auto zipWith = [&](auto change) {
            Zip zip(plain_);
            change(zip);
            return zip.bytes();
        };
        QTest::newRow("empty") << QByteArray() << "end record is missing";
        QTest::newRow("text") << QByteArray("this is no zip, whatever its name says")
                              << "end record is missing";
        QTest::newRow("cut short") << Zip(plain_).bytes().chopped(30) << "end record is missing";
        QTest::newRow("front is missing") << Zip(plain_).bytes().mid(20) << "directory";
        QTest::newRow("wrong checksum") << zipWith([](Zip &z) { ++z.crc; }) << "checksum";
        QTest::newRow("encrypted") << zipWith([](Zip &z) { z.flags = 1; }) << "encrypted";
        QTest::newRow("unknown method") << zipWith([](Zip &z) { z.method = 12; }) << "method 12";
        QTest::newRow("more members announced") << zipWith([](Zip &z) { z.entries = 5; }) << "announces 5";
        QTest::newRow("header elsewhere")
            << zipWith([](Zip &z) { z.headerOffset = 7; }) << "does not begin where";
        QTest::newRow("header outside")
            << zipWith([](Zip &z) { z.headerOffset = 0x70000000; }) << "it points to";
        QTest::newRow("larger than the file")
            << zipWith([](Zip &z) { z.compressedSize = 0x70000000; }) << "claims 1879048192";
        QTest::newRow("bomb") << zipWith([](Zip &z) { z.size = 0x70000000; }) << "more than deflate can";
        QTest::newRow("inflates to 5 GiB") << zipWith([](Zip &z) {
            z.centralExtra = le16(1) + le16(8) + le64(quint64{5} << 30);
            z.size = 0xffffffff;
        }) << "inflate to more than 4294967296";
        QTest::newRow("inflates to less") << zipWith([](Zip &z) { z.size += 1; }) << "of elements";
        QTest::newRow("stored, two sizes") << zipWith([&](Zip &z) {
            z.store(plain_);
            z.compressedSize -= 4;
        }) << "two sizes differ";
        QTest::newRow("not deflate") << zipWith([](Zip &z) { z.content.fill('\xff'); }) << "deflate";
        QTest::newRow("deflate cut short") << zipWith([](Zip &z) { z.compressedSize -= 5; }) << "damaged";
        QTest::newRow("64-bit sizes missing")
            << zipWith([](Zip &z) { z.size = 0xffffffff; }) << "64-bit sizes";
        QTest::newRow("64-bit end missing") << zipWith([](Zip &z) { z.entries = 0xffff; }) << "zip64 locator";
        QTest::newRow("a picture") << Zip(QByteArray("\x89PNG\r\n\x1a\n etc")).bytes() << "\\x93NUMPY";
    }
    void damagedFilesAreRefusedWithTheReason()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, reason);
        const auto arrays = readNpz(write(bytes));
        QVERIFY(!arrays.ok());
        QVERIFY2(messageOf(arrays).contains("x.npz"), qPrintable(messageOf(arrays)));
        QVERIFY2(messageOf(arrays).contains(reason), qPrintable(messageOf(arrays)));
    }

    void everyTruncationOfAFileIsRefused()
    {
        QFile file(QString::fromStdString((golden / "always.npz").string()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray whole = file.readAll();
        for (qsizetype size = 0; size < whole.size(); size += 1 + whole.size() / 97)
            QVERIFY(!readNpz(write(whole.left(size))).ok());
    }
};

QTEST_APPLESS_MAIN(TestNpz)
#include "test_npz.moc"
