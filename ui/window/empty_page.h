// SPDX-License-Identifier: Apache-2.0
//
// What stands in place of the video before the first run: an invitation, with prompts that the model was made
// for; or, without a model, what to do about that.
#pragma once

#include <QStringList>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace fastcar::ui {

class EmptyPage : public QWidget {
    Q_OBJECT
public:
    explicit EmptyPage(QWidget *parent = nullptr);

    void showOpening(const QString &folder);
    void showNoModel();
    /// Whether there is a model that came with the program, to be offered where none is open.
    void setHasShipped(bool has);
    /// As many of the examples are there as have the room that their words take, three at the least.
    void showModel(const QString &name, const QString &description, const QStringList &examples);

    QSize minimumSizeHint() const override;

signals:
    void exampleChosen(const QString &prompt);
    void openModelAsked();
    void openShippedAsked();

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void setTexts(const QString &title, const QString &text);
    void setExamples(const QStringList &examples);
    int shownExamples() const;
    int exampleHeight() const; // with what stands between two
    void fitExamples();        // whenever there is other room, or words of another size

    QWidget *middle_ = nullptr;
    QLabel *title_ = nullptr;
    QLabel *text_ = nullptr;
    QLabel *exampleTitle_ = nullptr;
    QLabel *hint_ = nullptr;
    QVBoxLayout *examples_ = nullptr;
    QPushButton *open_ = nullptr;
    QPushButton *shipped_ = nullptr;
    bool hasShipped_ = false;
};

} // namespace fastcar::ui
