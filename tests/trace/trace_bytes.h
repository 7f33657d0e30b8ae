// SPDX-License-Identifier: Apache-2.0
//
// Files of traces as bytes: written, read, made up record by record.
#pragma once

#include <QByteArray>
#include <QFile>
#include <QTest>

#include <cstring>

#include <zlib.h>

namespace fastcar {

/// A new file: some file systems bring one that is cut and written again to the disk at once.
inline void writeBytesTo(const QString &name, const QByteArray &bytes)
{
    QFile::remove(name);
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

inline QByteArray bytesOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A record as the format says.
inline QByteArray record(const QByteArray &tag, const QByteArray &payload)
{
    const auto length = static_cast<quint32>(payload.size());
    QByteArray bytes = tag;
    bytes.append(reinterpret_cast<const char *>(&length), 4);
    bytes.append(payload);
    const auto crc = static_cast<quint32>(
        crc32(0, reinterpret_cast<const Bytef *>(bytes.constData()), static_cast<uInt>(bytes.size())));
    bytes.append(reinterpret_cast<const char *>(&crc), 4);
    return bytes;
}

/// Replaces text of the header by other text of the same length and mends the checksum.
inline QByteArray withHeader(QByteArray bytes, const QByteArray &from, const QByteArray &to)
{
    quint32 length = 0;
    std::memcpy(&length, bytes.constData() + 12, 4);
    QByteArray header = bytes.mid(16, length);
    header.replace(from, to);
    const auto newLength = static_cast<quint32>(header.size());
    const auto crc = static_cast<quint32>(
        crc32(0, reinterpret_cast<const Bytef *>(header.constData()), static_cast<uInt>(header.size())));
    QByteArray out = bytes.left(12);
    out.append(reinterpret_cast<const char *>(&newLength), 4);
    out.append(header);
    out.append(reinterpret_cast<const char *>(&crc), 4);
    out.append(bytes.mid(16 + length + 4));
    return out;
}

} // namespace fastcar
