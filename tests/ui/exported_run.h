// SPDX-License-Identifier: Apache-2.0
//
// What tests of the export write and read again: a MadeRun of three frames of 12 x 8 pixels, each of its own
// colour but for a corner, frame 2 of it chosen; and a folder for the files.
#pragma once

#include "engine/media/video_file.h"
#include "tests/ui/made_run.h"
#include "ui/export/export_material.h"
#include "ui/export/export_writer.h"
#include "ui/models/preferences.h"

#include <QDir>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace fastcar::ui {

/// What a test class derives from, beside QObject.
class ExportedRun {
protected:
    void makeMaterial()
    {
        preferences_ = std::make_unique<Preferences>(
            std::make_unique<QSettings>(path("settings.ini"), QSettings::IniFormat));
        preferences_->set(preference::saveFolder, folder_.path());
        MadeRun run;
        run.settings.prompt = "A made run, für immer";
        run.settings.seed = 99;
        RunRecord record;
        record.begin(run.config, run.settings);
        record.take(run.upTo(MadeRun::stride * MadeRun::frames));
        Selection selection;
        selection.setLimits(MadeRun::layers, MadeRun::rows, MadeRun::stride);
        selection.setVisibleFrames(MadeRun::frames);
        selection.chooseFrame(1);
        VideoOverlays overlays;
        overlays.grid = true;
        material_ = std::make_shared<ExportMaterial>(
            takeMaterial({record, run.settings, selection, overlays, 5, nullptr}));
        for (std::size_t frame = 0; frame < material_->frames.size(); ++frame) {
            const auto level = static_cast<std::uint8_t>(40 * frame + 30);
            auto picture =
                std::make_shared<Frame>(*MadeRun::picture(level, 10, static_cast<std::uint8_t>(200 - level)));
            picture->rgb[0] = picture->rgb[1] = picture->rgb[2] = 255;
            material_->frames[frame] = picture;
            material_->scenes[frame].picture = picture;
        }
    }
    void removeFiles()
    {
        for (const QString &name : files())
            QFile::remove(folder_.filePath(name));
    }

    static bool goOn(double) { return true; }
    QString path(const char *name) const { return folder_.filePath(QLatin1String(name)); }
    QStringList files() const
    {
        return QDir(folder_.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
    }
    static std::vector<SharedFrame> read(const QString &file)
    {
        auto frames = readVideo(file.toStdString());
        if (!frames)
            qFatal("%s", frames.error().message.c_str());
        return *frames;
    }
    void write(const ExportChoice &choice, const QString &file)
    {
        const auto written = writeExport({choice, material_, file}, goOn);
        QVERIFY2(written.ok(), written.ok() ? "" : written.error().message.c_str());
    }

    QTemporaryDir folder_;
    std::unique_ptr<Preferences> preferences_;
    std::shared_ptr<ExportMaterial> material_;
};

} // namespace fastcar::ui
