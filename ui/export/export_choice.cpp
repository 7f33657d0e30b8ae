// SPDX-License-Identifier: Apache-2.0
#include "ui/export/export_choice.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace fastcar::ui {

namespace {

QJsonObject objectOf(const PictureLook &look)
{
    return {{QStringLiteral("scale"), look.scale},
            {QStringLiteral("smooth"), look.smooth},
            {QStringLiteral("overlay"), static_cast<int>(look.overlay)}};
}

/// Within what the dialog offers, whatever the file says.
int within(const QJsonObject &object, const char *name, int fallback, int low, int high)
{
    return std::clamp(object[QLatin1String(name)].toInt(fallback), low, high);
}

PictureLook lookFrom(const QJsonObject &object, const PictureLook &fallback)
{
    PictureLook look = fallback;
    look.scale = within(object, "scale", look.scale, 1, largestScale);
    look.smooth = object[QStringLiteral("smooth")].toBool(look.smooth);
    look.overlay = static_cast<PictureLook::Overlay>(within(object, "overlay", 0, 0, 2));
    return look;
}

QString oneOf(const QString &word, const QStringList &words, const QString &fallback)
{
    return words.contains(word) ? word : fallback;
}

} // namespace

QString ExportChoice::ending() const
{
    switch (what) {
    case What::Video:
        return videoEnding;
    case What::Trace:
        return traceEnding;
    case What::Plot:
        return plotEnding;
    case What::Stills:
    case What::Sheet:
        break;
    }
    return QStringLiteral("png");
}

QString ExportChoice::nameSuffix() const
{
    switch (what) {
    case What::Stills:
        return allStills ? QString() : QStringLiteral("-still");
    case What::Sheet:
        return QStringLiteral("-sheet");
    case What::Plot:
        return QLatin1Char('-') + stemOf(plot);
    case What::Video:
    case What::Trace:
        break;
    }
    return {};
}

QString ExportChoice::toJson() const
{
    const QJsonObject object{
        {QStringLiteral("what"), static_cast<int>(what)},
        {QStringLiteral("videoEnding"), videoEnding},
        {QStringLiteral("video"), objectOf(video)},
        {QStringLiteral("plays"), plays},
        {QStringLiteral("stills"), objectOf(stills)},
        {QStringLiteral("allStills"), allStills},
        {QStringLiteral("sheet"), objectOf(sheet.picture)},
        {QStringLiteral("columns"), sheet.columns},
        {QStringLiteral("rows"), sheet.rows},
        {QStringLiteral("numbers"), sheet.numbers},
        {QStringLiteral("caption"), sheet.caption},
        {QStringLiteral("lightSheet"), sheet.theme == ThemeName::Light},
        {QStringLiteral("traceEnding"), traceEnding},
        {QStringLiteral("tokenTable"), tokenTable},
        {QStringLiteral("plot"), static_cast<int>(plot)},
        {QStringLiteral("plotEnding"), plotEnding},
    };
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

ExportChoice ExportChoice::fromJson(const QString &json)
{
    ExportChoice choice;
    const QJsonObject object = QJsonDocument::fromJson(json.toUtf8()).object();
    if (object.isEmpty())
        return choice;
    choice.what = static_cast<What>(within(object, "what", 0, 0, 4));
    choice.videoEnding = oneOf(object[QStringLiteral("videoEnding")].toString(),
                               {QStringLiteral("mp4"), QStringLiteral("webm"), QStringLiteral("mkv"),
                                QStringLiteral("gif"), QStringLiteral("apng"), QStringLiteral("png")},
                               choice.videoEnding);
    choice.video = lookFrom(object[QStringLiteral("video")].toObject(), choice.video);
    choice.plays = within(object, "plays", 0, 0, 1000);
    choice.stills = lookFrom(object[QStringLiteral("stills")].toObject(), choice.stills);
    choice.allStills = object[QStringLiteral("allStills")].toBool();
    choice.sheet.picture = lookFrom(object[QStringLiteral("sheet")].toObject(), choice.sheet.picture);
    choice.sheet.columns = within(object, "columns", choice.sheet.columns, 1, mostColumns);
    choice.sheet.rows = within(object, "rows", choice.sheet.rows, 1, mostColumns);
    choice.sheet.numbers = object[QStringLiteral("numbers")].toBool(true);
    choice.sheet.caption = object[QStringLiteral("caption")].toBool(true);
    choice.sheet.theme = object[QStringLiteral("lightSheet")].toBool() ? ThemeName::Light : ThemeName::Dark;
    choice.traceEnding = oneOf(
        object[QStringLiteral("traceEnding")].toString(),
        {QStringLiteral("fctrace"), QStringLiteral("npz"), QStringLiteral("csv"), QStringLiteral("json")},
        choice.traceEnding);
    choice.tokenTable = object[QStringLiteral("tokenTable")].toBool();
    choice.plot = static_cast<PlotKind>(within(object, "plot", 0, 0, 3));
    choice.plotEnding =
        oneOf(object[QStringLiteral("plotEnding")].toString(),
              {QStringLiteral("png"), QStringLiteral("svg"), QStringLiteral("csv")}, choice.plotEnding);
    return choice;
}

} // namespace fastcar::ui
