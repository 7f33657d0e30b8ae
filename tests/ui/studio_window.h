// SPDX-License-Identifier: Apache-2.0
//
// The program's window in a test: opened with settings of the test's own and the golden checkpoint, and
// driven by the names of its controls.
#pragma once

#include "tests/ui/named_control.h"
#include "ui/window/main_window.h"

#include <QAbstractButton>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace fastcar::ui {

/// The settings lie in `folder`, and so does what goes beside them.
inline MainWindow::Options windowOptions(const QString &folder)
{
    MainWindow::Options options;
    options.store =
        std::make_unique<QSettings>(folder + QStringLiteral("/settings.ini"), QSettings::IniFormat);
    options.modelFolder = QStringLiteral(FASTCAR_TEST_DATA "/golden/checkpoint");
    return options;
}

/// A folder that is there and holds nothing, so that no default model is looked for.
inline MainWindow::Options windowOptionsWithoutAModel(const QString &folder)
{
    MainWindow::Options options = windowOptions(folder);
    options.modelFolder = folder;
    return options;
}

/// On the screen, and its model is open or known not to be there. Without a size: as it comes.
inline std::unique_ptr<MainWindow> openWindow(MainWindow::Options options, QSize size = {})
{
    auto window = std::make_unique<MainWindow>(std::move(options));
    QSignalSpy settled(window.get(), &MainWindow::modelSettled);
    if (!size.isEmpty())
        window->resize(size);
    window->show();
    if (!QTest::qWaitForWindowExposed(window.get()))
        qFatal("The window does not come to the screen.");
    if (settled.isEmpty() && !settled.wait(20000))
        qFatal("The window says nothing about its model.");
    return window;
}

/// What a test class that drives the window derives from, beside QObject.
class StudioWindow {
protected:
    template <typename T>
    T *find(const char *name) const
    {
        return namedControl<T>(*window_, name);
    }
    void click(const char *button) const { QTest::mouseClick(find<QAbstractButton>(button), Qt::LeftButton); }
    void setPrompt(const QString &text) const { find<QPlainTextEdit>("promptEdit")->setPlainText(text); }
    bool waitFor(RunController::State state) const
    {
        return QTest::qWaitFor([&] { return window_->controller().state() == state; }, 60000);
    }

    std::unique_ptr<MainWindow> window_;
};

} // namespace fastcar::ui
