// SPDX-License-Identifier: Apache-2.0
#include "ui/library/clean_up_dialog.h"

#include "ui/library/library_model.h"
#include "ui/library/run_words.h"
#include "ui/models/engine_words.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace fastcar::ui {

namespace {
constexpr double bytesPerGigabyte = 1e9;
} // namespace

CleanUpDialog::CleanUpDialog(LibraryModel &model, QWidget *parent)
    : QDialog(parent)
    , model_(model)
{
    setObjectName(QStringLiteral("cleanUpDialog"));
    setWindowTitle(tr("Clean up the library"));
    setAttribute(Qt::WA_DeleteOnClose);
    deleted_ = new QCheckBox(tr("Runs that were deleted"), this);
    deleted_->setObjectName(QStringLiteral("cleanDeleted"));
    deleted_->setChecked(true);
    old_ = new QCheckBox(tr("Runs older than"), this);
    old_->setObjectName(QStringLiteral("cleanOld"));
    days_ = new QSpinBox(this);
    days_->setObjectName(QStringLiteral("cleanDays"));
    days_->setAccessibleName(tr("Days"));
    days_->setRange(0, 3650);
    days_->setValue(30);
    days_->setSuffix(tr(" days"));
    makeNumberField(*days_);
    large_ = new QCheckBox(tr("The oldest, until the library takes at most"), this);
    large_->setObjectName(QStringLiteral("cleanLarge"));
    gigabytes_ = new QDoubleSpinBox(this);
    gigabytes_->setObjectName(QStringLiteral("cleanGigabytes"));
    gigabytes_->setAccessibleName(tr("Gigabytes"));
    gigabytes_->setRange(0.0, 1e6);
    gigabytes_->setDecimals(1);
    gigabytes_->setValue(5.0);
    makeNumberField(*gigabytes_);
    gigabytes_->setSuffix(tr(" GB"));
    keep_ = new QComboBox(this);
    keep_->setObjectName(QStringLiteral("cleanKeep"));
    keep_->setAccessibleName(tr("Runs that stay"));
    for (int stars = 1; stars <= mostStars; ++stars)
        keep_->addItem(stars == 1           ? tr("rated ones stay")
                       : stars == mostStars ? tr("those with %1 stars stay").arg(stars)
                                            : tr("those with %1 stars or more stay").arg(stars),
                       stars);
    plan_ = new QLabel(this);
    plan_->setObjectName(QStringLiteral("cleanPlan"));
    plan_->setWordWrap(true);

    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(8);
    grid->addWidget(deleted_, 0, 0, 1, 2);
    grid->addWidget(old_, 1, 0);
    grid->addWidget(days_, 1, 1);
    grid->addWidget(large_, 2, 0);
    grid->addWidget(gigabytes_, 2, 1);
    grid->addWidget(new QLabel(tr("Of those that nobody deleted,"), this), 3, 0);
    grid->addWidget(keep_, 3, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    clean_ = buttons->addButton(tr("Clean up"), QDialogButtonBox::AcceptRole);
    clean_->setObjectName(QStringLiteral("cleanButton"));
    auto *column = new QVBoxLayout(this);
    column->setSpacing(14);
    column->addLayout(grid);
    column->addWidget(plan_);
    column->addWidget(buttons);

    for (QCheckBox *box : {deleted_, old_, large_})
        connect(box, &QCheckBox::toggled, this, &CleanUpDialog::ask);
    connect(days_, &QSpinBox::valueChanged, this, &CleanUpDialog::ask);
    connect(gigabytes_, &QDoubleSpinBox::valueChanged, this, &CleanUpDialog::ask);
    connect(keep_, &QComboBox::currentIndexChanged, this, &CleanUpDialog::ask);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(clean_, &QPushButton::clicked, this, [this] {
        model_.erase(runs_);
        accept();
    });
    ask();
}

CleanUp CleanUpDialog::cleanUp() const
{
    CleanUp cleanUp{.keepFromStars = keep_->currentData().toInt(), .deletedOnes = deleted_->isChecked()};
    if (old_->isChecked())
        cleanUp.beforeMs = QDateTime::currentDateTime().addDays(-days_->value()).toMSecsSinceEpoch();
    if (large_->isChecked())
        cleanUp.toBytes = static_cast<std::int64_t>(gigabytes_->value() * bytesPerGigabyte);
    return cleanUp;
}

void CleanUpDialog::ask()
{
    days_->setEnabled(old_->isChecked());
    gigabytes_->setEnabled(large_->isChecked());
    keep_->setEnabled(old_->isChecked() || large_->isChecked());
    clean_->setEnabled(false);
    if (!model_.queue())
        return;
    model_.queue()->ask([cleanUp = cleanUp()](Library &library) { return planCleanUp(library, cleanUp); },
                        [self = QPointer(this), number = ++asked_](Result<CleanUpPlan> plan) {
                            if (!self || number != self->asked_)
                                return;
                            if (plan)
                                self->take(*plan);
                            else
                                self->plan_->setText(engineWords(plan.error()));
                        });
}

void CleanUpDialog::take(const CleanUpPlan &plan)
{
    runs_ = plan.ids();
    clean_->setEnabled(!runs_.empty());
    plan_->setText(runs_.empty()
                       ? tr("There is nothing to take away.")
                       : tr("<b>%1, %2</b>, will be taken away for good.")
                             .arg(runsText(static_cast<std::int64_t>(runs_.size())), sizeTextOf(plan.bytes)));
}

} // namespace fastcar::ui
