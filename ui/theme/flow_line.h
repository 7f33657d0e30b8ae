// SPDX-License-Identifier: Apache-2.0
//
// Controls in a line, each as wide as it likes to be; those that there is no room for stand in further lines.
// So a bar is no wider than its widest control, whatever the size of the text.
#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace fastcar::ui {

class FlowLine : public QLayout {
    Q_OBJECT
public:
    explicit FlowLine(QWidget *parent = nullptr);
    ~FlowLine() override;

    /// What is added from here on stands at the end of its line.
    void beginEnd() { end_ = count(); }

    /// However little room there is below one another, all lines are seen: what stands around it gives way.
    void keepLines() { keepsLines_ = true; }

    void addItem(QLayoutItem *item) override;
    int count() const override { return static_cast<int>(items_.size()); }
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    void setGeometry(const QRect &rect) override;
    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }

private:
    struct Line {
        std::vector<QLayoutItem *> items;
        int width = 0;
        int height = 0;
    };
    std::vector<Line> linesIn(int width) const;
    void place(const Line &line, const QRect &room) const;

    std::vector<std::unique_ptr<QLayoutItem>> items_;
    int end_ = -1;
    bool keepsLines_ = false;
    int width_ = 0; // that it was laid out in last
};

} // namespace fastcar::ui
