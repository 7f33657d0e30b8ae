// SPDX-License-Identifier: Apache-2.0
#include "ui/window/message_banner.h"

#include "ui/theme/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace fastcar::ui {

namespace {

struct Look {
    const char *property;
    const char *iconName;
};

Look lookOf(MessageBanner::Kind kind)
{
    switch (kind) {
    case MessageBanner::Kind::Error:
        return {"error", "warning"};
    case MessageBanner::Kind::Done:
        return {"done", "done"};
    case MessageBanner::Kind::Info:
        break;
    }
    return {"info", "info"};
}

} // namespace

MessageBanner::MessageBanner(QWidget *parent)
    : QFrame(parent)
{
    setObjectName(QStringLiteral("messageBanner"));
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(12, 8, 8, 8);
    line->setSpacing(10);
    icon_ = new QLabel(this);
    text_ = new QLabel(this);
    text_->setObjectName(QStringLiteral("messageText"));
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    button_ = new QPushButton(this);
    button_->setObjectName(QStringLiteral("messageButton"));
    button_->hide();
    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("messageClose"));
    close->setIcon(icon(QStringLiteral("close")));
    close->setIconSize({12, 12});
    close->setProperty("kind", "flat");
    close->setAccessibleName(tr("Close the message"));
    line->addWidget(icon_, 0, Qt::AlignTop);
    line->addWidget(text_, 1);
    line->addWidget(button_, 0, Qt::AlignVCenter);
    line->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(button_, &QPushButton::clicked, this, [this] {
        if (act_)
            act_();
    });
    hide();
}

void MessageBanner::showMessage(Kind kind, const QString &title, const QString &text)
{
    showMessage(kind, title, text, {}, {});
}

void MessageBanner::showMessage(Kind kind, const QString &title, const QString &text, const QString &button,
                                std::function<void()> act)
{
    const Look look = lookOf(kind);
    setProperty("banner", look.property);
    style()->unpolish(this);
    style()->polish(this);
    icon_->setPixmap(icon(QLatin1String(look.iconName)).pixmap(QSize(16, 16), devicePixelRatioF()));
    text_->setText(QStringLiteral("<b>%1</b> %2").arg(title.toHtmlEscaped(), text.toHtmlEscaped()));
    setAccessibleName(title);
    setAccessibleDescription(text);
    act_ = std::move(act);
    button_->setText(button);
    button_->setVisible(!button.isEmpty());
    show();
}

QString MessageBanner::text() const
{
    return accessibleName() + QLatin1Char(' ') + accessibleDescription();
}

} // namespace fastcar::ui
