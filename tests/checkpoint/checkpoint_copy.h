// SPDX-License-Identifier: Apache-2.0
//
// A copy of the golden checkpoint in a temporary folder, to be changed and opened: its configs as JSON, its
// tensors one by one, its files byte by byte.
#pragma once

#include "engine/checkpoint/checkpoint.h"

#include <nlohmann/json.hpp>

#include <QByteArray>
#include <QString>
#include <QTemporaryDir>

#include <functional>

/// A tensor as a .safetensors file has it.
struct StoredTensor {
    std::string name;
    std::string dtype;
    std::vector<std::int64_t> shape;
    QByteArray bytes;
};

class CheckpointCopy {
public:
    CheckpointCopy();

    std::filesystem::path root() const { return folder_.path().toStdString(); }
    QString file(const QString &name) const { return folder_.filePath(name); }

    QByteArray bytes(const QString &name) const;
    void write(const QString &name, const QByteArray &bytes) const;
    void remove(const QString &name) const;

    void editJson(const QString &name, const std::function<void(nlohmann::json &)> &edit) const;
    /// Reads all tensors of a file, lets them be changed, and writes a well-formed file of what is left.
    void editTensors(const QString &name, const std::function<void(std::vector<StoredTensor> &)> &edit) const;

    fastcar::Result<std::shared_ptr<const fastcar::Checkpoint>> open() const
    {
        return fastcar::Checkpoint::open(root());
    }
    /// Why it cannot be opened; empty if it can.
    QString errorOfOpen() const;

private:
    QTemporaryDir folder_;
};

/// The one of that name.
StoredTensor &named(std::vector<StoredTensor> &tensors, const std::string &name);
/// A bf16 tensor; element i is the bf16 with the bits of 0x3f00 + i % 64, values of 0.5 to 1.
StoredTensor madeTensor(const std::string &name, const std::vector<std::int64_t> &shape);
QByteArray safetensors(const nlohmann::json &header, const QByteArray &data);
