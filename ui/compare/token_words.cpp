// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/token_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace fastcar::ui {

namespace {

struct TokenWordsText {
    Q_DECLARE_TR_FUNCTIONS(TokenStrip)
};

} // namespace

QString tokenWords(const LoadedComparison &comparison, int token)
{
    const TokenComparison &all = *comparison.tokens;
    const TokenDifference &difference = all.tokens[static_cast<std::size_t>(token)];
    const int stride = std::max(1, all.stride);
    QString text =
        TokenWordsText::tr("Token %1: frame %2, position %3. %4 of %5 codes and %6 of %7 decisions differ.")
            .arg(token + 1)
            .arg(token / stride + 1)
            .arg(token % stride + 1)
            .arg(difference.codes)
            .arg(all.codesOfToken)
            .arg(difference.decisions)
            .arg(all.decisionsOfStep);
    const auto &frames = comparison.runs.codes->perFrame;
    if (const auto frame = static_cast<std::size_t>(token / stride); frame < frames.size())
        text += TokenWordsText::tr(" In this frame %1 of the codes are equal.")
                    .arg(QStringLiteral("%1 %").arg(100.0 * frames[frame].share().value_or(0.0), 0, 'f', 1));
    if (all.firstCode && token == *all.firstCode)
        text += TokenWordsText::tr(" Here is the first other code.");
    return text;
}

} // namespace fastcar::ui
