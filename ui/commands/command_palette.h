// SPDX-License-Identifier: Apache-2.0
//
// Everything that can be done, by a few of its letters: type, choose with the arrows, Enter does it, Escape
// leaves. It opens over the window and goes when something else is clicked.
#pragma once

#include "ui/commands/command.h"
#include "ui/commands/command_list.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListView;

namespace fastcar::ui {

class CommandPalette : public QDialog {
    Q_OBJECT
public:
    explicit CommandPalette(QWidget *window);

    void addSource(CommandSource source) { sources_.push_back(std::move(source)); }
    void open() override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool event(QEvent *event) override;

private:
    void sift(const QString &pattern);
    void placeItself();
    void doChosen();

    std::vector<CommandSource> sources_;
    CommandList list_;
    QLineEdit *edit_ = nullptr;
    QListView *view_ = nullptr;
    QLabel *nothing_ = nullptr;
};

} // namespace fastcar::ui
