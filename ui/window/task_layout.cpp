// SPDX-License-Identifier: Apache-2.0
#include "ui/window/task_layout.h"

#include <QCoreApplication>

namespace fastcar::ui {

namespace {
struct TaskLayoutText {
    Q_DECLARE_TR_FUNCTIONS(TaskLayout)
};
} // namespace

QString keyOf(TaskLayout layout)
{
    switch (layout) {
    case TaskLayout::Tune:
        return QStringLiteral("tune");
    case TaskLayout::Hardware:
        return QStringLiteral("hardware");
    case TaskLayout::Compare:
        return QStringLiteral("compare");
    case TaskLayout::Generate:
        break;
    }
    return QStringLiteral("generate");
}

QString titleOf(TaskLayout layout)
{
    switch (layout) {
    case TaskLayout::Tune:
        return TaskLayoutText::tr("Tune");
    case TaskLayout::Hardware:
        return TaskLayoutText::tr("Hardware");
    case TaskLayout::Compare:
        return TaskLayoutText::tr("Compare");
    case TaskLayout::Generate:
        break;
    }
    return TaskLayoutText::tr("Generate");
}

} // namespace fastcar::ui
