// SPDX-License-Identifier: Apache-2.0
#include "ui/window/status_facts.h"

#include <QLabel>
#include <QStatusBar>

namespace fastcar::ui {

QString nameOf(const Model &model)
{
    const std::string &name = model.checkpoint->defaults().name;
    return QString::fromStdString(name.empty() ? model.checkpoint->folder().filename().string() : name);
}

namespace {

QString factsOf(const Model &model)
{
    const ModelConfig &config = model.checkpoint->config();
    return StatusFacts::tr(
               "%1\n%2 layers, width %3, %4 × %5 positions a frame, %6 codes each, pictures of %7 × %8")
        .arg(QString::fromStdString(model.checkpoint->folder().string()))
        .arg(config.backbone.layers)
        .arg(config.backbone.hidden)
        .arg(config.gridWidth)
        .arg(config.gridHeight)
        .arg(config.depth.depth)
        .arg(config.pixels.frameWidth)
        .arg(config.pixels.frameHeight);
}

} // namespace

StatusFacts::StatusFacts(QStatusBar &bar)
    : QObject(&bar)
    , bar_(bar)
{
    model_ = add(QStringLiteral("modelLabel"));
    device_ = add(QStringLiteral("deviceLabel"));
    drawing_ = add(QStringLiteral("backendLabel"));
    bar_.setSizeGripEnabled(false);
}

QLabel *StatusFacts::add(const QString &name)
{
    auto *label = new QLabel(&bar_);
    label->setObjectName(name);
    label->setProperty("rank", "secondary");
    label->setContentsMargins(6, 0, 6, 0);
    bar_.addPermanentWidget(label);
    return label;
}

void StatusFacts::showModel(const Model *model)
{
    model_->setText(model ? nameOf(*model) : tr("No model"));
    model_->setToolTip(model ? factsOf(*model) : QString());
}

void StatusFacts::showDevice(const QString &device)
{
    device_->setText(tr("Device: %1").arg(device));
}

void StatusFacts::showDrawing(const QString &backend, const QString &whyNotVulkan)
{
    drawing_->setText(backend);
    drawing_->setToolTip(whyNotVulkan.isEmpty() ? tr("What draws the video") : whyNotVulkan);
}

} // namespace fastcar::ui
