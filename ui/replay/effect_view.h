// SPDX-License-Identifier: Apache-2.0
//
// What the settings would do to the clip, beside what happened in the run that is shown: replay, time and
// energy.
#pragma once

#include "ui/models/replay_prediction.h"
#include "ui/replay/card_cost.h"

#include <QList>
#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace fastcar::ui {

class EffectBar;

class EffectView : public QWidget {
    Q_OBJECT
public:
    EffectView(const ReplayPrediction &prediction, const CardCost &cardCost, const RunRecord &record,
               QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    EffectBar *add(const QString &name, const QString &objectName, const QString &toolTip);
    void showEffect();
    void showReplay();
    void showTime();
    void showEnergy();

    const ReplayPrediction &prediction_;
    const CardCost &cardCost_;
    const RunRecord &record_;
    QVBoxLayout *column_ = nullptr;
    QLabel *source_ = nullptr;
    QList<QLabel *> titles_; // of the columns
    EffectBar *ofEligible_ = nullptr;
    EffectBar *ofAll_ = nullptr;
    EffectBar *unread_ = nullptr;
    EffectBar *time_ = nullptr;
    EffectBar *energy_ = nullptr;
};

/// Three figures: "3.1 mJ", "12.4 J".
QString joulesText(double joules);

} // namespace fastcar::ui
