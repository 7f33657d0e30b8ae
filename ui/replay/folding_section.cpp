// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/folding_section.h"

#include "ui/theme/theme.h"

#include <QLabel>
#include <QPainterPath>
#include <QStyleOptionToolButton>
#include <QStylePainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace fastcar::ui {

namespace {

constexpr double triangle = 8.0, deep = 6.0;
constexpr int besideTriangle = 6;

/// Its triangle begins where headings without one do: Qt puts an icon into the middle of more room.
class FoldButton : public QToolButton {
public:
    using QToolButton::QToolButton;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QStylePainter painter(this);
        QStyleOptionToolButton option;
        initStyleOption(&option);
        const QString title = std::exchange(option.text, QString());
        option.features &= ~QStyleOptionToolButton::Arrow;
        painter.drawComplexControl(QStyle::CC_ToolButton, option);
        const bool lit = isChecked() || underMouse();
        const QColor color = lit ? themeColors().text : themeColors().muted;
        painter.setRenderHint(QPainter::Antialiasing);
        painter.save();
        painter.translate(triangle / 2.0, height() / 2.0);
        if (isChecked())
            painter.rotate(90.0);
        QPainterPath path(QPointF(-deep / 2.0, -triangle / 2.0));
        path.lineTo(deep / 2.0, 0.0);
        path.lineTo(-deep / 2.0, triangle / 2.0);
        path.closeSubpath();
        painter.fillPath(path, color);
        painter.restore();
        painter.setPen(color);
        painter.drawText(rect().adjusted(static_cast<int>(triangle) + besideTriangle, 0, 0, 0),
                         Qt::AlignLeft | Qt::AlignVCenter, title);
    }
};

} // namespace

FoldingSection::FoldingSection(const QString &title, QWidget *content, QWidget *parent)
    : QWidget(parent)
    , content_(content)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    header_ = new FoldButton(this);
    header_->setObjectName(QStringLiteral("foldButton"));
    header_->setText(title);
    header_->setProperty("kind", "fold");
    header_->setCheckable(true);
    header_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    summary_ = new QLabel(this);
    summary_->setProperty("rank", "secondary");
    summary_->setWordWrap(true);
    column->addWidget(header_);
    column->addWidget(summary_);
    column->addWidget(content_);
    connect(header_, &QToolButton::toggled, this, &FoldingSection::setOpen);
    setOpen(false);
}

void FoldingSection::setOpen(bool open)
{
    header_->setChecked(open);
    content_->setVisible(open);
    summary_->setVisible(!open && !summary_->text().isEmpty());
}

void FoldingSection::setSummary(const QString &summary)
{
    summary_->setText(summary);
    summary_->setVisible(!isOpen() && !summary.isEmpty());
}

} // namespace fastcar::ui
