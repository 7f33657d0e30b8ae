// SPDX-License-Identifier: Apache-2.0
#include "ui/window/viewer_actions.h"

#include "ui/commands/action_keys.h"
#include "ui/theme/icons.h"

namespace fastcar::ui {

ViewerActions::ViewerActions(const Models &models, VideoGrid &grid, QWidget &page)
    : QObject(&page)
    , models_(models)
    , grid_(grid)
    , page_(page)
{
    makeOverlays();
    makeZoom();
    makePushes();
    makeVideos();
}

QAction *ViewerActions::add(const QString &text, const char *name, const QKeySequence &keys)
{
    auto *made = new QAction(text, this);
    made->setObjectName(QLatin1String(name));
    made->setShortcut(keys);
    page_.addAction(made);
    return made;
}

QAction *ViewerActions::addYielding(const QString &text, const char *name, const QKeySequence &keys)
{
    QAction *made = add(text, name, {});
    letKeysGiveWay(*made);
    setKeys(*made, {keys});
    return made;
}

void ViewerActions::makeOverlays()
{
    share_ = add(tr("&Layers replayed"), "shareAction", Qt::Key_L);
    share_->setIconText(tr("Layers"));
    share_->setIcon(icon(QStringLiteral("share")));
    share_->setToolTip(
        tr("<p><b>Layers replayed</b> (L): how many of the layers replayed their MLP at each position, "
           "as a level that rises in the cell. Full: all of them.</p>"));
    drift_ = add(tr("&Drift from the dense run"), "driftAction", Qt::Key_R);
    drift_->setIconText(tr("Drift"));
    drift_->setIcon(icon(QStringLiteral("drift")));
    share_->setCheckable(true);
    drift_->setCheckable(true);
    share_->setChecked(models_.overlays.overlays().share);
    drift_->setChecked(models_.overlays.overlays().drift);
    connect(share_, &QAction::toggled, &models_.overlays, &OverlayModel::setShare);
    connect(drift_, &QAction::toggled, &models_.overlays, &OverlayModel::setDrift);
    connect(&models_.reference, &DenseReference::changed, this, &ViewerActions::showReference);
    showReference();
}

void ViewerActions::showReference()
{
    const QString whyNot = models_.reference.whyNot();
    drift_->setEnabled(whyNot.isEmpty());
    const QString what =
        tr("<b>Drift</b> (R): how far each position's pixels are from those of the same run without replay. "
           "Full colour: %1 levels of 255, or more.")
            .arg(static_cast<int>(DenseReference::fullLevels));
    drift_->setToolTip(QStringLiteral("<p>%1</p>").arg(what) +
                       (whyNot.isEmpty() ? QString() : QStringLiteral("<p>%1</p>").arg(whyNot)));
}

void ViewerActions::makeZoom()
{
    in_ = add(tr("Zoom &in"), "zoomInAction", QKeySequence::ZoomIn);
    in_->setShortcuts({QKeySequence(QKeySequence::ZoomIn), QKeySequence(QStringLiteral("Ctrl+="))});
    out_ = add(tr("Zoom &out"), "zoomOutAction", QKeySequence::ZoomOut);
    fit_ = add(tr("&Fit into the view"), "zoomFitAction", QKeySequence(QStringLiteral("Ctrl+0")));
    one_ = addYielding(tr("&1:1, a pixel of the screen for each of the picture"), "zoomOneAction", Qt::Key_1);
    two_ = addYielding(tr("&2:1"), "zoomTwoAction", Qt::Key_2);
    connect(in_, &QAction::triggered, this, [this] { models_.zoom.setZoom(grid_.chosenView().zoomedBy(1)); });
    connect(out_, &QAction::triggered, this,
            [this] { models_.zoom.setZoom(grid_.chosenView().zoomedBy(-1)); });
    connect(fit_, &QAction::triggered, &models_.zoom, &ZoomModel::fit);
    connect(one_, &QAction::triggered, this, [this] { models_.zoom.setFactor(1.0); });
    connect(two_, &QAction::triggered, this, [this] { models_.zoom.setFactor(2.0); });
}

/// A picture that is larger than its view moves under it.
void ViewerActions::makePushes()
{
    constexpr double part = 0.1; // of the view
    const auto push = [this](const QString &text, const char *name, Qt::Key key, QPointF parts) {
        QAction *made = addYielding(text, name, Qt::SHIFT | key);
        connect(made, &QAction::triggered, this,
                [this, parts] { models_.zoom.setZoom(grid_.chosenView().movedBy(parts)); });
        pushes_ += made;
    };
    push(tr("Look further &left"), "lookLeftAction", Qt::Key_Left, {part, 0.0});
    push(tr("Look further &right"), "lookRightAction", Qt::Key_Right, {-part, 0.0});
    push(tr("Look further &up"), "lookUpAction", Qt::Key_Up, {0.0, part});
    push(tr("Look further &down"), "lookDownAction", Qt::Key_Down, {0.0, -part});
}

void ViewerActions::makeVideos()
{
    next_ = add(tr("Ne&xt video of the run"), "nextVideoAction", Qt::Key_V);
    alone_ = add(tr("Chosen video al&one"), "videoAloneAction", QKeySequence(QStringLiteral("Shift+V")));
    alone_->setCheckable(true);
    strip_ = add(tr("&Position at every layer"), "positionStripAction", Qt::Key_P);
    strip_->setIcon(icon(QStringLiteral("position")));
    strip_->setToolTip(
        tr("<p><b>Position at every layer</b> (P): TAS, threshold and decision of the position under "
           "the pointer, beside the video.</p>"));
    strip_->setCheckable(true);
    strip_->setChecked(true);
    connect(next_, &QAction::triggered, this, [this] {
        models_.selection.chooseVideo((models_.selection.video() + 1) % models_.selection.videos());
    });
    connect(alone_, &QAction::toggled, &grid_, &VideoGrid::setAlone);
    connect(&grid_, &VideoGrid::aloneChanged, alone_, &QAction::setChecked);
}

} // namespace fastcar::ui
