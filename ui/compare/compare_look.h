// SPDX-License-Identifier: Apache-2.0
//
// How the comparison is shown: one value that bar, view and keys share, kept from one start of the program to
// the next.
#pragma once

#include "ui/compare/compare_scene.h"

#include <QObject>
#include <QString>
#include <QTimer>

namespace fastcar::ui {

class CompareLook : public QObject {
    Q_OBJECT
public:
    explicit CompareLook(QObject *parent = nullptr);

    CompareWay way() const { return way_; }
    double wipe() const { return wipe_; }
    const DifferenceLook &difference() const { return difference_; }
    bool marksCodes() const { return marksCodes_; }

    // Flicker
    bool showsB() const { return showsB_; }
    bool automatic() const { return automatic_; }
    /// From A to B or back. More than six changes a second is more than three flashes, which can harm.
    static constexpr int mostChangesPerSecond = 6;
    int changesPerSecond() const { return changesPerSecond_; }
    /// Whether anybody sees it: nothing changes by itself otherwise.
    void setWatched(bool watched);

    /// As it is kept in preference::compareLook. What cannot be read stays as it is.
    void restore(const QString &json);
    QString toJson() const;

public slots:
    void setWay(fastcar::ui::CompareWay way);
    void setWipe(double wipe);
    void setSigned(bool isSigned);
    void setGain(int gain);
    void setMarksCodes(bool marks);
    void setAutomatic(bool automatic);
    void setChangesPerSecond(int changes);
    /// The other one, in the way that shows one at a time.
    void showOther();

signals:
    void changed();

private:
    template <typename T>
    void assign(T &member, T value);
    void updateTimer();

    CompareWay way_ = CompareWay::SideBySide;
    double wipe_ = 0.5;
    DifferenceLook difference_;
    bool marksCodes_ = false;
    bool showsB_ = true;
    bool automatic_ = true;
    int changesPerSecond_ = 2;
    bool watched_ = false;
    QTimer timer_;
};

} // namespace fastcar::ui
