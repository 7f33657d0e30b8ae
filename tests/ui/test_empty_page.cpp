// SPDX-License-Identifier: Apache-2.0
//
// The page before the first run, in more and in less room.
#include "ui/theme/theme.h"
#include "ui/window/empty_page.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace fastcar::ui;

class TestEmptyPage : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        applyTheme(*qApp, ThemeName::Light, 1.3);
        host_ = std::make_unique<QWidget>();
        auto *layout = new QVBoxLayout(host_.get());
        layout->setContentsMargins(0, 0, 0, 0);
        page_ = new EmptyPage(host_.get());
        layout->addWidget(page_);
        page_->showModel(QStringLiteral("Sprite Theatre"), QStringLiteral("Sixteen objects and their names."),
                         {QStringLiteral("a gently jumping dog"), QStringLiteral("b"), QStringLiteral("c"),
                          QStringLiteral("d"), QStringLiteral("e"), QStringLiteral("f")});
        host_->show();
        QVERIFY(QTest::qWaitForWindowExposed(host_.get()));
    }
    void cleanup() { host_.reset(); }

    void asManyExamplesAsHaveTheRoomThatTheyTake_data()
    {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("examples");
        QTest::addRow("roomy") << 700 << 6;
        QTest::addRow("less") << 430 << -1;
        QTest::addRow("little") << 100 << 3; // there are three to click at the least
    }

    void asManyExamplesAsHaveTheRoomThatTheyTake()
    {
        QFETCH(int, height);
        QFETCH(int, examples);
        for (const int before : {900, 100}) { // it comes back from both
            resize(700, before);
            resize(700, height);
            const int shown = shownExamples();
            if (examples > 0)
                QCOMPARE(shown, examples);
            else
                QVERIFY2(shown >= 3 && shown < 6, qPrintable(QString::number(shown)));
        }
    }

    /// Where words take more lines than the page reckons with, there are fewer examples; and it is no lower
    /// for it.
    void aNarrowPageHasFewerExamples()
    {
        resize(700, 100);
        const int least = page_->minimumSizeHint().height();
        resize(page_->minimumSizeHint().width(), 100);
        const int shown = shownExamples();
        QVERIFY2(shown >= 1 && shown < 3, qPrintable(QString::number(shown)));
        QCOMPARE(page_->minimumSizeHint().height(), least);
    }

    void largerTextTakesItsRoom()
    {
        applyTheme(*qApp, ThemeName::Light, 1.0);
        resize(700, 430);
        const int before = shownExamples();
        applyTheme(*qApp, ThemeName::Light, 1.6);
        QTest::qWait(50);
        QVERIFY2(shownExamples() < before, qPrintable(QString::number(before)));
    }

    void anExampleIsChosen()
    {
        QSignalSpy chosen(page_, &EmptyPage::exampleChosen);
        page_->findChild<QPushButton *>(QStringLiteral("exampleButton1"))->click();
        QCOMPARE(chosen.value(0).value(0).toString(), QStringLiteral("a gently jumping dog"));
    }

private:
    /// The system tells of a size when it likes to; the page has it, and what is laid out for it, at the end.
    void resize(int width, int height)
    {
        host_->resize(width, height);
        QTRY_COMPARE(page_->size(), host_->size());
        QCoreApplication::sendPostedEvents();
        QTest::qWait(1);
    }

    /// None of which is lower than its words.
    int shownExamples() const
    {
        int shown = 0;
        for (const QPushButton *button : page_->findChildren<QPushButton *>()) {
            if (!button->isVisible())
                continue;
            ++shown;
            if (button->height() < button->sizeHint().height())
                QTest::qFail(qPrintable(QString("%1: %2 of %3 pixels")
                                            .arg(button->text())
                                            .arg(button->height())
                                            .arg(button->sizeHint().height())),
                             __FILE__, __LINE__);
        }
        return shown;
    }

    std::unique_ptr<QWidget> host_;
    EmptyPage *page_ = nullptr;
};

QTEST_MAIN(TestEmptyPage)
#include "test_empty_page.moc"
