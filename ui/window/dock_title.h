// SPDX-License-Identifier: Apache-2.0
//
// The title of a dock: its name, a button that closes it and, where it may float, one that sets it apart.
// Quiet, so that the eye stays on what is inside. Behind a tab that says the same it takes no room.
#pragma once

#include <QWidget>

class QDockWidget;
class QToolButton;

namespace fastcar::ui {

class DockTitle : public QWidget {
    Q_OBJECT
public:
    explicit DockTitle(QDockWidget *dock);

    /// Whether a tab has the name and the cross.
    void setInTab(bool inTab);
    bool inTab() const { return inTab_; }

    static QToolButton *makeCloseButton(QDockWidget *dock, QWidget *parent);
    static QString closeText(const QDockWidget &dock);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    QWidget *row_ = nullptr;
    bool inTab_ = false;
};

} // namespace fastcar::ui
