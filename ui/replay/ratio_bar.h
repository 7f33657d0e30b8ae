// SPDX-License-Identifier: Apache-2.0
//
// A ratio as a name, a bar and a figure, with a mark where the structure of the run sets its ceiling.
#pragma once

#include <QString>
#include <QWidget>

#include <optional>

namespace fastcar::ui {

class RatioBar : public QWidget {
    Q_OBJECT
public:
    explicit RatioBar(const QString &name, QWidget *parent = nullptr);

    /// Between 0 and 1; nothing: there is no such ratio yet.
    void setRatio(std::optional<double> ratio);
    void setCeiling(std::optional<double> ceiling);
    std::optional<double> ratio() const { return ratio_; }
    QString text() const;

    QSize sizeHint() const override { return {240, 22}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString name_;
    std::optional<double> ratio_;
    std::optional<double> ceiling_;
};

} // namespace fastcar::ui
