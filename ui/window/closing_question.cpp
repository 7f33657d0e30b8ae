// SPDX-License-Identifier: Apache-2.0
#include "ui/window/closing_question.h"

#include "ui/models/run_record.h"
#include "ui/theme/icons.h"
#include "ui/window/run_ending.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

namespace fastcar::ui {

namespace {
struct ClosingQuestionText {
    Q_DECLARE_TR_FUNCTIONS(ClosingQuestion)
};
} // namespace

QString lossText(const RunRecord &record)
{
    const TraceShape &shape = record.trace().shape();
    const int whole = record.frames().wholeFrames();
    if (whole == 0)
        return ClosingQuestionText::tr(
            "It is not kept in a library. Closing cancels it; no frame is whole yet.");
    return ClosingQuestionText::tr(
               "It is not kept in a library. Closing cancels it and loses what it has made: %1 of %2.")
        .arg(framesText(whole))
        .arg(std::max(shape.frames, whole));
}

bool askWhetherToClose(QWidget *window, const RunRecord &record)
{
    QMessageBox box(QMessageBox::Warning, ClosingQuestionText::tr("Close FastCar Studio"),
                    ClosingQuestionText::tr("<b>A run is going on.</b>"), QMessageBox::NoButton, window);
    box.setObjectName(QStringLiteral("closingQuestion"));
    box.setIconPixmap(icon(QStringLiteral("warning")).pixmap(QSize(28, 28), box.devicePixelRatioF()));
    box.setInformativeText(lossText(record));
    auto *close =
        box.addButton(ClosingQuestionText::tr("Cancel the run and close"), QMessageBox::DestructiveRole);
    close->setObjectName(QStringLiteral("closeAllTheSameButton"));
    auto *stay = box.addButton(ClosingQuestionText::tr("Let it go on"), QMessageBox::RejectRole);
    stay->setObjectName(QStringLiteral("stayOpenButton"));
    box.setDefaultButton(stay);
    box.setEscapeButton(stay);
    box.exec();
    return box.clickedButton() == close;
}

} // namespace fastcar::ui
