// SPDX-License-Identifier: Apache-2.0
//
// The forms of the export dialog, one for each thing that can be written; together they are an ExportChoice.
#pragma once

#include "ui/export/export_choice.h"

#include <QStackedWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QSpinBox;

namespace fastcar::ui {

class ExportForms : public QStackedWidget {
    Q_OBJECT
public:
    /// `frames`: whole ones of the run.
    ExportForms(const ExportChoice &choice, int frames, QWidget *parent = nullptr);

    const ExportChoice &choice() const { return choice_; }
    /// Shows the form of it.
    void choose(ExportChoice::What what);

signals:
    void changed();

private:
    QFormLayout *addPage();
    void buildVideo();
    void buildStills();
    void buildSheet(int frames);
    void buildTrace();
    void buildPlot();
    void addLook(QFormLayout *form, PictureLook &look, const QString &prefix);
    QComboBox *addCombo(QFormLayout *form, const QString &label, const QString &name);
    QSpinBox *addSpin(QFormLayout *form, const QString &label, const QString &name, int low, int high,
                      int &value);
    QCheckBox *addCheck(QFormLayout *form, const QString &text, const QString &name, bool &value);
    void addEndings(QComboBox *combo, const QList<QPair<QString, QString>> &endings, QString &value);

    ExportChoice choice_;
};

} // namespace fastcar::ui
