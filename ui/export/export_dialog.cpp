// SPDX-License-Identifier: Apache-2.0
#include "ui/export/export_dialog.h"

#include "ui/bridge/video_saver.h"
#include "ui/export/export_forms.h"
#include "ui/export/picture_preview.h"
#include "ui/models/preferences.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QButtonGroup>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <array>

namespace fastcar::ui {

namespace {

using What = ExportChoice::What;

ExportChoice firstChoice(const Preferences &preferences, const ExportMaterial &material)
{
    ExportChoice choice = ExportChoice::fromJson(preferences.get(preference::exportChoice));
    choice.framesPerSecond = material.framesPerSecond;
    return choice;
}

} // namespace

ExportDialog::ExportDialog(ExportMaterial material, Preferences &preferences, QWidget *parent)
    : QDialog(parent)
    , preferences_(preferences)
    , material_(std::make_shared<const ExportMaterial>(std::move(material)))
{
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export"));
    setModal(true);
    askToReplace = [this](const QStringList &files) {
        const QString question =
            files.size() == 1
                ? tr("%1 is there already. Replace it?").arg(QFileInfo(files.front()).fileName())
                : tr("%1 of these files are there already. Replace them?").arg(files.size());
        QMessageBox box(QMessageBox::Question, tr("Export"), question, QMessageBox::Yes | QMessageBox::No,
                        this);
        box.setDefaultButton(QMessageBox::No); // Enter twice replaces nothing
        box.setIconPixmap(icon(QStringLiteral("info")).pixmap(QSize(28, 28), devicePixelRatioF()));
        return box.exec() == QMessageBox::Yes;
    };
    askForFile = [this](const QString &file) {
        return QFileDialog::getSaveFileName(this, tr("Export to"), file, {}, nullptr,
                                            QFileDialog::DontConfirmOverwrite); // begin() asks
    };
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(12);
    column->addWidget(buildKinds());
    column->addWidget(buildMiddle(), 1);
    column->addWidget(buildFile());
    column->addWidget(buildFoot());
    resize(860, 560);

    preview_.setSingleShot(true);
    connect(&preview_, &QTimer::timeout, this, &ExportDialog::showPreview);
    connect(forms_, &ExportForms::changed, this, &ExportDialog::takeChoice);
    connect(&job_, &ExportJob::advanced, this,
            [this](double share) { progress_->setValue(static_cast<int>(1000.0 * share)); });
    connect(&job_, &ExportJob::written, this, [this](const QStringList &files) {
        setBusy(false);
        say(files.size() == 1
                ? tr("Written: %1").arg(QDir::toNativeSeparators(files.front()))
                : tr("Written: %1 files, %2 to %3")
                      .arg(files.size())
                      .arg(QFileInfo(files.front()).fileName(), QFileInfo(files.back()).fileName()),
            false);
        emit written(files);
    });
    connect(&job_, &ExportJob::cancelled, this, [this] {
        setBusy(false);
        say(tr("Cancelled. Nothing was written."), false);
    });
    connect(&job_, &ExportJob::failed, this, [this](const QString &reason) {
        setBusy(false);
        say(reason, true);
    });
    proposedStem_ = stemOfRun() + forms_->choice().nameSuffix();
    file_->setText(QDir::toNativeSeparators(firstFolder() + QLatin1Char('/') + proposedStem_ +
                                            QLatin1Char('.') + forms_->choice().ending()));
    kinds_->button(static_cast<int>(forms_->choice().what))->setChecked(true);
    setBusy(false);
    takeChoice();
}

ExportDialog::~ExportDialog() = default;

void ExportDialog::choose(What what)
{
    kinds_->button(static_cast<int>(what))->setChecked(true);
    forms_->choose(what);
}

QWidget *ExportDialog::buildKinds()
{
    auto *bar = new QWidget(this);
    auto *line = new QHBoxLayout(bar);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    kinds_ = new QButtonGroup(this);
    struct Kind {
        What what;
        QString text, name;
    };
    const std::array<Kind, 5> kinds{{{What::Video, tr("Video"), QStringLiteral("exportVideo")},
                                     {What::Stills, tr("Stills"), QStringLiteral("exportStills")},
                                     {What::Sheet, tr("Contact sheet"), QStringLiteral("exportSheet")},
                                     {What::Trace, tr("Trace"), QStringLiteral("exportTrace")},
                                     {What::Plot, tr("Plot"), QStringLiteral("exportPlot")}}};
    for (const Kind &kind : kinds) {
        auto *chip = new QPushButton(kind.text, bar);
        chip->setObjectName(kind.name);
        chip->setProperty("kind", "chip");
        chip->setCheckable(true);
        chip->setAutoDefault(false);
        kinds_->addButton(chip, static_cast<int>(kind.what));
        line->addWidget(chip);
    }
    line->addStretch(1);
    connect(kinds_, &QButtonGroup::idClicked, this,
            [this](int what) { forms_->choose(static_cast<What>(what)); });
    return bar;
}

QWidget *ExportDialog::buildMiddle()
{
    auto *middle = new QWidget(this);
    auto *line = new QHBoxLayout(middle);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(16);
    forms_ = new ExportForms(firstChoice(preferences_, *material_),
                             static_cast<int>(material_->frames.size()), middle);
    forms_->setFixedWidth(atTextSize(286));
    line->addWidget(forms_);
    auto *column = new QVBoxLayout;
    column->setSpacing(6);
    picture_ = new PicturePreview(middle);
    facts_ = new QLabel(middle);
    facts_->setObjectName(QStringLiteral("exportFactsLabel"));
    facts_->setProperty("rank", "secondary");
    facts_->setWordWrap(true);
    column->addWidget(picture_, 1);
    column->addWidget(facts_);
    line->addLayout(column, 1);
    return middle;
}

QWidget *ExportDialog::buildFile()
{
    auto *box = new QWidget(this);
    auto *line = new QHBoxLayout(box);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    auto *label = new QLabel(tr("&File"), box);
    file_ = new QLineEdit(box);
    file_->setObjectName(QStringLiteral("exportFileEdit"));
    file_->setAccessibleName(tr("File"));
    label->setBuddy(file_);
    browse_ = new QPushButton(tr("&Browse…"), box);
    browse_->setObjectName(QStringLiteral("exportBrowseButton"));
    browse_->setAutoDefault(false);
    line->addWidget(label);
    line->addWidget(file_, 1);
    line->addWidget(browse_);
    connect(browse_, &QPushButton::clicked, this, &ExportDialog::browse);
    return box;
}

QWidget *ExportDialog::buildFoot()
{
    auto *foot = new QWidget(this);
    auto *line = new QHBoxLayout(foot);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    progress_ = new QProgressBar(foot);
    progress_->setObjectName(QStringLiteral("exportProgress"));
    progress_->setAccessibleName(tr("Progress"));
    progress_->setRange(0, 1000);
    progress_->setTextVisible(false);
    message_ = new QLabel(foot);
    message_->setObjectName(QStringLiteral("exportMessageLabel"));
    message_->setWordWrap(true);
    message_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    export_ = new QPushButton(tr("&Export"), foot);
    export_->setObjectName(QStringLiteral("exportButton"));
    export_->setProperty("kind", "primary");
    export_->setDefault(true);
    close_ = new QPushButton(foot);
    close_->setObjectName(QStringLiteral("exportCloseButton"));
    close_->setAutoDefault(false);
    line->addWidget(progress_, 1);
    line->addWidget(message_, 1);
    line->addWidget(close_);
    line->addWidget(export_);
    connect(export_, &QPushButton::clicked, this, &ExportDialog::begin);
    connect(close_, &QPushButton::clicked, this, [this] { job_.running() ? job_.cancel() : reject(); });
    return foot;
}

QString ExportDialog::firstFolder() const
{
    QString folder = preferences_.get(preference::saveFolder); // that of File > Save video, too
    if (folder.isEmpty() || !QFileInfo(folder).isDir())
        folder = QStandardPaths::writableLocation(QStandardPaths::MoviesLocation);
    return QFileInfo(folder).isDir() ? folder : QDir::homePath();
}

QString ExportDialog::stemOfRun() const
{
    return VideoSaver::fileStem(QString::fromStdString(material_->settings.prompt));
}

ExportRequest ExportDialog::request() const
{
    return {forms_->choice(), material_, QDir::fromNativeSeparators(file_->text().trimmed())};
}

void ExportDialog::takeChoice()
{
    putName();
    say({}, false);
    facts_->setText(exportFacts(request()));
    askPreview();
}

/// The ending is the format's; what a person has typed before it stays, what was proposed becomes the next
/// proposal.
void ExportDialog::putName()
{
    const ExportChoice &choice = forms_->choice();
    const QString proposal = stemOfRun() + choice.nameSuffix();
    const QString before = std::exchange(proposedStem_, proposal);
    const QFileInfo name(QDir::fromNativeSeparators(file_->text().trimmed()));
    if (name.fileName().isEmpty())
        return;
    const QString given = name.suffix().isEmpty() ? name.fileName() : name.completeBaseName();
    const QString stem = given == before ? proposal : given;
    if (name.suffix() != choice.ending() || stem != name.completeBaseName())
        file_->setText(
            QDir::toNativeSeparators(name.dir().filePath(stem + QLatin1Char('.') + choice.ending())));
}

void ExportDialog::askPreview()
{
    if (!preview_.isActive())
        preview_.start(0);
}

void ExportDialog::showPreview()
{
    const ExportRequest wanted = request();
    if (wanted.choice.what == What::Trace || !whyNot(wanted.choice.plot, *material_).isEmpty()) {
        const bool plot = wanted.choice.what == What::Plot;
        if (plot || wanted.choice.what == What::Trace) {
            previewJob_.drop();
            return picture_->setPicture({}, plot ? whyNot(wanted.choice.plot, *material_)
                                                 : tr("A trace has no picture."));
        }
    }
    const QSize size = (QSizeF(picture_->size()) * devicePixelRatioF()).toSize();
    previewJob_.ask(
        this, [wanted, size](std::stop_token) { return exportPreview(wanted, size); },
        [this](const QImage &image) { picture_->setPicture(image, tr("There is no whole frame yet.")); });
}

void ExportDialog::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    askPreview();
}

void ExportDialog::browse()
{
    QString file = askForFile(QDir::fromNativeSeparators(file_->text().trimmed()));
    if (file.isEmpty())
        return;
    file_->setText(QDir::toNativeSeparators(file));
    putName();
}

void ExportDialog::begin()
{
    putName();
    ExportRequest wanted = request();
    if (QFileInfo(wanted.file).completeBaseName().isEmpty())
        return say(tr("Say which file is to be written."), true);
    QStringList there;
    for (const QString &file : filesOf(wanted))
        if (QFileInfo::exists(file))
            there += file;
    if (!there.isEmpty() && !askToReplace(there))
        return;
    preferences_.set(preference::saveFolder, QFileInfo(wanted.file).absolutePath());
    preferences_.set(preference::exportChoice, wanted.choice.toJson());
    setBusy(true);
    say({}, false);
    job_.start(wanted);
}

void ExportDialog::setBusy(bool busy)
{
    progress_->setVisible(busy);
    message_->setVisible(!busy);
    for (QWidget *control : std::initializer_list<QWidget *>{forms_, file_, browse_, export_})
        control->setEnabled(!busy);
    for (auto *kind : kinds_->buttons())
        kind->setEnabled(!busy);
    close_->setText(busy ? tr("&Cancel") : tr("&Close"));
}

void ExportDialog::say(const QString &text, bool isError)
{
    message_->setText(text);
    QPalette palette = message_->palette();
    palette.setColor(QPalette::WindowText, isError ? themeColors().danger : themeColors().text);
    message_->setPalette(palette);
}

/// Also by Escape and by the window's button: the writing ends first.
void ExportDialog::done(int result)
{
    if (job_.running()) {
        job_.cancel();
        return;
    }
    preferences_.set(preference::exportChoice, forms_->choice().toJson());
    QDialog::done(result);
}

} // namespace fastcar::ui
