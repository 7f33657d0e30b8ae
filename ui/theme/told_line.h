// SPDX-License-Identifier: Apache-2.0
//
// A line of words that takes what room there is, and never makes its panel wider: what does not fit stands in
// further lines, three in all, broken between its parts or, where they need that room, between words; what
// does not fit there either ends in dots.
#pragma once

#include <QLabel>
#include <QStringList>

namespace fastcar::ui {

class ToldLine : public QLabel {
    Q_OBJECT
public:
    explicit ToldLine(QWidget *parent = nullptr);

    /// Parts, which it breaks between.
    static QString joined(const QStringList &parts);

    void tell(const QString &text);
    const QString &told() const { return told_; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    QString told_;
};

} // namespace fastcar::ui
