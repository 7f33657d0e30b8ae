// SPDX-License-Identifier: Apache-2.0
//
// File > Export: what of the run is written, how, and to which file, with a preview of it. The writing goes
// on in the background while the dialog shows how far it is.
#pragma once

#include "ui/bridge/latest_job.h"
#include "ui/export/export_job.h"

#include <QDialog>
#include <QTimer>

#include <functional>
#include <memory>

class QButtonGroup;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace fastcar::ui {

class ExportForms;
class PicturePreview;
class Preferences;

class ExportDialog : public QDialog {
    Q_OBJECT
public:
    /// `preferences` keep the choices and outlive the dialog.
    ExportDialog(ExportMaterial material, Preferences &preferences, QWidget *parent = nullptr);
    ~ExportDialog() override;

    /// May these files be replaced? A test puts its own here.
    std::function<bool(const QStringList &files)> askToReplace;
    /// Asks for a file, given the one at hand; empty: the person thought better of it.
    std::function<QString(const QString &file)> askForFile;

    void choose(ExportChoice::What what);

signals:
    /// All of them are there.
    void written(const QStringList &files);

protected:
    void done(int result) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *buildKinds();
    QWidget *buildMiddle();
    QWidget *buildFile();
    QWidget *buildFoot();
    QString firstFolder() const;
    QString stemOfRun() const;
    void takeChoice();
    void putName();
    ExportRequest request() const;
    void askPreview();
    void showPreview();
    void browse();
    void begin();
    void setBusy(bool busy);
    void say(const QString &text, bool isError);

    Preferences &preferences_;
    std::shared_ptr<const ExportMaterial> material_;
    QTimer preview_;
    QButtonGroup *kinds_ = nullptr;
    ExportForms *forms_ = nullptr;
    PicturePreview *picture_ = nullptr;
    QLabel *facts_ = nullptr;
    QLineEdit *file_ = nullptr;
    QString proposedStem_; // of the file's name
    QPushButton *browse_ = nullptr;
    QProgressBar *progress_ = nullptr;
    QLabel *message_ = nullptr;
    QPushButton *export_ = nullptr;
    QPushButton *close_ = nullptr;
    LatestJob previewJob_;
    ExportJob job_; // last: waits for its work before the rest goes
};

} // namespace fastcar::ui
