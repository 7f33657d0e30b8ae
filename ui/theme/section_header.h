// SPDX-License-Identifier: Apache-2.0
//
// The heading of a section in a panel, with room for a small button at its end; of one height everywhere, so
// that the panels' lines stand level.
#pragma once

#include <QWidget>

class QHBoxLayout;

namespace fastcar::ui {

class SectionHeader : public QWidget {
    Q_OBJECT
public:
    explicit SectionHeader(const QString &title, QWidget *parent = nullptr);

    void addAtEnd(QWidget *widget);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    QHBoxLayout *line_ = nullptr;
};

} // namespace fastcar::ui
