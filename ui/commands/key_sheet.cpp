// SPDX-License-Identifier: Apache-2.0
#include "ui/commands/key_sheet.h"

#include "ui/commands/key_view.h"
#include "ui/theme/popup_place.h"
#include "ui/theme/theme.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace fastcar::ui {

KeySheet::KeySheet(const ActionCatalog &catalog, QWidget *window)
    : QDialog(window)
{
    setObjectName(QStringLiteral("keySheet"));
    setWindowTitle(tr("Keys"));
    auto *column = new QVBoxLayout(this);
    auto *view = new KeyView(catalog, KeyView::Which::WithKeys, this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *change = buttons->addButton(tr("Change keys…"), QDialogButtonBox::ActionRole);
    change->setObjectName(QStringLiteral("changeKeysButton"));
    change->setAutoDefault(false);
    column->addWidget(view, 1);
    column->addWidget(buttons);
    resize(withinScreen(*this, {atTextSize(560), atTextSize(640)}));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(change, &QPushButton::clicked, this, &KeySheet::changeAsked);
}

} // namespace fastcar::ui
