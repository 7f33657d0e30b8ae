// SPDX-License-Identifier: Apache-2.0
//
// The words of the Gantt: units, works, policies, cards.
#pragma once

#include "engine/backend/card_timing.h"

#include <QFontMetrics>
#include <QString>
#include <QStringList>

namespace fastcar::ui {

QString unitName(CardUnit unit, int index);
/// Of several together: "Cores", "Ports".
QString unitsName(CardUnit unit);
QString workName(CardSpan::Work work);
/// What of it a box of this width has room for; nothing where that could not be read.
QString labelIn(int width, const QString &name, const QFontMetrics &metrics);
QString cardName(const CardInfo &card);
QString drsName(DrsPolicy drs);
/// What a policy does, in a sentence.
QString drsMeaning(DrsPolicy drs);
/// A card's sizes, and which of them nobody has measured: rich text.
QString cardFacts(const CardInfo &card);

/// What is told of a span that is pointed at, a line each; the first is the heading.
QStringList spanWords(const CardSpan &span, double clockHz, int rows);
/// Of a time that replay left free of a core.
QStringList freeWords(const CardSpan &free, double clockHz, int rows);

} // namespace fastcar::ui
