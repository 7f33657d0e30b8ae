// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/effect_view.h"

#include "ui/models/progress.h"
#include "ui/replay/effect_bar.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace fastcar::ui {

namespace {

EffectBar::Figure ratio(const std::optional<double> &value)
{
    if (!value)
        return {};
    return {.share = value, .text = EffectView::tr("%1 %").arg(100.0 * *value, 0, 'f', 1)};
}

/// A bar that is full where nothing is replayed.
EffectBar::Figure cost(const std::optional<double> &value, const std::optional<double> &dense,
                       QString (*inWords)(double))
{
    if (!value)
        return {};
    EffectBar::Figure figure{.share = {}, .text = inWords(*value)};
    if (dense && *dense > 0.0)
        figure.share = *value / *dense;
    return figure;
}

} // namespace

QString joulesText(double joules)
{
    return joules < 0.9995 ? EffectView::tr("%1 mJ").arg(threeFigures(1e3 * joules))
                           : EffectView::tr("%1 J").arg(threeFigures(joules));
}

EffectView::EffectView(const ReplayPrediction &prediction, const CardCost &cardCost, const RunRecord &record,
                       QWidget *parent)
    : QWidget(parent)
    , prediction_(prediction)
    , cardCost_(cardCost)
    , record_(record)
{
    column_ = new QVBoxLayout(this);
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(1);
    auto *head = new QHBoxLayout;
    head->setSpacing(0);
    source_ = new QLabel(this);
    source_->setObjectName(QStringLiteral("predictionSource"));
    source_->setProperty("rank", "secondary");
    source_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    head->addWidget(source_, 1);
    for (const QString &title : {tr("would"), tr("did")}) {
        auto *label = new QLabel(title, this);
        label->setProperty("rank", "secondary");
        label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        label->setFixedWidth(EffectBar::figureWidth());
        titles_ += label;
        head->addWidget(label);
    }
    column_->addLayout(head);
    ofEligible_ =
        add(tr("of eligible"), QStringLiteral("effectOfEligible"),
            tr("<p><b>Replayed, of eligible.</b> Eligible is an MLP call that could be replayed: its "
               "token is not in frame 1, its layer has a threshold, and replay is allowed "
               "there.</p>"));
    ofAll_ = add(tr("of all"), QStringLiteral("effectOfAll"), {});
    unread_ =
        add(tr("unread"), QStringLiteral("effectUnread"),
            tr("<p><b>MLP weights left unread.</b> Layers of steps in which every row is replayed: only "
               "there the weights need not come from memory, which is what saves time.</p>"));
    time_ = add(tr("time"), QStringLiteral("effectTime"), {});
    energy_ = add(tr("energy"), QStringLiteral("effectEnergy"), {});
    connect(&prediction_, &ReplayPrediction::changed, this, &EffectView::showEffect);
    connect(&cardCost_, &CardCost::changed, this, &EffectView::showEffect);
    showEffect();
}

void EffectView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange)
        return;
    for (QLabel *title : titles_)
        title->setFixedWidth(EffectBar::figureWidth());
    for (EffectBar *bar : {ofEligible_, ofAll_, unread_, time_, energy_})
        bar->updateGeometry();
}

EffectBar *EffectView::add(const QString &name, const QString &objectName, const QString &toolTip)
{
    auto *bar = new EffectBar(name, this);
    bar->setObjectName(objectName);
    bar->setToolTip(toolTip);
    column_->addWidget(bar);
    return bar;
}

void EffectView::showEffect()
{
    switch (prediction_.from()) {
    case ReplayPrediction::From::Nothing:
        source_->setText(record_.hasRun() ? tr("No scores yet") : tr("Nothing has run yet"));
        source_->setToolTip(tr("<p>What is predicted is told from the scores of a run, from its second frame "
                               "on. Generate one.</p>"));
        break;
    case ReplayPrediction::From::RunBefore:
        source_->setText(tr("Predicted before"));
        source_->setToolTip(tr("<p><b>would</b>: as it was predicted of this run before it began, from the "
                               "scores of the run before. <b>did</b>: what happened.</p>"));
        break;
    case ReplayPrediction::From::ThisRun:
        source_->setText(tr("From this run"));
        source_->setToolTip(tr(
            "<p><b>would</b>: what the settings as they are now would do to a clip as long as this one, told "
            "from its scores. What is replayed changes later scores, so that a new run differs "
            "somewhat.</p><p><b>did</b>: what happened in this run.</p>"));
        break;
    }
    showReplay();
    showTime();
    showEnergy();
}

void EffectView::showReplay()
{
    const ReplayEffect &would = prediction_.predicted();
    const ReplayEffect did = prediction_.happened();
    ofEligible_->setFigures(ratio(would.ofEligible), ratio(did.ofEligible));
    ofAll_->setFigures(ratio(would.ofAll), ratio(did.ofAll));
    unread_->setFigures(ratio(would.unread), ratio(did.unread));
    if (!record_.hasRun())
        return;
    const TraceShape &shape = record_.trace().shape();
    const double ceiling = ReplayStatistics::ceiling(shape.frames, shape.stride);
    ofAll_->setCeiling(ceiling);
    ofAll_->setToolTip(
        tr("<p><b>Replayed, of all</b> MLP calls of the run's decode steps, frame 1 included.</p><p>Frame 1 "
           "is always computed, so that in %1 frames of %2 tokens at most ((T−1)·N−1) / (T·N−1) = %3 % can "
           "be replayed, whatever the threshold: the thin line.</p>")
            .arg(shape.frames)
            .arg(shape.stride)
            .arg(100.0 * ceiling, 0, 'f', 2));
}

void EffectView::showTime()
{
    const ReplayEffect &would = prediction_.predicted();
    const auto dense = prediction_.dense().seconds;
    time_->setFigures(cost(would.seconds, dense, secondsText),
                      cost(prediction_.happened().seconds, dense, secondsText));
    QString why = tr("<p><b>Time of the decode steps and of the pictures</b>, without the prompt. The bar is "
                     "full where nothing is replayed.</p>");
    if (would.seconds)
        why +=
            tr("<p>Predicted %1 ± %2, from lines through the measured times of a run's steps and, where its "
               "device tells, of the MLPs within them. It leaves out pauses of a busy machine.</p>")
                .arg(secondsText(*would.seconds), secondsText(would.secondsError.value_or(0.0)));
    else if (record_.hasRun())
        why +=
            tr("<p>The times of this run do not tell what replay saves. Where the device does not tell what "
               "MLPs take, run once with some replay.</p>");
    time_->setToolTip(why);
}

void EffectView::showEnergy()
{
    const auto dense = prediction_.dense().joules;
    energy_->setFigures(cost(prediction_.predicted().joules, dense, joulesText),
                        cost(prediction_.happened().joules, dense, joulesText));
    QString why =
        cardCost_.title().isEmpty()
            ? tr("<p><b>Energy</b> is estimated for a card: choose one in the hardware panel.</p>")
            : tr("<p><b>Energy of the decode steps on %1</b>: activity times coefficients, by its cycle "
                 "model. An estimate on both sides; nobody has measured it.</p>")
                  .arg(cardCost_.title());
    if (!cardCost_.error().isEmpty())
        why += QStringLiteral("<p>%1</p>").arg(cardCost_.error().toHtmlEscaped());
    energy_->setToolTip(why);
}

} // namespace fastcar::ui
