// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/compare_look.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <iterator>

namespace fastcar::ui {

CompareLook::CompareLook(QObject *parent)
    : QObject(parent)
{
    connect(&timer_, &QTimer::timeout, this, [this] {
        showsB_ = !showsB_;
        emit changed();
    });
}

template <typename T>
void CompareLook::assign(T &member, T value)
{
    if (member == value)
        return;
    member = value;
    updateTimer();
    emit changed();
}

void CompareLook::updateTimer()
{
    timer_.setInterval(1000 / changesPerSecond_);
    const bool runs = watched_ && automatic_ && way_ == CompareWay::Flicker;
    if (runs != timer_.isActive())
        runs ? timer_.start() : timer_.stop();
}

void CompareLook::setWatched(bool watched)
{
    watched_ = watched;
    updateTimer();
}

void CompareLook::setWay(CompareWay way)
{
    assign(way_, way);
}

void CompareLook::setWipe(double wipe)
{
    assign(wipe_, std::clamp(wipe, 0.0, 1.0));
}

void CompareLook::setSigned(bool isSigned)
{
    assign(difference_.isSigned, isSigned);
}

void CompareLook::setGain(int gain)
{
    if (std::ranges::find(differenceGains, gain) != std::end(differenceGains))
        assign(difference_.gain, gain);
}

void CompareLook::setMarksCodes(bool marks)
{
    assign(marksCodes_, marks);
}

void CompareLook::setAutomatic(bool automatic)
{
    assign(automatic_, automatic);
}

void CompareLook::setChangesPerSecond(int changes)
{
    assign(changesPerSecond_, std::clamp(changes, 1, mostChangesPerSecond));
}

void CompareLook::showOther()
{
    automatic_ = false; // a hand has taken over
    if (way_ == CompareWay::Flicker)
        showsB_ = !showsB_;
    way_ = CompareWay::Flicker;
    updateTimer();
    emit changed();
}

void CompareLook::restore(const QString &json)
{
    const QJsonObject kept = QJsonDocument::fromJson(json.toUtf8()).object();
    setWay(static_cast<CompareWay>(
        std::clamp(kept[QLatin1String("way")].toInt(), 0, static_cast<int>(CompareWay::Flicker))));
    setWipe(kept[QLatin1String("wipe")].toDouble(wipe_));
    setSigned(kept[QLatin1String("signed")].toBool(difference_.isSigned));
    setGain(kept[QLatin1String("gain")].toInt(difference_.gain));
    setMarksCodes(kept[QLatin1String("marksCodes")].toBool(marksCodes_));
    setAutomatic(kept[QLatin1String("automatic")].toBool(automatic_));
    setChangesPerSecond(kept[QLatin1String("changesPerSecond")].toInt(changesPerSecond_));
}

QString CompareLook::toJson() const
{
    const QJsonObject look{
        {QStringLiteral("way"), static_cast<int>(way_)},
        {QStringLiteral("wipe"), wipe_},
        {QStringLiteral("signed"), difference_.isSigned},
        {QStringLiteral("gain"), difference_.gain},
        {QStringLiteral("marksCodes"), marksCodes_},
        {QStringLiteral("automatic"), automatic_},
        {QStringLiteral("changesPerSecond"), changesPerSecond_},
    };
    return QString::fromUtf8(QJsonDocument(look).toJson(QJsonDocument::Compact));
}

} // namespace fastcar::ui
