// SPDX-License-Identifier: Apache-2.0
//
// The layer sliders as assistive technology finds them: a group of sliders, one for each layer, also of those
// that are scrolled out of sight. Each has a name, its threshold as the value, the ends of its scale, what is
// predicted and what happened as its description, and actions to move it and to turn it off and on.
#pragma once

#include <QAccessibleWidget>

#include <vector>

namespace fastcar::ui {

class LayerSliders;

class LayerSlidersAccessible : public QAccessibleWidget {
public:
    explicit LayerSlidersAccessible(LayerSliders *view);
    ~LayerSlidersAccessible() override;

    /// Makes Qt know of this class; once is enough, more does no harm.
    static void install();
    static void tellFocus(LayerSliders &view, int layer);
    static void tellValue(LayerSliders &view, int layer);

    int childCount() const override;
    QAccessibleInterface *child(int layer) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;

private:
    LayerSliders &view() const;

    mutable std::vector<QAccessible::Id> children_; // by layer, made when they are asked for
};

} // namespace fastcar::ui
