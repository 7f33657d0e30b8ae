// SPDX-License-Identifier: Apache-2.0
//
// The bar above a view: controls at its beginning and end, and below them a line of words about what is
// pointed at or chosen.
#pragma once

#include <QWidget>

namespace fastcar::ui {

class FlowLine;
class ToldLine;

class ToldBar : public QWidget {
    Q_OBJECT
public:
    explicit ToldBar(QWidget *parent = nullptr);

    void addAtBeginning(QWidget *control);
    /// After all those at the beginning.
    void addAtEnd(QWidget *control);
    ToldLine &words() { return *words_; }

private:
    FlowLine *controls_ = nullptr;
    ToldLine *words_ = nullptr;
    bool ends_ = false;
};

} // namespace fastcar::ui
