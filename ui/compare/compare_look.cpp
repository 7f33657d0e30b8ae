// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/compare_look.h"

#include <QSettings>

#include <algorithm>
#include <iterator>

namespace fastcar::ui {

namespace {

QString key(const char *name)
{
    return QLatin1String("compare/") + QLatin1String(name);
}

} // namespace

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

void CompareLook::restore(const QSettings &store)
{
    setWay(static_cast<CompareWay>(
        std::clamp(store.value(key("way")).toInt(), 0, static_cast<int>(CompareWay::Flicker))));
    setWipe(store.value(key("wipe"), wipe_).toDouble());
    setSigned(store.value(key("signed"), difference_.isSigned).toBool());
    setGain(store.value(key("gain"), difference_.gain).toInt());
    setMarksCodes(store.value(key("marksCodes"), marksCodes_).toBool());
    setAutomatic(store.value(key("automatic"), automatic_).toBool());
    setChangesPerSecond(store.value(key("changesPerSecond"), changesPerSecond_).toInt());
}

void CompareLook::keep(QSettings &store) const
{
    store.setValue(key("way"), static_cast<int>(way_));
    store.setValue(key("wipe"), wipe_);
    store.setValue(key("signed"), difference_.isSigned);
    store.setValue(key("gain"), difference_.gain);
    store.setValue(key("marksCodes"), marksCodes_);
    store.setValue(key("automatic"), automatic_);
    store.setValue(key("changesPerSecond"), changesPerSecond_);
}

} // namespace fastcar::ui
