// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/icons.h"

#include "ui/theme/theme.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

namespace fastcar::ui {

namespace {

/// Paints an SVG whose strokes and fills are "currentColor".
class ThemedIcon final : public QIconEngine {
public:
    explicit ThemedIcon(QByteArray svg)
        : svg_(std::move(svg))
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const ThemeColors &colors = themeColors();
        const QColor color = mode == QIcon::Disabled ? colors.disabled
                             : state == QIcon::On    ? colors.accent
                                                     : colors.text;
        QByteArray colored = svg_;
        colored.replace("currentColor", color.name().toLatin1());
        QSvgRenderer(colored).render(painter, QRectF(rect));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new ThemedIcon(svg_); }

private:
    QByteArray svg_;
};

} // namespace

QIcon icon(const QString &name)
{
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    return file.open(QIODevice::ReadOnly) ? QIcon(new ThemedIcon(file.readAll())) : QIcon();
}

} // namespace fastcar::ui
