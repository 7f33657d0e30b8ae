// SPDX-License-Identifier: Apache-2.0
#include "ui/library/run_chooser.h"

#include "ui/library/library_filters.h"
#include "ui/library/run_gallery.h"
#include "ui/library/run_words.h"
#include "ui/models/date_words.h"
#include "ui/theme/theme.h"

#include <QDateTime>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace fastcar::ui {

RunChooser::RunChooser(const std::filesystem::path &library, const QString &title, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("runChooser"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    filters_ = new LibraryFilters(this);
    gallery_ = new RunGallery(model_, this);
    gallery_->setSelectionMode(QAbstractItemView::SingleSelection);
    told_ = new QLabel(this);
    told_->setObjectName(QStringLiteral("runChooserTold"));
    told_->setWordWrap(true);
    told_->setMargin(6);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    choose_ = new QPushButton(tr("Choose"), this);
    choose_->setObjectName(QStringLiteral("runChooserChoose"));
    choose_->setProperty("kind", "primary");
    choose_->setDefault(true);
    buttons->addButton(choose_, QDialogButtonBox::AcceptRole);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 8, 10, 10);
    column->addWidget(filters_);
    column->addWidget(gallery_, 1);
    column->addWidget(told_);
    column->addWidget(buttons);
    resize(atTextSize(620), atTextSize(560));

    connect(filters_, &LibraryFilters::changed, this, [this] { model_.setQuery(filters_->query()); });
    connect(&model_, &LibraryModel::choicesChanged, filters_, &LibraryFilters::setChoices);
    connect(&model_, &LibraryModel::refreshed, this, [this] {
        failure_.clear();
        showState();
    });
    connect(&model_, &LibraryModel::failed, this, [this](const QString &reason) {
        failure_ = reason;
        showState();
    });
    connect(gallery_, &RunGallery::currentRunChanged, this, &RunChooser::showState);
    connect(gallery_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunChooser::showState);
    connect(gallery_, &RunGallery::showAsked, this, &RunChooser::take);
    connect(buttons, &QDialogButtonBox::accepted, this, &RunChooser::take);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    model_.open(library);
    gallery_->openLibrary();
    filters_->focusWords();
    showState();
}

void RunChooser::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    model_.setWatched(true);
}

void RunChooser::hideEvent(QHideEvent *event)
{
    model_.setWatched(false);
    QDialog::hideEvent(event);
}

/// A list that gets the focus has a current run, and has not been asked to choose it.
const RunEntry *RunChooser::run() const
{
    return gallery_->chosen().empty() ? nullptr : model_.entry(gallery_->currentIndex());
}

void RunChooser::showState()
{
    const RunEntry *run = this->run();
    choose_->setEnabled(run != nullptr && run->tokens > 0);
    if (!failure_.isEmpty())
        told_->setText(failure_);
    else if (run && run->tokens == 0)
        told_->setText(tr("Nothing of run %1 is there: it ended before its first token.").arg(run->id));
    else if (run)
        told_->setText(
            tr("Run %1, %2: %3")
                .arg(run->id)
                .arg(dateTextOf(run->madeMs, QDateTime::currentMSecsSinceEpoch()), stateTextOf(*run)));
    else if (!model_.counted())
        told_->setText(tr("Looking into the library…"));
    else if (model_.rowCount() > 0)
        told_->setText(tr("Choose a run."));
    else
        told_->setText(filters_->narrows() ? tr("No run is like that.") : tr("The library has no run yet."));
}

void RunChooser::take()
{
    const RunEntry *run = this->run();
    if (!run || run->tokens == 0)
        return;
    emit chosen(run->id);
    accept();
}

} // namespace fastcar::ui
