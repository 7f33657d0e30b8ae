// SPDX-License-Identifier: Apache-2.0
#include "ui/export/export_forms.h"

#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QSpinBox>

#include <algorithm>

namespace fastcar::ui {

namespace {
constexpr int mostPlays = 100;
} // namespace

ExportForms::ExportForms(const ExportChoice &choice, int frames, QWidget *parent)
    : QStackedWidget(parent)
    , choice_(choice)
{
    buildVideo();
    buildStills();
    buildSheet(frames);
    buildTrace();
    buildPlot();
    choose(choice_.what);
}

void ExportForms::choose(ExportChoice::What what)
{
    choice_.what = what;
    setCurrentIndex(static_cast<int>(what));
    emit changed();
}

QFormLayout *ExportForms::addPage()
{
    auto *page = new QWidget(this);
    auto *form = new QFormLayout(page);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(7);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addWidget(page);
    return form;
}

QComboBox *ExportForms::addCombo(QFormLayout *form, const QString &label, const QString &name)
{
    auto *combo = new QComboBox(form->parentWidget());
    combo->setObjectName(name);
    combo->setAccessibleName(label);
    form->addRow(label, combo);
    return combo;
}

QSpinBox *ExportForms::addSpin(QFormLayout *form, const QString &label, const QString &name, int low,
                               int high, int &value)
{
    auto *spin = new QSpinBox(form->parentWidget());
    spin->setObjectName(name);
    spin->setAccessibleName(label);
    spin->setRange(low, high);
    spin->setValue(value);
    makeNumberField(*spin);
    form->addRow(label, spin);
    connect(spin, &QSpinBox::valueChanged, this, [this, &value](int chosen) {
        value = chosen;
        emit changed();
    });
    return spin;
}

QCheckBox *ExportForms::addCheck(QFormLayout *form, const QString &text, const QString &name, bool &value)
{
    auto *check = new QCheckBox(text, form->parentWidget());
    check->setObjectName(name);
    check->setChecked(value);
    form->addRow(QString(), check);
    connect(check, &QCheckBox::toggled, this, [this, &value](bool chosen) {
        value = chosen;
        emit changed();
    });
    return check;
}

void ExportForms::addEndings(QComboBox *combo, const QList<QPair<QString, QString>> &endings, QString &value)
{
    for (const auto &[text, ending] : endings)
        combo->addItem(text, ending);
    combo->setCurrentIndex(std::max(0, combo->findData(value)));
    connect(combo, &QComboBox::currentIndexChanged, this, [this, combo, &value] {
        value = combo->currentData().toString();
        emit changed();
    });
}

/// How a picture is written: size, smoothing, overlay. `prefix` begins the names of the controls.
void ExportForms::addLook(QFormLayout *form, PictureLook &look, const QString &prefix)
{
    auto *scale =
        addSpin(form, tr("Enlarged"), prefix + QStringLiteral("ScaleSpin"), 1, largestScale, look.scale);
    scale->setPrefix(QStringLiteral("×"));
    scale->setToolTip(tr("How many pixels of the file a pixel of the model is wide: a whole number"));
    auto *pixels = addCombo(form, tr("Pixels"), prefix + QStringLiteral("PixelsCombo"));
    pixels->addItems({tr("As squares"), tr("Smooth")});
    pixels->setCurrentIndex(look.smooth ? 1 : 0);
    pixels->setToolTip(
        tr("<p><b>As squares</b>: the model's pixels as they are. <b>Smooth</b>: between them it is "
           "interpolated.</p>"));
    connect(pixels, &QComboBox::currentIndexChanged, this, [this, &look](int index) {
        look.smooth = index == 1;
        emit changed();
    });
    auto *overlay = addCombo(form, tr("Overlay"), prefix + QStringLiteral("OverlayCombo"));
    overlay->addItems({tr("None"), tr("Burned in"), tr("Beside the picture")});
    overlay->setCurrentIndex(static_cast<int>(look.overlay));
    overlay->setToolTip(
        tr("<p>What the viewer shows over the picture now: heatmap, replay mask and grid of the "
           "chosen layer and row.</p>"));
    connect(overlay, &QComboBox::currentIndexChanged, this, [this, &look](int index) {
        look.overlay = static_cast<PictureLook::Overlay>(index);
        emit changed();
    });
}

void ExportForms::buildVideo()
{
    QFormLayout *form = addPage();
    addEndings(addCombo(form, tr("Format"), QStringLiteral("videoFormatCombo")),
               {{tr("MP4, H.264"), QStringLiteral("mp4")},
                {tr("WebM, VP9"), QStringLiteral("webm")},
                {tr("Matroska, lossless"), QStringLiteral("mkv")},
                {tr("Animated GIF"), QStringLiteral("gif")},
                {tr("Animated PNG"), QStringLiteral("apng")},
                {tr("Strip of frames, PNG"), QStringLiteral("png")}},
               choice_.videoEnding);
    addLook(form, choice_.video, QStringLiteral("video"));
    auto *pace = addSpin(form, tr("Speed"), QStringLiteral("exportPaceSpin"), 1, 60, choice_.framesPerSecond);
    pace->setSuffix(tr(" fps"));
    auto *plays = addSpin(form, tr("Plays"), QStringLiteral("playsSpin"), 0, mostPlays, choice_.plays);
    plays->setSpecialValueText(tr("As is usual"));
    plays->setSuffix(QStringLiteral("×"));
    plays->setToolTip(
        tr("<p>How often it is played. Usual is in a loop without end for GIF and APNG, and once for the "
           "others, whose frames are written that often.</p>"));
}

void ExportForms::buildStills()
{
    QFormLayout *form = addPage();
    auto *which = addCombo(form, tr("Frames"), QStringLiteral("stillsCombo"));
    which->addItems({tr("The one that is shown"), tr("All, numbered")});
    which->setCurrentIndex(choice_.allStills ? 1 : 0);
    connect(which, &QComboBox::currentIndexChanged, this, [this](int index) {
        choice_.allStills = index == 1;
        emit changed();
    });
    addLook(form, choice_.stills, QStringLiteral("stills"));
}

void ExportForms::buildSheet(int frames)
{
    QFormLayout *form = addPage();
    addSpin(form, tr("Columns"), QStringLiteral("columnsSpin"), 1, mostColumns, choice_.sheet.columns);
    auto *rows = addSpin(form, tr("Rows"), QStringLiteral("rowsSpin"), 1, mostColumns, choice_.sheet.rows);
    rows->setToolTip(
        tr("<p>Where there is less room than the run has frames (%1), frames at equal distances are "
           "shown.</p>")
            .arg(frames));
    addLook(form, choice_.sheet.picture, QStringLiteral("sheet"));
    auto *paper = addCombo(form, tr("Paper"), QStringLiteral("paperCombo"));
    paper->addItems({tr("Dark"), tr("Light")});
    paper->setCurrentIndex(choice_.sheet.theme == ThemeName::Light ? 1 : 0);
    connect(paper, &QComboBox::currentIndexChanged, this, [this](int index) {
        choice_.sheet.theme = index == 1 ? ThemeName::Light : ThemeName::Dark;
        emit changed();
    });
    addCheck(form, tr("Numbers of the frames"), QStringLiteral("numbersCheck"), choice_.sheet.numbers);
    addCheck(form, tr("Prompt, seed and replay"), QStringLiteral("captionCheck"), choice_.sheet.caption);
}

void ExportForms::buildTrace()
{
    QFormLayout *form = addPage();
    auto *format = addCombo(form, tr("Format"), QStringLiteral("traceFormatCombo"));
    addEndings(format,
               {{tr("FastCar trace"), QStringLiteral("fctrace")},
                {tr("NumPy arrays"), QStringLiteral("npz")},
                {tr("Table, CSV"), QStringLiteral("csv")},
                {tr("Events, for Perfetto"), QStringLiteral("json")}},
               choice_.traceEnding);
    auto *table = addCombo(form, tr("A line"), QStringLiteral("traceTableCombo"));
    table->addItems({tr("For each decision"), tr("For each token")});
    table->setCurrentIndex(choice_.tokenTable ? 1 : 0);
    const auto enable = [this, table] { table->setEnabled(choice_.traceEnding == QLatin1String("csv")); };
    connect(format, &QComboBox::currentIndexChanged, table, enable);
    enable();
    connect(table, &QComboBox::currentIndexChanged, this, [this](int index) {
        choice_.tokenTable = index == 1;
        emit changed();
    });
}

void ExportForms::buildPlot()
{
    QFormLayout *form = addPage();
    auto *kind = addCombo(form, tr("Plot"), QStringLiteral("plotCombo"));
    for (const PlotKind plot : plotKinds)
        kind->addItem(nameOf(plot));
    kind->setCurrentIndex(static_cast<int>(choice_.plot));
    connect(kind, &QComboBox::currentIndexChanged, this, [this](int index) {
        choice_.plot = plotKinds[index];
        emit changed();
    });
    addEndings(addCombo(form, tr("Format"), QStringLiteral("plotFormatCombo")),
               {{tr("Picture, PNG"), QStringLiteral("png")},
                {tr("Drawing, SVG"), QStringLiteral("svg")},
                {tr("The numbers, CSV"), QStringLiteral("csv")}},
               choice_.plotEnding);
}

} // namespace fastcar::ui
