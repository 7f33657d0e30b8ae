// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QProcessEnvironment>

namespace fastcar::program {

namespace {

constexpr int timeoutMs = 100'000;

} // namespace

QJsonObject Outcome::json() const
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(out, &error);
    return error.error == QJsonParseError::NoError ? document.object() : QJsonObject();
}

QString path()
{
    return QStringLiteral(FASTCAR_PROGRAM);
}

QString model()
{
    return QStringLiteral(FASTCAR_TEST_DATA "/golden/checkpoint");
}

Outcome run(const QStringList &arguments, const QStringList &environment)
{
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    variables.remove("FASTCAR_MODEL");
    for (const QString &variable : environment)
        variables.insert(variable.section('=', 0, 0), variable.section('=', 1));
    QProcess process;
    process.setProcessEnvironment(variables);
    process.start(path(), arguments);
    Outcome outcome;
    if (!process.waitForFinished(timeoutMs))
        return outcome;
    outcome.out = process.readAllStandardOutput();
    outcome.err = process.readAllStandardError();
    if (process.exitStatus() == QProcess::NormalExit)
        outcome.status = process.exitCode();
    return outcome;
}

Outcome runWithModel(const QStringList &arguments)
{
    return run(arguments + QStringList{"--model", model()});
}

QStringList codeHashes(const Outcome &outcome)
{
    QStringList list;
    for (const auto &hash : outcome.json()["codes_sha256"].toArray())
        list << hash.toString();
    return list;
}

} // namespace fastcar::program
