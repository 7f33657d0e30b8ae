// SPDX-License-Identifier: Apache-2.0
//
// The real `fastcar`, run as a user runs it.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>

namespace fastcar::program {

struct Outcome {
    int status = -1; // -1: did not start, did not end, or was killed
    QByteArray out;
    QByteArray err;

    /// Standard output as one JSON object; empty if it holds anything else.
    QJsonObject json() const;
};

/// The built program's file name.
QString path();
/// The golden checkpoint.
QString model();

/// Runs it to its end. FASTCAR_MODEL is not set unless `environment` ("NAME=value") sets it.
Outcome run(const QStringList &arguments, const QStringList &environment = {});
/// Runs it with the golden checkpoint as its model.
Outcome runWithModel(const QStringList &arguments);

/// What `generate --json` says of its codes: a SHA-256 for each video.
QStringList codeHashes(const Outcome &outcome);

} // namespace fastcar::program
