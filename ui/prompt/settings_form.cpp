// SPDX-License-Identifier: Apache-2.0
#include "ui/prompt/settings_form.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpressionValidator>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QToolButton>

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace fastcar::ui {

namespace {

template <typename Box, typename Value>
Box *spin(QWidget *parent, const QString &name, const QString &accessibleName, Value low, Value high,
          Value step)
{
    auto *box = new Box(parent);
    box->setObjectName(name);
    box->setAccessibleName(accessibleName);
    box->setRange(low, high);
    box->setSingleStep(step);
    makeNumberField(*box);
    box->setKeyboardTracking(false);
    return box;
}

/// `between` names the second one where the form's label does not.
QWidget *sideBySide(QWidget *parent, QWidget *first, QWidget *second, const QString &between = {})
{
    auto *field = new QWidget(parent);
    auto *line = new QHBoxLayout(field);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    line->addWidget(first, 1);
    if (!between.isEmpty()) {
        auto *label = new QLabel(between, field);
        label->setBuddy(second);
        line->addWidget(label);
    }
    line->addWidget(second, 1);
    return field;
}

/// A field takes a new value only when it differs: writing it back would move the cursor while one types.
template <typename Box, typename Value>
void showValue(Box *box, Value value)
{
    const QSignalBlocker quiet(box);
    if (box->value() != value)
        box->setValue(value);
}

} // namespace

SettingsForm::SettingsForm(RunSettingsModel &settings, QWidget *parent)
    : QWidget(parent)
    , settings_(settings)
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(6);
    form->setHorizontalSpacing(12);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    buildSeed(form);
    buildLength(form);
    buildSampling(form);
    buildDevice(form);
    connect(&settings_, &RunSettingsModel::changed, this, &SettingsForm::showSettings);
    showSettings();
}

void SettingsForm::buildSeed(QFormLayout *form)
{
    auto *field = new QWidget(this);
    auto *line = new QHBoxLayout(field);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(2);
    seed_ = new QLineEdit(field);
    seed_->setObjectName(QStringLiteral("seedEdit"));
    seed_->setAccessibleName(tr("Seed"));
    makeNumberField(*seed_);
    seed_->setProperty("kind", "tight"); // ten digits in the narrowest dock
    seed_->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{1,19}")), seed_));
    seed_->setToolTip(
        tr("<p>The number that all chance comes from. The same seed with the same settings makes the same "
           "video, whatever the number of threads.</p>"));
    lock_ = new QToolButton(field);
    lock_->setObjectName(QStringLiteral("seedLock"));
    lock_->setAccessibleName(tr("Keep the seed"));
    lock_->setCheckable(true);
    lock_->setToolTip(
        tr("<p><b>Keep the seed.</b> Open: each run draws a new one. Closed: runs repeat, so that the effect "
           "of a threshold can be seen.</p>"));
    auto *dice = new QToolButton(field);
    dice->setObjectName(QStringLiteral("seedRandom"));
    dice->setAccessibleName(tr("Draw a new seed"));
    dice->setIcon(icon(QStringLiteral("dice")));
    dice->setToolTip(tr("Draw a new seed"));
    line->addWidget(seed_, 1);
    line->addWidget(lock_);
    recall_ = new QToolButton(field);
    recall_->setObjectName(QStringLiteral("seedOfRun"));
    recall_->setAccessibleName(tr("Use the seed of this run"));
    recall_->setIcon(icon(QStringLiteral("recall")));
    setRunSeed({});
    line->addWidget(dice);
    line->addWidget(recall_);
    for (QToolButton *beside : {lock_, dice, recall_})
        beside->setProperty("kind", "narrow"); // what there is of room is the number's
    auto *label = new QLabel(tr("&Seed"), this);
    label->setBuddy(seed_);
    form->addRow(label, field);
    connect(seed_, &QLineEdit::textEdited, this, [this](const QString &text) {
        if (!text.isEmpty()) {
            settings_.setSeed(text.toULongLong());
            settings_.setSeedLocked(true); // who types a seed wants this one
        }
    });
    connect(lock_, &QToolButton::toggled, &settings_, &RunSettingsModel::setSeedLocked);
    connect(dice, &QToolButton::clicked, &settings_, &RunSettingsModel::drawSeed);
    connect(recall_, &QToolButton::clicked, this, [this] {
        settings_.setSeed(*runSeed_);
        settings_.setSeedLocked(true);
    });
}

void SettingsForm::buildLength(QFormLayout *form)
{
    frames_ = spin<QSpinBox>(this, QStringLiteral("framesSpin"), tr("Frames"), 1, 64, 1);
    videos_ = spin<QSpinBox>(this, QStringLiteral("videosSpin"), tr("Videos at a time"), 1, 16, 1);
    QWidget *field = sideBySide(this, frames_, videos_, tr("&Videos"));
    auto *label = new QLabel(tr("&Frames"), this);
    label->setBuddy(frames_);
    form->addRow(label, field);
    connect(videos_, &QSpinBox::valueChanged, &settings_, &RunSettingsModel::setVideos);
    connect(frames_, &QSpinBox::valueChanged, &settings_, &RunSettingsModel::setFrames);
}

void SettingsForm::buildSampling(QFormLayout *form)
{
    guidance_ =
        spin<QDoubleSpinBox>(this, QStringLiteral("guidanceSpin"), tr("Guidance"),
                             static_cast<double>(leastGuidance), static_cast<double>(mostGuidance), 0.5);
    guidance_->setToolTip(
        tr("<p><b>Classifier-free guidance.</b> How strongly the prompt pulls: 1 is no guidance and runs "
           "one row in place of two, twice as fast.</p>"));
    temperature_ =
        spin<QDoubleSpinBox>(this, QStringLiteral("temperatureSpin"), tr("Temperature"), 0.05, 5.0, 0.05);
    temperature_->setToolTip(tr("<p>How freely codes are drawn. Lower: likelier ones, calmer pictures.</p>"));
    topK_ = spin<QSpinBox>(this, QStringLiteral("topKSpin"), tr("Top-k"), 0, 100000, 10);
    topK_->setSpecialValueText(tr("all"));
    topK_->setToolTip(tr("<p>Draw among this many of the likeliest codes.</p>"));
    topP_ = spin<QDoubleSpinBox>(this, QStringLiteral("topPSpin"), tr("Top-p"), 0.01, 1.0, 0.01);
    topP_->setToolTip(tr("<p>Draw among the likeliest codes that together have this probability.</p>"));
    form->addRow(tr("&Guidance"), guidance_);
    form->addRow(tr("&Temperature"), temperature_);
    form->addRow(tr("Top-k, top-p"), sideBySide(this, topK_, topP_));
    greedy_ = new QCheckBox(tr("Likeliest code only"), this);
    greedy_->setObjectName(QStringLiteral("greedyCheck"));
    greedy_->setToolTip(
        tr("<p><b>Greedy.</b> Nothing is drawn: the same prompt makes the same video whatever the "
           "seed, and temperature, top-k and top-p do not matter.</p>"));
    form->addRow(QString(), greedy_);
    connect(greedy_, &QCheckBox::toggled, &settings_, &RunSettingsModel::setGreedy);
    connect(guidance_, &QDoubleSpinBox::valueChanged, &settings_, &RunSettingsModel::setGuidance);
    connect(temperature_, &QDoubleSpinBox::valueChanged, &settings_, &RunSettingsModel::setTemperature);
    connect(topK_, &QSpinBox::valueChanged, &settings_, &RunSettingsModel::setTopK);
    connect(topP_, &QDoubleSpinBox::valueChanged, &settings_, &RunSettingsModel::setTopP);
}

void SettingsForm::buildDevice(QFormLayout *form)
{
    device_ = new QComboBox(this);
    device_->setObjectName(QStringLiteral("deviceCombo"));
    device_->setAccessibleName(tr("Device"));
    device_->setToolTip(tr("What computes the model"));
    device_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    form->addRow(tr("&Device"), device_);
    connect(device_, &QComboBox::activated, this,
            [this] { settings_.setDevice(device_->currentData().toString()); });
}

void SettingsForm::setRunSeed(std::optional<quint64> seed)
{
    runSeed_ = seed;
    recall_->setEnabled(seed.has_value());
    recall_->setToolTip(seed ? tr("<p><b>Use the seed of this run</b>, %1, and keep it.</p>").arg(*seed)
                             : tr("Use the seed of the run that is seen"));
}

void SettingsForm::setDevices(const QList<DeviceChoice> &devices)
{
    const QSignalBlocker quiet(device_);
    device_->clear();
    for (const DeviceChoice &choice : devices) {
        device_->addItem(choice.name, choice.name);
        const int row = device_->count() - 1;
        device_->setItemData(row, choice.whyNot.isEmpty() ? choice.description : choice.whyNot,
                             Qt::ToolTipRole);
        if (!choice.whyNot.isEmpty())
            qobject_cast<QStandardItemModel *>(device_->model())->item(row)->setEnabled(false);
    }
    showSettings();
}

void SettingsForm::showSettings()
{
    const QString seed = QString::number(settings_.seed());
    if (seed_->text() != seed && !(seed_->hasFocus() && seed_->text().isEmpty()))
        seed_->setText(seed);
    const QSignalBlocker quietLock(lock_);
    // An icon that is set, be it the same, asks for a new layout of the window, and each run has its seed.
    const bool locked = settings_.seedLocked();
    if (std::exchange(shownLocked_, locked) != locked)
        lock_->setIcon(icon(locked ? QStringLiteral("lock") : QStringLiteral("unlock")));
    lock_->setChecked(locked);
    {
        const QSignalBlocker quiet(frames_);
        frames_->setMaximum(settings_.mostFrames());
        frames_->setToolTip(
            tr("<p>Length of the clip. The model has room for %1 frames behind this prompt.</p>")
                .arg(settings_.mostFrames()));
    }
    const SamplerSettings &sampler = settings_.sampler();
    showValue(frames_, settings_.frames());
    showVideos();
    showValue(guidance_, static_cast<double>(sampler.cfg));
    showValue(temperature_, static_cast<double>(sampler.temperature));
    showValue(topK_, sampler.topK);
    showValue(topP_, static_cast<double>(sampler.topP));
    const QSignalBlocker quietGreedy(greedy_);
    greedy_->setChecked(sampler.greedy);
    for (QWidget *drawing : std::initializer_list<QWidget *>{temperature_, topK_, topP_})
        drawing->setEnabled(!sampler.greedy);
    device_->setCurrentIndex(device_->findData(QString::fromStdString(settings_.device())));
}

void SettingsForm::showVideos()
{
    const int most = settings_.mostVideos();
    const QSignalBlocker quiet(videos_);
    videos_->setMaximum(std::max(most, settings_.videos()));
    videos_->setToolTip(
        tr("<p>Videos that are made at a time, side by side, each with its own chance. They share the "
           "weights that are read for a step, so several take less time than one after the other.</p>"
           "<p>The memory that is free now has room for %1.</p>")
            .arg(most));
    showValue(videos_, settings_.videos());
}

} // namespace fastcar::ui
