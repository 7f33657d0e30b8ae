// SPDX-License-Identifier: Apache-2.0
//
// One figure of what replay does, in a line: its name, a bar of what happened with a mark where it was
// predicted to end, and both in figures.
#pragma once

#include <QString>
#include <QWidget>

#include <optional>

namespace fastcar::ui {

class EffectBar : public QWidget {
    Q_OBJECT
public:
    /// A figure as a share of the bar and in words; without a share there is nothing to draw.
    struct Figure {
        std::optional<double> share; // 0 to 1
        QString text;

        bool operator==(const Figure &) const = default;
    };
    /// Of the columns of figures.
    static int figureWidth();

    explicit EffectBar(const QString &name, QWidget *parent = nullptr);

    void setFigures(const Figure &predicted, const Figure &happened);
    /// Where the structure of the run sets an end.
    void setCeiling(std::optional<double> ceiling);
    const Figure &predicted() const { return predicted_; }
    const Figure &happened() const { return happened_; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString name_;
    Figure predicted_;
    Figure happened_;
    std::optional<double> ceiling_;
};

} // namespace fastcar::ui
