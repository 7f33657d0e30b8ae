// SPDX-License-Identifier: Apache-2.0
#include "tests/checkpoint/checkpoint_copy.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QtEndian>

#include <algorithm>
#include <cstdlib>

using nlohmann::json;

namespace {

const QString golden = QDir(FASTCAR_TEST_DATA "/golden/checkpoint").absolutePath();

/// A test whose preparation fails has nothing to say.
void must(bool done, const char *what)
{
    if (!done)
        qFatal("%s", what);
}

} // namespace

CheckpointCopy::CheckpointCopy()
{
    must(folder_.isValid(), "no temporary folder");
    QDirIterator files(golden, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString source = files.next();
        const QString target = file(QDir(golden).relativeFilePath(source));
        must(QDir().mkpath(QFileInfo(target).path()), "no subfolder");
        must(QFile::link(source, target), "no link"); // write() puts a file of the copy's own in its place
    }
}

QByteArray CheckpointCopy::bytes(const QString &name) const
{
    QFile source(file(name));
    must(source.open(QIODevice::ReadOnly), "no such file");
    return source.readAll();
}

void CheckpointCopy::write(const QString &name, const QByteArray &bytes) const
{
    QFile::remove(file(name));
    QFile target(file(name));
    must(target.open(QIODevice::WriteOnly) && target.write(bytes) == bytes.size(), "not written");
}

void CheckpointCopy::remove(const QString &name) const
{
    const QFileInfo info(file(name));
    must(info.isDir() ? QDir(file(name)).removeRecursively() : QFile::remove(file(name)), "not removed");
}

void CheckpointCopy::editJson(const QString &name, const std::function<void(json &)> &edit) const
{
    json document = json::parse(bytes(name).toStdString());
    edit(document);
    write(name, QByteArray::fromStdString(document.dump()));
}

void CheckpointCopy::editTensors(const QString &name,
                                 const std::function<void(std::vector<StoredTensor> &)> &edit) const
{
    const QByteArray whole = bytes(name);
    const auto length = static_cast<qsizetype>(qFromLittleEndian<quint64>(whole.constData()));
    const json header = json::parse(whole.mid(8, length).toStdString());
    std::vector<StoredTensor> tensors;
    for (const auto &[key, entry] : header.items()) {
        if (key == "__metadata__")
            continue;
        const auto begin = entry["data_offsets"][0].get<qsizetype>();
        const auto end = entry["data_offsets"][1].get<qsizetype>();
        tensors.push_back({key, entry["dtype"], entry["shape"], whole.mid(8 + length + begin, end - begin)});
    }
    edit(tensors);
    json changed = json::object();
    QByteArray data;
    for (const StoredTensor &tensor : tensors) {
        changed[tensor.name] = {{"dtype", tensor.dtype},
                                {"shape", tensor.shape},
                                {"data_offsets", {data.size(), data.size() + tensor.bytes.size()}}};
        data += tensor.bytes;
    }
    write(name, safetensors(changed, data));
}

QString CheckpointCopy::errorOfOpen() const
{
    const auto opened = open();
    return opened.ok() ? QString() : QString::fromStdString(opened.error().message);
}

StoredTensor &named(std::vector<StoredTensor> &tensors, const std::string &name)
{
    const auto found = std::find_if(tensors.begin(), tensors.end(),
                                    [&](const StoredTensor &tensor) { return tensor.name == name; });
    must(found != tensors.end(), "no such tensor");
    return *found;
}

StoredTensor madeTensor(const std::string &name, const std::vector<std::int64_t> &shape)
{
    qsizetype count = 1;
    for (std::int64_t extent : shape)
        count *= extent;
    QByteArray bytes(2 * count, '\0');
    for (qsizetype i = 0; i < count; ++i)
        qToLittleEndian(static_cast<quint16>(0x3f00 + i % 64), bytes.data() + 2 * i);
    return {name, "BF16", shape, bytes};
}

QByteArray safetensors(const json &header, const QByteArray &data)
{
    QByteArray text = QByteArray::fromStdString(header.dump());
    text.append((8 - text.size() % 8) % 8, ' ');
    QByteArray length(8, '\0');
    qToLittleEndian(static_cast<quint64>(text.size()), length.data());
    return length + text + data;
}
