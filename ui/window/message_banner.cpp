// SPDX-License-Identifier: Apache-2.0
#include "ui/window/message_banner.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace fastcar::ui {

namespace {

struct BannerLook {
    const char *property;
    const char *iconName;
};

BannerLook lookOf(MessageBanner::Kind kind)
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
    text_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("messageClose"));
    close->setIcon(icon(QStringLiteral("close")));
    close->setIconSize({12, 12});
    close->setProperty("kind", "flat");
    close->setAccessibleName(tr("Close the message"));
    icon_->setFixedHeight(close->sizeHint().height()); // in the middle of the first line, as its buttons are
    line->addWidget(icon_, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout;
    column->setSpacing(8);
    column->addWidget(text_);
    below_ = new QHBoxLayout;
    below_->setSpacing(6);
    column->addLayout(below_);
    beside_ = new QHBoxLayout;
    line->addLayout(column, 1);
    line->addLayout(beside_);
    line->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QToolButton::clicked, this, [this] {
        hide();
        if (const auto closed = std::exchange(closed_, {}))
            closed();
    });
    hide();
}

void MessageBanner::showMessage(Kind kind, const QString &title, const QString &text,
                                std::vector<Offer> offers, std::function<void()> closed)
{
    closed_ = std::move(closed);
    const BannerLook look = lookOf(kind);
    setProperty("banner", look.property);
    style()->unpolish(this);
    style()->polish(this);
    icon_->setPixmap(icon(QLatin1String(look.iconName)).pixmap(QSize(16, 16), devicePixelRatioF()));
    text_->setText(QStringLiteral("<b>%1</b> %2").arg(title.toHtmlEscaped(), text.toHtmlEscaped()));
    setAccessibleName(title);
    setAccessibleDescription(text);
    showOffers(std::move(offers));
    show();
}

void MessageBanner::showOffers(std::vector<Offer> offers)
{
    for (QPushButton *button : buttons_) {
        button->hide();
        button->setObjectName({});
        button->deleteLater(); // it may be the one that was just pressed
    }
    buttons_.clear();
    for (QHBoxLayout *row : {beside_, below_})
        while (QLayoutItem *item = row->takeAt(0))
            delete item;
    // One alone stands beside the words, unless text is so large that it would take their room.
    constexpr double largeText = 1.15;
    const bool below = offers.size() > 1 || (!offers.empty() && currentTextScale() > largeText);
    for (Offer &offer : offers) {
        auto *button = new QPushButton(offer.text, this);
        button->setObjectName(offer.name);
        button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed); // the room is the words'
        if (offers.size() > 1 && buttons_.empty())
            button->setProperty("kind", "primary");
        connect(button, &QPushButton::clicked, this, std::move(offer.act));
        below ? below_->addWidget(button) : beside_->addWidget(button, 0, Qt::AlignVCenter);
        buttons_.push_back(button);
    }
    if (below)
        below_->addStretch(1);
}

QString MessageBanner::text() const
{
    return accessibleName() + QLatin1Char(' ') + accessibleDescription();
}

} // namespace fastcar::ui
