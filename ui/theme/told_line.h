// SPDX-License-Identifier: Apache-2.0
//
// A line of words that takes what room there is: what does not fit ends in dots, and it never makes its panel
// wider.
#pragma once

#include <QLabel>

namespace fastcar::ui {

class ToldLine : public QLabel {
    Q_OBJECT
public:
    explicit ToldLine(QWidget *parent = nullptr);

    void tell(const QString &text);
    const QString &told() const { return told_; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    QString told_;
};

} // namespace fastcar::ui
