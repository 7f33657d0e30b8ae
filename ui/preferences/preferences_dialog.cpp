// SPDX-License-Identifier: Apache-2.0
#include "ui/preferences/preferences_dialog.h"

#include "ui/commands/key_editor.h"
#include "ui/models/preferences.h"
#include "ui/preferences/general_page.h"
#include "ui/theme/popup_place.h"
#include "ui/theme/theme.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace fastcar::ui {

PreferencesDialog::PreferencesDialog(Preferences &preferences, ActionCatalog &catalog,
                                     const QStringList &devices, QWidget *window)
    : QDialog(window)
{
    setObjectName(QStringLiteral("preferencesDialog"));
    setWindowTitle(tr("Preferences"));
    auto *column = new QVBoxLayout(this);
    pages_ = new QTabWidget(this);
    pages_->setObjectName(QStringLiteral("preferencePages"));
    pages_->setAccessibleName(tr("Pages of the preferences"));
    pages_->addTab(new GeneralPage(preferences, devices, pages_), tr("&General"));
    pages_->addTab(new KeyEditor(catalog, pages_), tr("&Keys"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *reset = buttons->addButton(tr("Reset all"), QDialogButtonBox::ResetRole);
    reset->setObjectName(QStringLiteral("resetPreferencesButton"));
    reset->setToolTip(tr("All preferences and keys as they are at first. Settings of runs and layouts stay"));
    for (QAbstractButton *button : buttons->buttons())
        qobject_cast<QPushButton *>(button)->setAutoDefault(false);
    column->addWidget(pages_, 1);
    column->addWidget(buttons);
    resize(withinScreen(*this, {atTextSize(600), atTextSize(620)}));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(reset, &QPushButton::clicked, &preferences, &Preferences::reset);
}

void PreferencesDialog::showKeys()
{
    pages_->setCurrentIndex(1);
}

} // namespace fastcar::ui
