// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/layer_sliders_accessible.h"

#include "ui/replay/layer_sliders.h"

#include <cmath>

namespace fastcar::ui {

namespace {

class LayerSliderAccessible : public QAccessibleInterface,
                              public QAccessibleValueInterface,
                              public QAccessibleActionInterface {
public:
    LayerSliderAccessible(LayerSliders &view, int layer)
        : view_(view)
        , layer_(layer)
    {
    }

    int layer() const { return layer_; }

    bool isValid() const override { return layer_ < view_.tuning().layers(); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(&view_); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::Slider; }

    QRect rect() const override
    {
        const QRect cell = view_.visualRect(view_.table().index(layer_, LayerTable::Scores));
        return {view_.viewport()->mapToGlobal(cell.topLeft()), cell.size()};
    }

    QString text(QAccessible::Text which) const override
    {
        switch (which) {
        case QAccessible::Name:
            return LayerSliders::tr("Threshold of layer %1").arg(layer_ + 1);
        case QAccessible::Value:
            return view_.table().index(layer_, LayerTable::Threshold).data().toString();
        case QAccessible::Description:
            return view_.table().wordsOf(layer_);
        default:
            return {};
        }
    }
    void setText(QAccessible::Text which, const QString &text) override
    {
        if (which == QAccessible::Value)
            view_.table().setData(view_.table().index(layer_, LayerTable::Threshold), text);
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        const bool current = view_.currentIndex().row() == layer_;
        state.focusable = true;
        state.focused = current && view_.hasFocus();
        state.selectable = true;
        state.selected = view_.selectionModel()->isRowSelected(layer_);
        state.checkable = true;
        state.checked = view_.tuning().choice().isOn(layer_);
        state.disabled = !view_.isEnabled();
        state.invisible = !view_.isVisible();
        state.offscreen = !view_.viewport()->rect().intersects(
            view_.visualRect(view_.table().index(layer_, LayerTable::Scores)));
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ValueInterface)
            return static_cast<QAccessibleValueInterface *>(this);
        if (type == QAccessible::ActionInterface)
            return static_cast<QAccessibleActionInterface *>(this);
        return nullptr;
    }

    QVariant currentValue() const override
    {
        const auto threshold = view_.tuning().threshold(layer_);
        const float value =
            threshold && std::isfinite(*threshold) ? *threshold : view_.tuning().choice().sliderOf(layer_);
        return static_cast<double>(value);
    }
    void setCurrentValue(const QVariant &value) override { view_.place(layer_, value.toFloat()); }
    QVariant minimumValue() const override { return static_cast<double>(view_.tuning().scale(layer_).low); }
    QVariant maximumValue() const override { return static_cast<double>(view_.tuning().scale(layer_).high); }
    QVariant minimumStepSize() const override { return static_cast<double>(view_.stepWidth(layer_)); }

    QStringList actionNames() const override
    {
        return {setFocusAction(), increaseAction(), decreaseAction(), toggleAction()};
    }
    void doAction(const QString &action) override
    {
        if (action == setFocusAction()) {
            view_.setFocus(Qt::OtherFocusReason);
            view_.chooseLayer(layer_);
        } else if (action == increaseAction()) {
            view_.step(layer_, 1);
        } else if (action == decreaseAction()) {
            view_.step(layer_, -1);
        } else if (action == toggleAction()) {
            ReplayChoice &choice = view_.tuning().choice();
            choice.switchLayers({layer_}, !choice.isOn(layer_));
        }
    }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    LayerSliders &view_;
    int layer_;
};

QAccessibleInterface *makeInterface(const QString &className, QObject *object)
{
    if (className != QLatin1String("fastcar::ui::LayerSliders"))
        return nullptr;
    return new LayerSlidersAccessible(static_cast<LayerSliders *>(object));
}

} // namespace

LayerSlidersAccessible::LayerSlidersAccessible(LayerSliders *view)
    : QAccessibleWidget(view, QAccessible::Grouping)
{
}

LayerSlidersAccessible::~LayerSlidersAccessible()
{
    for (const QAccessible::Id id : children_)
        if (id != 0)
            QAccessible::deleteAccessibleInterface(id);
}

void LayerSlidersAccessible::install()
{
    QAccessible::installFactory(makeInterface); // passes over one that it has
}

void LayerSlidersAccessible::tellFocus(LayerSliders &view, int layer)
{
    QAccessibleEvent event(&view, QAccessible::Focus);
    event.setChild(layer);
    QAccessible::updateAccessibility(&event);
}

void LayerSlidersAccessible::tellValue(LayerSliders &view, int layer)
{
    if (!QAccessible::isActive())
        return;
    const auto threshold = view.tuning().threshold(layer);
    QAccessibleValueChangeEvent event(&view,
                                      threshold ? QVariant(static_cast<double>(*threshold)) : QVariant());
    event.setChild(layer);
    QAccessible::updateAccessibility(&event);
}

LayerSliders &LayerSlidersAccessible::view() const
{
    return *static_cast<LayerSliders *>(widget());
}

int LayerSlidersAccessible::childCount() const
{
    return view().tuning().layers();
}

QAccessibleInterface *LayerSlidersAccessible::child(int layer) const
{
    if (layer < 0 || layer >= childCount())
        return nullptr;
    children_.resize(std::max(children_.size(), static_cast<std::size_t>(childCount())));
    QAccessible::Id &id = children_[static_cast<std::size_t>(layer)];
    if (id == 0)
        id = QAccessible::registerAccessibleInterface(new LayerSliderAccessible(view(), layer));
    return QAccessible::accessibleInterface(id);
}

int LayerSlidersAccessible::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *slider = dynamic_cast<const LayerSliderAccessible *>(child);
    return slider ? slider->layer() : -1;
}

QAccessibleInterface *LayerSlidersAccessible::childAt(int x, int y) const
{
    const QModelIndex index = view().indexAt(view().viewport()->mapFromGlobal(QPoint(x, y)));
    return index.isValid() ? child(index.row()) : nullptr;
}

QAccessibleInterface *LayerSlidersAccessible::focusChild() const
{
    return view().hasFocus() ? child(view().currentIndex().row()) : nullptr;
}

} // namespace fastcar::ui
