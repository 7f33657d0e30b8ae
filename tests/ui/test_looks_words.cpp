// SPDX-License-Identifier: Apache-2.0
//
// Words that come and go: what is told of a token, a message, a dialog. Whether they have room.
#include "tests/ui/looks_window.h"
#include "ui/heatmap/heatmap_grid.h"
#include "ui/models/paced_refresh.h"
#include "ui/theme/told_line.h"
#include "ui/window/message_banner.h"
#include "ui/window/panel_docks.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QScreen>

using namespace fastcar;
using namespace fastcar::ui;

class TestLooksWords : public QObject, private LooksWindow {
    Q_OBJECT

private slots:
    void initTestCase() { LooksWindow::initTestCase(); }
    void cleanup() { LooksWindow::cleanup(); }

    void whatIsToldOfATokenHasRoom_data() { languagesAndTextSizes(); }
    void whatIsToldOfATokenHasRoom();
    void aDialogIsNoHigherThanItsScreen();
    void aMessageHasRoomForItsWords();
};

/// On a laptop's screen no line that tells of a token ends in dots.
void TestLooksWords::whatIsToldOfATokenHasRoom()
{
    QFETCH(const QString, language);
    QFETCH(const int, textPercent);
    open({language, textPercent});
    window_->settings().setSeedLocked(true);
    makeRun();
    window_->findChild<QAbstractButton *>(QStringLiteral("fastPreset"))->click();
    makeRun();
    window_->findChild<QAction *>(QStringLiteral("driftAction"))->trigger();
    window_->selection().chooseToken(1, 20);
    QStringList wrong;
    const auto check = [&](const QString &where) {
        QTest::qWait(PacedRefresh::ofARunMs + 5);
        for (const auto *line : window_->findChildren<ToldLine *>())
            if (line->isVisible() && !line->visibleRegion().isEmpty() && line->text().endsWith(QChar(0x2026)))
                wrong += where + QStringLiteral(": ") + line->text();
    };
    check(QStringLiteral("generate"));
    window_->docks().choose(TaskLayout::Tune);
    for (const char *dock : {"decisionsDock", "heatmapsDock"}) {
        window_->docks().reveal(QLatin1String(dock));
        check(QLatin1String(dock));
    }
    window_->docks().reveal(QStringLiteral("decisionsDock"));
    const int stride = window_->record().trace().shape().stride;
    int position = stride - 2; // of frame 2, replayed
    while (position >= 0 && window_->record().decisions().chain(stride + position, 0, 0) == 0)
        --position;
    QVERIFY(position >= 0);
    window_->selection().chooseToken(1, position);
    window_->selection().chooseLayer(0);
    check(QStringLiteral("replayed"));
    window_->docks().reveal(QStringLiteral("heatmapsDock"));
    auto *kind = window_->findChild<QComboBox *>(QStringLiteral("heatmapKindCombo"));
    auto *value = window_->findChild<QComboBox *>(QStringLiteral("heatmapValueCombo"));
    auto *row = window_->findChild<QComboBox *>(QStringLiteral("heatmapRowCombo"));
    kind->setCurrentIndex(1); // of which there is everything
    emit kind->activated(1);
    const auto checkValue = [&](int what) {
        value->setCurrentIndex(what);
        emit value->activated(what);
        check(value->currentText() + QStringLiteral(", ") + row->currentText());
    };
    for (int of = 0; of < row->count(); ++of) {
        row->setCurrentIndex(of);
        emit row->activated(of);
        window_->selection().chooseToken(1, position);
        for (int what = 0; what < value->count(); ++what)
            checkValue(what);
        window_->selection().chooseToken(1, stride - 1); // the last one, which has no step: the most words
        checkValue(value->findData(static_cast<int>(HeatmapValue::LayersReplayed)));
    }
    window_->docks().choose(TaskLayout::Compare);
    auto *part = window_->findChild<QAbstractButton *>(QStringLiteral("firstDifferenceButton"));
    QTRY_VERIFY_WITH_TIMEOUT(part->isVisible(), 20000);
    part->click();
    check(QStringLiteral("compare"));
    wrong.removeDuplicates();
    for (const QString &each : wrong)
        qWarning("%s", qPrintable(each));
    QCOMPARE(wrong.size(), 0);
}

void TestLooksWords::aDialogIsNoHigherThanItsScreen()
{
    open({.textPercent = 150});
    for (const char *action : {"keysAction", "preferencesAction"}) {
        window_->findChild<QAction *>(QLatin1String(action))->trigger();
        QDialog *dialog = nullptr;
        for (QDialog *each : window_->findChildren<QDialog *>())
            if (each->isVisible())
                dialog = each;
        QVERIFY2(dialog, action);
        QVERIFY2(dialog->height() < dialog->screen()->availableSize().height(), action);
        dialog->close();
    }
}

void TestLooksWords::aMessageHasRoomForItsWords()
{
    open({});
    auto *banner = window_->findChild<MessageBanner *>();
    const QString words = QStringLiteral("It came to token 28 of 512. Kept: 0 frames; frame 1 had 28 of 64.");
    for (int offers = 0; offers <= 3; ++offers) {
        std::vector<MessageBanner::Offer> made;
        for (int i = 0; i < offers; ++i)
            made.push_back({QStringLiteral("Continue"), QStringLiteral("offer%1").arg(i), [] {}});
        banner->showMessage(MessageBanner::Kind::Info, QStringLiteral("Cancelled."), words, std::move(made));
        QCoreApplication::processEvents();
        const auto *label = banner->findChild<QLabel *>(QStringLiteral("messageText"));
        QVERIFY2(
            label->width() > banner->width() * 6 / 10,
            qPrintable(
                QStringLiteral("%1 of %2, with %3").arg(label->width()).arg(banner->width()).arg(offers)));
        QVERIFY(label->height() >= label->heightForWidth(label->width()));
    }
}

QTEST_MAIN(TestLooksWords)
#include "test_looks_words.moc"
