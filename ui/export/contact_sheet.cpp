// SPDX-License-Identifier: Apache-2.0
#include "ui/export/contact_sheet.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

struct ContactSheetText {
    Q_DECLARE_TR_FUNCTIONS(ContactSheet)
};

/// Measures of a sheet; all grow with the pictures.
struct SheetLayout {
    QSize cell; // of a picture
    int columns = 1, rows = 1;
    int margin = 0, gap = 0;
    int numberHeight = 0, captionHeight = 0;

    QSize size() const
    {
        return {2 * margin + columns * cell.width() + (columns - 1) * gap,
                2 * margin + captionHeight + rows * (cell.height() + numberHeight) + (rows - 1) * gap};
    }
    QRect picture(int index) const
    {
        return {QPoint(margin + index % columns * (cell.width() + gap),
                       margin + captionHeight + index / columns * (cell.height() + numberHeight + gap)),
                cell};
    }
};

QFont sized(QFont font, int pixels)
{
    font.setPixelSize(std::max(8, pixels));
    return font;
}

SheetLayout layOut(QSize cell, int shown, const SheetLook &look)
{
    const int unit = std::clamp(cell.width() / 12, 9, 40); // of text
    SheetLayout layout;
    layout.cell = cell;
    layout.columns = std::min(std::max(1, look.columns), shown);
    layout.rows = (shown + layout.columns - 1) / layout.columns;
    layout.gap = unit / 2 + 2;
    layout.margin = unit + 4;
    layout.numberHeight = look.numbers ? unit + unit / 2 : 0;
    layout.captionHeight = look.caption ? 4 * unit : 0;
    return layout;
}

/// "seed 11, 8 frames, 46.3 % replayed"
QString factsOf(const ExportMaterial &material)
{
    QString facts =
        ContactSheetText::tr("seed %1, %2 frames").arg(material.settings.seed).arg(material.frames.size());
    if (material.trace) {
        const ReplayCount all = material.trace->statistics().all();
        facts += all.replayed > 0
                     ? ContactSheetText::tr(", %1 % replayed").arg(100.0 * all.ofEligible(), 0, 'f', 1)
                     : ContactSheetText::tr(", dense");
    }
    return facts;
}

void paintCaption(QPainter &painter, const ExportMaterial &material, const SheetLayout &layout,
                  const ThemeColors &colors)
{
    const int unit = layout.captionHeight / 4;
    const QRect line(layout.margin, layout.margin, layout.size().width() - 2 * layout.margin, 2 * unit);
    painter.setFont(sized(headingFont(), unit + unit / 4));
    painter.setPen(colors.text);
    const QString prompt = QString::fromStdString(material.settings.prompt).simplified();
    painter.drawText(line, Qt::AlignLeft | Qt::AlignTop,
                     painter.fontMetrics().elidedText(prompt, Qt::ElideRight, line.width()));
    painter.setFont(sized(numberFont(), unit * 9 / 10));
    painter.setPen(colors.muted);
    painter.drawText(line.translated(0, 7 * unit / 4), Qt::AlignLeft | Qt::AlignTop,
                     painter.fontMetrics().elidedText(factsOf(material), Qt::ElideRight, line.width()));
}

} // namespace

std::vector<int> framesOnSheet(int frames, const SheetLook &look)
{
    const int room = std::max(1, look.columns) * std::max(1, look.rows);
    const int shown = std::min(frames, room);
    std::vector<int> chosen;
    for (int index = 0; index < shown; ++index)
        chosen.push_back(shown == 1 ? 0
                                    : static_cast<int>(std::lround(static_cast<double>(index) * (frames - 1) /
                                                                   (shown - 1))));
    return chosen;
}

QImage contactSheet(const ExportMaterial &material, const SheetLook &look)
{
    const std::vector<int> chosen = framesOnSheet(static_cast<int>(material.frames.size()), look);
    const Frame &first = *material.frames.front();
    const SheetLayout layout = layOut(exportedSize({first.width, first.height}, look.picture),
                                      static_cast<int>(chosen.size()), look);
    const ThemeColors &colors = colorsOf(look.theme);
    QImage sheet(layout.size(), QImage::Format_RGB32);
    sheet.fill(colors.panel);
    QPainter painter(&sheet);
    painter.setRenderHint(QPainter::TextAntialiasing);
    if (look.caption)
        paintCaption(painter, material, layout, colors);
    painter.setFont(sized(numberFont(), layout.numberHeight * 6 / 10));
    painter.setPen(colors.muted);
    for (std::size_t index = 0; index < chosen.size(); ++index) {
        const QRect place = layout.picture(static_cast<int>(index));
        painter.drawImage(place.topLeft(), exportedImage(material, chosen[index], look.picture));
        if (look.numbers)
            painter.drawText(QRect(place.left(), place.bottom() + 1, place.width(), layout.numberHeight),
                             Qt::AlignCenter, QString::number(chosen[index] + 1));
    }
    return sheet;
}

} // namespace fastcar::ui
