// SPDX-License-Identifier: Apache-2.0
//
// Both traces along their tokens: where decisions differ, where codes differ, and how many codes of each
// frame are equal; with a mark where the runs part. A slider whose value is the token.
#pragma once

#include "engine/quality/loaded_comparison.h"

#include <QAbstractSlider>

#include <memory>
#include <utility>

namespace fastcar::ui {

class TokenStrip : public QAbstractSlider {
    Q_OBJECT
public:
    explicit TokenStrip(QWidget *parent = nullptr);

    /// Null, or without tokens: there is nothing to show. Kept until the next call.
    void setComparison(std::shared_ptr<const LoadedComparison> comparison);
    /// The token that is looked at; -1: none.
    void setToken(int token);

    double xOf(int token) const;
    int tokenAt(double x) const;
    /// The first token with another code; -1: none.
    int firstDifference() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void tokenChosen(int token);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    const TokenComparison *tokens() const;
    int count() const;
    QRectF band(int index) const;
    std::pair<int, int> tokensOf(int column) const;
    void paintShares(QPainter &painter) const;
    void paintFrames(QPainter &painter) const;
    void paintEqualCodes(QPainter &painter) const;
    void paintFirst(QPainter &painter) const;
    void choose(double x);

    std::shared_ptr<const LoadedComparison> comparison_;
    int token_ = -1;
};

} // namespace fastcar::ui
