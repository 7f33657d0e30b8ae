// SPDX-License-Identifier: Apache-2.0
//
// What can be wished for besides keys: each control shows one preference and sets it at once.
#pragma once

#include "ui/models/preferences.h"

#include <QStringList>
#include <QWidget>

#include <functional>

class QComboBox;
class QFormLayout;
class QSpinBox;

namespace fastcar::ui {

class GeneralPage : public QWidget {
    Q_OBJECT
public:
    /// `devices`: what can be chosen to compute with. `preferences` outlive the page.
    GeneralPage(Preferences &preferences, const QStringList &devices, QWidget *parent = nullptr);

    /// Asks for a folder, given the one at hand; empty: thought better of it. A test puts its own here.
    std::function<QString(const QString &folder)> askForFolder;

private:
    void buildLook();
    void buildRuns(const QStringList &devices);
    void buildFiles();
    void heading(const QString &title);
    /// `values`: what each entry of the box stands for.
    template <typename T>
    QComboBox *choice(const char *name, const QString &label, const Preference<T> &preference,
                      const std::vector<std::pair<QString, T>> &values);
    QSpinBox *number(const char *name, const QString &label, const Preference<int> &preference, int low,
                     int high, int step);

    Preferences &preferences_;
    QFormLayout *form_ = nullptr;
};

} // namespace fastcar::ui
