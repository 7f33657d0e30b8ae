// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/rule_form.h"

#include "ui/replay/range_field.h"
#include "ui/replay/range_strip.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

namespace fastcar::ui {

namespace {

constexpr int furthestReach = 1'000'000;
constexpr int usualSinks = 4;

QString inWords(ReplayRange range, int lowest, int count)
{
    const int last = range.last == 0 ? count : std::min(range.last, count);
    return QStringLiteral("%1–%2").arg(std::max(range.first, lowest)).arg(last);
}

/// Not a copy: the pixels are the store's.
QImage pictureIn(const FrameStore &frames, int number)
{
    if (number > frames.frames() || !frames.at(0, number - 1).picture)
        return {};
    const Frame &frame = *frames.at(0, number - 1).picture;
    return QImage(frame.rgb.data(), frame.width, frame.height, 3 * frame.width, QImage::Format_RGB888);
}

} // namespace

RuleForm::RuleForm(RunSettingsModel &settings, const RunRecord &record, QWidget *parent)
    : QWidget(parent)
    , settings_(settings)
    , record_(record)
{
    form_ = new QFormLayout(this);
    form_->setContentsMargins(0, 0, 0, 0);
    form_->setVerticalSpacing(6);
    form_->setHorizontalSpacing(12);
    form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form_->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    buildDefinition();
    buildGate();
    buildRanges();
    buildAttention();
    connect(&settings_, &RunSettingsModel::changed, this, &RuleForm::showSettings);
    showSettings();
}

void RuleForm::buildDefinition()
{
    definition_ = new QComboBox(this);
    definition_->setObjectName(QStringLiteral("definitionCombo"));
    definition_->setAccessibleName(tr("TAS definition"));
    definition_->addItem(tr("Official"), static_cast<int>(TasDefinition::Official));
    definition_->addItem(tr("Paper"), static_cast<int>(TasDefinition::Paper));
    definition_->setToolTip(tr("<p><b>TAS</b>, the Temporal Attention Score: the mean over heads of q·k / "
                               "√d, where k is the key of the same "
                               "position one frame earlier.</p><p><b>Official</b>: q before its rotation, as "
                               "the published code computes it. "
                               "<b>Paper</b>: q after it, the attention logit itself.</p><p>Thresholds of "
                               "one mean nothing under the other: each keeps its own. "
                               "Cannot be changed while a run goes on.</p>"));
    connect(definition_, &QComboBox::activated, this, [this] {
        settings_.replay().chooseDefinition(static_cast<TasDefinition>(definition_->currentData().toInt()));
    });
    form_->addRow(tr("Definition"), definition_);
}

void RuleForm::buildGate()
{
    gate_ = new QComboBox(this);
    gate_->setObjectName(QStringLiteral("gateCombo"));
    gate_->setAccessibleName(tr("Gate"));
    gate_->addItem(tr("Each row for itself"), static_cast<int>(GateMode::Row));
    gate_->addItem(tr("All rows or none"), static_cast<int>(GateMode::All));
    gate_->addItem(tr("Conditional row decides"), static_cast<int>(GateMode::Conditional));
    gate_->addItem(tr("Mean of both rows"), static_cast<int>(GateMode::Mean));
    gate_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    gate_->setMinimumContentsLength(12);
    gate_->setToolTip(tr("<p>With guidance a video runs as two rows, with and without the prompt. The gate "
                         "says whose score decides.</p>"
                         "<p><b>Each row for itself</b>: the published behaviour. <b>All rows or none</b>: "
                         "replay only where both would, "
                         "so that the layer's weights need not be read at all. <b>Conditional row "
                         "decides</b>, <b>Mean of both rows</b>: "
                         "one decision for both.</p>"));
    connect(gate_, &QComboBox::activated, this,
            [this] { settings_.replay().chooseGate(static_cast<GateMode>(gate_->currentData().toInt())); });
    form_->addRow(tr("Gate"), gate_);
}

void RuleForm::buildRanges()
{
    frames_ = new RangeField(QStringLiteral("replayFrames"), tr("Frames"), this);
    frames_->setToolTip(
        tr("<p>Replay is allowed in these frames; in the others every MLP is computed. Frame 1 "
           "has no frame before it.</p>"));
    frames_->strip().pictureOf = [this](int number) { return pictureIn(record_.frames(), number); };
    connect(frames_, &RangeField::rangeChosen, this,
            [this](ReplayRange range) { settings_.replay().chooseFrameRange(range); });
    connect(&record_.frames(), &FrameStore::frameChanged, &frames_->strip(), [this] {
        if (isVisible())
            frames_->strip().update();
    });
    layers_ = new RangeField(QStringLiteral("replayLayers"), tr("Layers"), this);
    layers_->setToolTip(tr("<p>Replay is allowed in these layers; the others always compute.</p>"));
    connect(layers_, &RangeField::rangeChosen, this,
            [this](ReplayRange range) { settings_.replay().chooseLayerRange(range); });
    form_->addRow(tr("Frames"), frames_);
    form_->addRow(tr("Layers"), layers_);
}

QSpinBox *RuleForm::reachField(QWidget *parent, const QString &name, const QString &what,
                               const QString &prefix)
{
    auto *box = new QSpinBox(parent);
    box->setObjectName(name);
    box->setAccessibleName(what);
    box->setPrefix(prefix);
    makeNumberField(*box);
    box->setKeyboardTracking(false);
    connect(box, &QSpinBox::valueChanged, this, &RuleForm::chooseAttention);
    return box;
}

void RuleForm::buildAttention()
{
    attention_ = new QComboBox(this);
    attention_->setObjectName(QStringLiteral("attentionCombo"));
    attention_->setAccessibleName(tr("Attention"));
    attention_->addItem(tr("Full"), false);
    attention_->addItem(tr("Window"), true);
    attention_->setToolTip(
        tr("<p><b>Full</b>: a token attends to everything before it. <b>Window</b>: to the first positions "
           "(the sinks; the prompt counts) and to the last ones, its own included. The key that the TAS "
           "needs stays reachable either way.</p><p>A setting of the next run: it cannot change within "
           "one.</p>"));
    connect(attention_, &QComboBox::activated, this, &RuleForm::chooseAttention);
    reach_ = new QWidget(this);
    auto *line = new QHBoxLayout(reach_);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    sinks_ = reachField(reach_, QStringLiteral("sinksSpin"), tr("Sinks"), tr("first "));
    sinks_->setRange(0, furthestReach);
    window_ = reachField(reach_, QStringLiteral("windowSpin"), tr("Window"), tr("last "));
    window_->setRange(1, furthestReach);
    line->addWidget(sinks_, 1);
    line->addWidget(window_, 1);
    nextRun_ = new QLabel(tr("Holds from the next run on."), this);
    nextRun_->setProperty("rank", "secondary");
    form_->addRow(tr("Attention"), attention_);
    form_->addRow(QString(), reach_);
    form_->addRow(QString(), nextRun_);
}

void RuleForm::chooseAttention()
{
    AttentionSpan span = settings_.attention();
    const bool wasWindowed = span.windowed;
    span.windowed = attention_->currentData().toBool();
    if (!span.windowed) {
        span = {};
    } else if (!wasWindowed) {
        // To begin with: two frames, as many as the TAS looks over.
        const int stride = settings_.hasModel() ? settings_.model().checkpoint->config().stride() : 1;
        span.sinks = usualSinks;
        span.window = 2 * stride;
    } else {
        span.sinks = sinks_->value();
        span.window = window_->value();
    }
    settings_.setAttention(span);
}

void RuleForm::setRunning(bool running)
{
    running_ = running;
    definition_->setEnabled(!running);
    showSettings();
}

void RuleForm::showSettings()
{
    const ReplayChoice &choice = settings_.replay();
    definition_->setCurrentIndex(definition_->findData(static_cast<int>(choice.definition())));
    gate_->setCurrentIndex(gate_->findData(static_cast<int>(choice.gate())));
    frames_->setLimits(2, settings_.frames());
    frames_->setRange(choice.frameRange());
    layers_->setLimits(1, choice.layers());
    layers_->setRange(choice.layerRange());
    const AttentionSpan &span = settings_.attention();
    attention_->setCurrentIndex(attention_->findData(span.windowed));
    form_->setRowVisible(reach_, span.windowed);
    if (span.windowed) {
        const QSignalBlocker quietSinks(sinks_);
        const QSignalBlocker quietWindow(window_);
        sinks_->setValue(span.sinks);
        window_->setValue(span.window);
    }
    form_->setRowVisible(nextRun_, running_ && span != record_.trace().settings().attention);
    emit summaryChanged();
}

QString RuleForm::summary() const
{
    const ReplayChoice &choice = settings_.replay();
    QStringList words{definition_->currentText(), gate_->currentText()};
    if (!choice.frameRange().all())
        words += tr("frames %1").arg(inWords(choice.frameRange(), 2, settings_.frames()));
    if (!choice.layerRange().all())
        words += tr("layers %1").arg(inWords(choice.layerRange(), 1, choice.layers()));
    if (settings_.attention().windowed)
        words += tr("window %1+%2").arg(settings_.attention().sinks).arg(settings_.attention().window);
    return words.join(QStringLiteral(" · "));
}

} // namespace fastcar::ui
