// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/icons.h"

#include "ui/theme/theme.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <utility>

namespace fastcar::ui {

namespace {

QColor colorOf(QIcon::Mode mode, QIcon::State state)
{
    const ThemeColors &colors = themeColors();
    return mode == QIcon::Disabled ? colors.disabled : state == QIcon::On ? colors.accent : colors.text;
}

/// Paints an SVG whose strokes and fills are "currentColor". Buttons ask for their pixmap whenever they are
/// painted, so it is kept.
class ThemedIcon final : public QIconEngine {
public:
    ThemedIcon(QString name, QByteArray svg)
        : name_(std::move(name))
        , svg_(std::move(svg))
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        QByteArray colored = svg_;
        colored.replace("currentColor", colorOf(mode, state).name().toLatin1());
        QSvgRenderer(colored).render(painter, QRectF(rect));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        const QString key = QStringLiteral("icon %1 %2 %3x%4")
                                .arg(name_, colorOf(mode, state).name())
                                .arg(size.width())
                                .arg(size.height());
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    QIconEngine *clone() const override { return new ThemedIcon(name_, svg_); }

private:
    QString name_;
    QByteArray svg_;
};

} // namespace

QIcon icon(const QString &name)
{
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    return file.open(QIODevice::ReadOnly) ? QIcon(new ThemedIcon(name, file.readAll())) : QIcon();
}

} // namespace fastcar::ui
