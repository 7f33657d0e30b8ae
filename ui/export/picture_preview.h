// SPDX-License-Identifier: Apache-2.0
//
// A picture in the middle of its place, or a word where there is none.
#pragma once

#include <QImage>
#include <QString>
#include <QWidget>

namespace fastcar::ui {

class PicturePreview : public QWidget {
    Q_OBJECT
public:
    explicit PicturePreview(QWidget *parent = nullptr);

    /// In device pixels. A null one shows `instead`.
    void setPicture(const QImage &picture, const QString &instead);
    const QImage &picture() const { return picture_; }

    QSize sizeHint() const override { return {420, 320}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QImage picture_;
    QString instead_;
};

} // namespace fastcar::ui
