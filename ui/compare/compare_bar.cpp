// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/compare_bar.h"

#include "ui/compare/compare_view.h"
#include "ui/compare/difference_legend.h"
#include "ui/theme/flow_line.h"
#include "ui/theme/theme.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>

#include <array>
#include <cmath>

namespace fastcar::ui {

namespace {

constexpr double wipeSteps = 1000.0;

QHBoxLayout *tightLine(QWidget *parent)
{
    auto *line = new QHBoxLayout(parent);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    return line;
}

QToolButton *toggle(const QString &text, const QString &name, const QString &help, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(name);
    button->setText(text);
    button->setAccessibleName(text);
    button->setCheckable(true);
    button->setToolTip(help);
    return button;
}

} // namespace

CompareBar::CompareBar(CompareLook &look, CompareView &view, QWidget *parent)
    : QWidget(parent)
    , look_(look)
    , view_(view)
{
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto *line = new FlowLine(this);
    line->keepLines();
    line->setContentsMargins(12, 0, 12, 7);
    line->setSpacing(6);
    line->addWidget(buildWays());
    controls_ = {nullptr, buildWipe(), buildDifference(), buildFlicker()}; // side by side has none
    for (QWidget *controls : controls_)
        if (controls)
            line->addWidget(controls);
    line->beginEnd();
    line->addWidget(buildEnd());

    connect(marks_, &QToolButton::toggled, &look_, &CompareLook::setMarksCodes);
    connect(&look_, &CompareLook::changed, this, &CompareBar::showLook);
    connect(&view_, &CompareView::zoomChanged, this, &CompareBar::showZoom);
    showLook();
    showZoom();
}

QWidget *CompareBar::buildWays()
{
    auto *box = new QWidget(this);
    auto *line = tightLine(box);
    ways_ = new QButtonGroup(this);
    struct Way {
        CompareWay way;
        QString text, name, help;
    };
    const std::array<Way, 4> ways{{
        {CompareWay::SideBySide, tr("Side by side"), QStringLiteral("waySideBySide"), tr("A beside B (1)")},
        {CompareWay::Wipe, tr("Wipe"), QStringLiteral("wayWipe"),
         tr("<p>A to the left of a divider, B to the right of it (2). Drag the divider, or move it with , "
            "and .</p>")},
        {CompareWay::Difference, tr("Difference"), QStringLiteral("wayDifference"),
         tr("What is between the two, pixel by pixel (3)")},
        {CompareWay::Flicker, tr("Flicker"), QStringLiteral("wayFlicker"),
         tr("A and B in turn in the same place (4; X shows the other one)")},
    }};
    for (const Way &way : ways) {
        auto *chip = new QPushButton(way.text, this);
        chip->setObjectName(way.name);
        chip->setProperty("kind", "chip");
        chip->setCheckable(true);
        chip->setToolTip(way.help);
        ways_->addButton(chip, static_cast<int>(way.way));
        line->addWidget(chip);
    }
    connect(ways_, &QButtonGroup::idClicked, &look_,
            [this](int way) { look_.setWay(static_cast<CompareWay>(way)); });
    return box;
}

QWidget *CompareBar::buildWipe()
{
    auto *box = new QWidget(this);
    auto *line = tightLine(box);
    wipe_ = new QSlider(Qt::Horizontal, box);
    wipe_->setObjectName(QStringLiteral("wipeSlider"));
    wipe_->setAccessibleName(tr("Divider between A and B"));
    wipe_->setToolTip(tr("Where the divider stands ( , and . )"));
    wipe_->setRange(0, static_cast<int>(wipeSteps));
    wipe_->setSingleStep(10);
    wipe_->setPageStep(100);
    wipe_->setFixedWidth(180);
    line->addWidget(wipe_);
    connect(wipe_, &QSlider::valueChanged, &look_, [this](int value) { look_.setWipe(value / wipeSteps); });
    return box;
}

QWidget *CompareBar::buildDifference()
{
    auto *box = new QWidget(this);
    auto *line = tightLine(box);
    sign_ = new QComboBox(box);
    sign_->setObjectName(QStringLiteral("signCombo"));
    sign_->setAccessibleName(tr("Kind of difference"));
    sign_->addItem(tr("Absolute"));
    sign_->addItem(tr("Signed"));
    sign_->setToolTip(
        tr("<p><b>Absolute</b>: how far apart. <b>Signed</b>: orange where B is lighter, blue where it is "
           "darker.</p>"));
    gain_ = new QComboBox(box);
    gain_->setObjectName(QStringLiteral("gainCombo"));
    gain_->setAccessibleName(tr("Gain"));
    gain_->setToolTip(tr("How much the difference is enlarged, so that small ones show"));
    for (const int gain : differenceGains)
        gain_->addItem(QStringLiteral("×%1").arg(gain), gain);
    legend_ = new DifferenceLegend(box);
    line->addWidget(sign_);
    line->addWidget(gain_);
    line->addWidget(legend_);
    connect(sign_, &QComboBox::activated, &look_, [this](int index) { look_.setSigned(index == 1); });
    connect(gain_, &QComboBox::activated, &look_, [this] { look_.setGain(gain_->currentData().toInt()); });
    return box;
}

QWidget *CompareBar::buildFlicker()
{
    auto *box = new QWidget(this);
    auto *line = tightLine(box);
    auto *other = new QToolButton(box);
    other->setObjectName(QStringLiteral("showOtherButton"));
    other->setText(tr("Show the other"));
    other->setToolTip(tr("A or B, by hand (X)"));
    automatic_ = toggle(tr("By itself"), QStringLiteral("automaticButton"),
                        tr("Change between A and B without a hand"), box);
    changes_ = new QSpinBox(box);
    changes_->setObjectName(QStringLiteral("changesSpin"));
    changes_->setAccessibleName(tr("Changes a second"));
    changes_->setToolTip(
        tr("<p>Changes between A and B in a second. No more than six: faster flashing can harm.</p>"));
    changes_->setRange(1, CompareLook::mostChangesPerSecond);
    changes_->setSuffix(tr(" / s"));
    makeNumberField(*changes_);
    line->addWidget(other);
    line->addWidget(automatic_);
    line->addWidget(changes_);
    connect(other, &QToolButton::clicked, &look_, &CompareLook::showOther);
    connect(automatic_, &QToolButton::toggled, &look_, &CompareLook::setAutomatic);
    connect(changes_, &QSpinBox::valueChanged, &look_, &CompareLook::setChangesPerSecond);
    return box;
}

/// What all ways have: which positions are framed, and the zoom.
QWidget *CompareBar::buildEnd()
{
    auto *box = new QWidget(this);
    auto *line = tightLine(box);
    marks_ = toggle(tr("Other codes"), QStringLiteral("marksButton"),
                    tr("<p>Frame the positions whose codes differ (D)</p>"), box);
    line->addWidget(marks_);
    addZoom(line);
    return box;
}

void CompareBar::addZoom(QHBoxLayout *line)
{
    const auto button = [this, line](const QString &text, const QString &name, const QString &help) {
        auto *made = new QToolButton(this);
        made->setObjectName(name);
        made->setText(text);
        made->setAccessibleName(help);
        made->setToolTip(help);
        line->addWidget(made);
        return made;
    };
    auto *out = button(QString(QChar(0x2212)), QStringLiteral("zoomOutButton"),
                       tr("Further away ( − , or the wheel)"));
    fit_ = new QPushButton(this);
    fit_->setObjectName(QStringLiteral("fitButton"));
    fit_->setProperty("kind", "flat");
    fit_->setFont(numberFont(0.92));
    fit_->setToolTip(tr("The whole picture (0, or a double click)"));
    fit_->setAccessibleDescription(fit_->toolTip());
    line->addWidget(fit_);
    auto *in = button(QStringLiteral("+"), QStringLiteral("zoomInButton"), tr("Closer ( + , or the wheel)"));
    connect(out, &QToolButton::clicked, &view_, &CompareView::zoomOut);
    connect(in, &QToolButton::clicked, &view_, &CompareView::zoomIn);
    connect(fit_, &QPushButton::clicked, &view_, &CompareView::fit);
}

void CompareBar::showLook()
{
    ways_->button(static_cast<int>(look_.way()))->setChecked(true);
    for (std::size_t way = 0; way < controls_.size(); ++way)
        if (controls_[way])
            controls_[way]->setVisible(way == static_cast<std::size_t>(look_.way()));
    const QSignalBlocker quietWipe(wipe_), quietAutomatic(automatic_), quietChanges(changes_),
        quietMarks(marks_);
    wipe_->setValue(static_cast<int>(std::lround(look_.wipe() * wipeSteps)));
    automatic_->setChecked(look_.automatic());
    changes_->setValue(look_.changesPerSecond());
    marks_->setChecked(look_.marksCodes());
    changes_->setEnabled(look_.automatic());
    sign_->setCurrentIndex(look_.difference().isSigned ? 1 : 0);
    gain_->setCurrentIndex(gain_->findData(look_.difference().gain));
    legend_->setLook(look_.difference());
}

void CompareBar::showZoom()
{
    fit_->setText(QStringLiteral("%1 %").arg(std::lround(100.0 * view_.zoom().factor)));
}

} // namespace fastcar::ui
