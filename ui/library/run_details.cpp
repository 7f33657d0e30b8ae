// SPDX-License-Identifier: Apache-2.0
#include "ui/library/run_details.h"

#include "ui/library/run_words.h"
#include "ui/library/star_rating.h"
#include "ui/models/date_words.h"
#include "ui/models/engine_words.h"
#include "ui/models/progress.h"
#include "ui/theme/flow_line.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace fastcar::ui {

namespace {

/// Text that can be selected and breaks between its words.
QLabel *textLabel(QWidget *parent, const QString &name, const QString &what)
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    label->setAccessibleName(what);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setTextFormat(Qt::RichText);
    label->setMinimumWidth(1); // it breaks rather than widen the panel
    return label;
}

/// A name has `width`, so that the values of two tables stand in one column.
QString row(const QString &name, const QString &value, int width)
{
    return QStringLiteral("<tr><td width='%4' style='color:%1'>%2</td><td>%3</td></tr>")
        .arg(themeColors().muted.name(), name.toHtmlEscaped(), value)
        .arg(width);
}

} // namespace

RunDetails::RunDetails(const RunSettingsModel &settings, QWidget *parent)
    : QWidget(parent)
    , settings_(settings)
{
    setObjectName(QStringLiteral("runDetails"));
    setAccessibleName(tr("The chosen run"));
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 8, 14, 8);
    column->setSpacing(6);
    auto *scroll = new QScrollArea(this); // what can be done stays in sight
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(makeFacts());
    column->addWidget(scroll, 1);
    buttons_ = makeButtons();
    column->addWidget(buttons_);
    connect(&settings_, &RunSettingsModel::changed, this, [this] {
        if (isVisible())
            showSettings();
    });
    show(nullptr, 0);
}

QWidget *RunDetails::makeFacts()
{
    auto *facts = new QWidget(this);
    facts->setProperty("panel", true);
    auto *column = new QVBoxLayout(facts);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    prompt_ = textLabel(facts, QStringLiteral("runPrompt"), tr("Prompt"));
    state_ = textLabel(facts, QStringLiteral("runState"), tr("State"));
    stars_ = new StarRating(facts);
    stars_->setObjectName(QStringLiteral("runStars"));
    facts_ = textLabel(facts, QStringLiteral("runFacts"), tr("Facts"));
    note_ = new QLineEdit(facts);
    note_->setObjectName(QStringLiteral("runNote"));
    note_->setAccessibleName(tr("Note"));
    note_->setPlaceholderText(tr("Note"));
    set_ = textLabel(facts, QStringLiteral("runSettings"), tr("Settings of the run"));
    auto *line = new QHBoxLayout;
    line->addWidget(state_, 1);
    line->addWidget(stars_, 0, Qt::AlignTop);
    column->addWidget(prompt_);
    column->addLayout(line);
    column->addWidget(note_);
    column->addWidget(facts_);
    column->addWidget(set_);
    column->addStretch(1);
    connect(stars_, &StarRating::rated, this, &RunDetails::rated);
    connect(note_, &QLineEdit::editingFinished, this, [this] {
        if (run_ && note_->text().toStdString() != run_->note) {
            run_->note = note_->text().toStdString();
            emit noted(note_->text());
        }
    });
    return facts;
}

QPushButton *RunDetails::makeButton(const QString &text, const QString &name, const QString &hint)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setToolTip(hint);
    return button;
}

QWidget *RunDetails::makeButtons()
{
    auto *buttons = new QWidget(this);
    auto *line = new FlowLine(buttons);
    line->setContentsMargins(0, 2, 0, 0);
    line->setSpacing(6);
    show_ = makeButton(tr("Show"), QStringLiteral("runShowButton"),
                       tr("Show the run in the views, in place of the one that is there (Enter)"));
    show_->setProperty("kind", "primary");
    goOn_ = makeButton(tr("Continue"), QStringLiteral("runContinueButton"),
                       tr("Go on with the run where it stopped, on the chosen device"));
    compare_ = makeButton(tr("Compare"), QStringLiteral("runCompareButton"),
                          tr("Compare the run with the one that is shown"));
    export_ = makeButton({}, QStringLiteral("runExportButton"), tr("Write its video to a file"));
    export_->setIcon(icon(QStringLiteral("save")));
    export_->setAccessibleName(tr("Save video…"));
    useSettings_ = makeButton(tr("Use these settings"), QStringLiteral("runUseSettingsButton"),
                              tr("The next run has this run's prompt, seed and settings"));
    useSeed_ = makeButton(tr("Use this seed"), QStringLiteral("runUseSeedButton"),
                          tr("The next run has this run's seed, locked"));
    delete_ = makeButton({}, QStringLiteral("runDeleteButton"),
                         tr("Put the run away; it can be had back until a clean-up (Del)"));
    delete_->setIcon(icon(QStringLiteral("delete")));
    delete_->setAccessibleName(tr("Delete"));
    restore_ = makeButton(tr("Restore"), QStringLiteral("runRestoreButton"), tr("Get the deleted run back"));
    for (QPushButton *button : {show_, compare_, export_, delete_, goOn_, useSettings_, useSeed_, restore_})
        line->addWidget(button);
    connect(show_, &QPushButton::clicked, this, &RunDetails::showAsked);
    connect(goOn_, &QPushButton::clicked, this, &RunDetails::continueAsked);
    connect(compare_, &QPushButton::clicked, this, &RunDetails::compareAsked);
    connect(export_, &QPushButton::clicked, this, &RunDetails::exportAsked);
    connect(delete_, &QPushButton::clicked, this, &RunDetails::deleteAsked);
    connect(restore_, &QPushButton::clicked, this, &RunDetails::restoreAsked);
    connect(useSettings_, &QPushButton::clicked, this, [this] {
        if (made_)
            emit settingsWanted(*made_);
    });
    connect(useSeed_, &QPushButton::clicked, this, [this] {
        if (made_)
            emit seedWanted(made_->seed);
    });
    return buttons;
}

void RunDetails::show(const RunEntry *run, int others)
{
    const bool same = run && run_ && run->id == run_->id;
    run_ = run ? std::optional(*run) : std::nullopt;
    others_ = others;
    made_.reset();
    if (run_)
        if (auto settings = runSettingsFromJson(run_->settingsJson))
            made_ = std::move(*settings);
    if (!same || !note_->hasFocus()) // what is being typed stays
        note_->setText(run_ ? QString::fromStdString(run_->note) : QString());
    showFacts();
    showSettings();
    updateButtons();
}

void RunDetails::setRunning(bool running)
{
    running_ = running;
    updateButtons();
}

/// As many lines of buttons as there are at this width have room.
void RunDetails::fitButtons()
{
    const QMargins around = layout()->contentsMargins();
    buttons_->setMinimumHeight(buttons_->layout()->heightForWidth(width() - around.left() - around.right()));
}

void RunDetails::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitButtons();
}

void RunDetails::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || !set_)
        return;
    showFacts(); // the colours of the theme stand in their text
    showSettings();
}

int RunDetails::namesWidth() const
{
    int width = 0;
    for (const QString &name :
         {tr("Made"), tr("Model"), tr("Took"), tr("Replayed"), tr("On disk"), tr("Seed")})
        width = std::max(width, fontMetrics().horizontalAdvance(name));
    if (made_)
        for (const SettingWords &line : settingWords(*made_, settings_.settings()))
            width = std::max(width, fontMetrics().horizontalAdvance(line.name));
    return width + 10;
}

void RunDetails::showFacts()
{
    setEnabled(run_.has_value());
    for (QWidget *part : std::initializer_list<QWidget *>{state_, stars_, facts_, note_, set_})
        part->setVisible(run_.has_value());
    if (!run_) {
        prompt_->setText(tr("Choose a run to see what is known of it."));
        return;
    }
    const QString prompt = QString::fromStdString(run_->prompt).toHtmlEscaped();
    prompt_->setText(others_ > 0 ? tr("<b>%1</b> and %2 more").arg(prompt).arg(others_)
                                 : QStringLiteral("<b>%1</b>").arg(prompt));
    const ThemeColors &colors = themeColors();
    QString state = stateTextOf(*run_).toHtmlEscaped();
    if (!run_->reason.empty())
        state += QStringLiteral("<br><span style='color:%1'>%2</span>")
                     .arg(run_->state == RunState::Failed ? colors.danger.name() : colors.muted.name(),
                          engineWords(run_->reason).toHtmlEscaped());
    state_->setText(state);
    stars_->setStars(run_->rating);
    const auto text = [](const std::string &value) { return QString::fromStdString(value).toHtmlEscaped(); };
    QString table = QStringLiteral("<table cellspacing='0' cellpadding='1'>");
    const auto add = [&](const QString &name, const QString &value) {
        table += row(name, value, namesWidth());
    };
    add(tr("Made"), dateTextOf(run_->madeMs, QDateTime::currentMSecsSinceEpoch()).toHtmlEscaped());
    add(tr("Model"), text(run_->modelName));
    add(tr("Took"), tr("%1 on %2").arg(secondsText(run_->seconds), text(run_->device)));
    add(tr("Replayed"),
        run_->eligible > 0 ? tr("%1 of eligible").arg(replayTextOf(*run_)) : tr("nothing was eligible"));
    add(tr("On disk"), tr("%1, run %2").arg(sizeTextOf(run_->bytes)).arg(run_->id));
    facts_->setText(table + QStringLiteral("</table>"));
}

void RunDetails::showSettings()
{
    if (!run_)
        return;
    if (!made_) {
        set_->setText(tr("Its settings cannot be read."));
        return;
    }
    const RunSettings now = settings_.settings();
    const QString accent = themeColors().accent.name();
    QString table = QStringLiteral("<table cellspacing='0' cellpadding='1'>");
    const auto add = [&](const QString &name, const QString &value, const QString &other) {
        QString words = value.toHtmlEscaped();
        if (!other.isEmpty())
            words = QStringLiteral("<span style='color:%1'>%2</span> <span style='color:%3'>%4</span>")
                        .arg(accent, words, themeColors().muted.name(),
                             tr("(now %1)").arg(other.toHtmlEscaped()));
        table += row(name, words, namesWidth());
    };
    add(tr("Seed"), QString::number(made_->seed),
        made_->seed == now.seed ? QString() : QString::number(now.seed));
    for (const SettingWords &line : settingWords(*made_, now))
        add(line.name, line.value, line.now);
    set_->setText(table + QStringLiteral("</table>"));
}

void RunDetails::updateButtons()
{
    const bool any = run_.has_value();
    const bool deleted = any && run_->deletedMs;
    const bool beingMade = any && run_->state == RunState::Running;
    const bool alone = any && others_ == 0;
    show_->setEnabled(alone && !beingMade && !running_ && run_->tokens > 0);
    compare_->setEnabled(alone && !beingMade && run_->tokens > 0);
    goOn_->setVisible(any && run_->unfinished() && !beingMade && !deleted);
    goOn_->setEnabled(alone && !running_);
    useSettings_->setEnabled(alone && made_);
    useSeed_->setEnabled(alone && made_);
    export_->setEnabled(alone && run_->tokens > 0);
    delete_->setVisible(!deleted);
    delete_->setEnabled(any && !beingMade);
    restore_->setVisible(deleted);
    fitButtons();
}

} // namespace fastcar::ui
