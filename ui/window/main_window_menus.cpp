// SPDX-License-Identifier: Apache-2.0
//
// The main window's actions and menus, and the keys that work wherever the focus is.
#include "ui/theme/icons.h"
#include "ui/window/help_dialog.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QKeyEvent>
#include <QMenuBar>

namespace fastcar::ui {

QAction *MainWindow::action(const QString &text, const QString &name, const QKeySequence &keys)
{
    auto *made = new QAction(text, this);
    made->setObjectName(name);
    made->setShortcut(keys);
    addAction(made);
    return made;
}

void MainWindow::makeActions()
{
    const auto key = [](const char *text) { return QKeySequence(QLatin1String(text)); };
    actions_.generate = action(tr("&Generate"), QStringLiteral("generateAction"), {});
    actions_.generate->setShortcuts({key("Ctrl+Return"), key("Ctrl+Enter")});
    actions_.pause = action(tr("&Pause"), QStringLiteral("pauseAction"), {});
    actions_.pause->setShortcuts({key("Ctrl+Shift+Return"), key("Ctrl+Shift+Enter")});
    actions_.cancel = action(tr("&Cancel"), QStringLiteral("cancelAction"), key("Ctrl+."));
    actions_.goOn = action(tr("C&ontinue"), QStringLiteral("continueAction"), key("Ctrl+R"));
    actions_.goOn->setToolTip(tr("Go on with the run that was cancelled or failed, on the chosen device"));
    actions_.openModel =
        action(tr("&Open model folder…"), QStringLiteral("openModelAction"), QKeySequence::Open);
    actions_.saveVideo = action(tr("&Save video as…"), QStringLiteral("saveVideoAction"), QKeySequence::Save);
    actions_.quit = action(tr("&Quit"), QStringLiteral("quitAction"), key("Ctrl+Q"));
    actions_.focusPrompt = action(tr("&Edit the prompt"), QStringLiteral("focusPromptAction"), key("Ctrl+L"));
    actions_.heatmap = action(tr("&Heatmap"), QStringLiteral("heatmapAction"), key("H"));
    actions_.mask = action(tr("Replay &mask"), QStringLiteral("maskAction"), key("M"));
    actions_.grid = action(tr("Token &grid"), QStringLiteral("gridAction"), key("G"));
    actions_.dark = action(tr("&Dark"), QStringLiteral("darkThemeAction"), {});
    actions_.light = action(tr("&Light"), QStringLiteral("lightThemeAction"), {});

    actions_.saveVideo->setIcon(icon(QStringLiteral("save")));
    actions_.openModel->setIcon(icon(QStringLiteral("folder")));
    actions_.heatmap->setIcon(icon(QStringLiteral("heatmap")));
    actions_.mask->setIcon(icon(QStringLiteral("mask")));
    actions_.grid->setIcon(icon(QStringLiteral("grid")));
    // Short ones for the tool bar, where there is little room.
    actions_.mask->setIconText(tr("Replay"));
    actions_.grid->setIconText(tr("Grid"));
    actions_.heatmap->setToolTip(
        tr("<p><b>TAS heatmap</b> of the layer (H): how strongly each token attends to its own "
           "place one frame earlier. Frame 1 has none.</p>"));
    actions_.mask->setToolTip(
        tr("<p><b>Replay mask</b> of the layer (M): hatched where the MLP was replayed, free where it "
           "was computed.</p>"));
    actions_.grid->setToolTip(tr("<p><b>Token grid</b> (G): one field for each position of the frame.</p>"));
    const VideoOverlays &overlays = overlays_.overlays();
    for (const auto &[made, on] :
         {std::pair(actions_.heatmap, overlays.heatmap), std::pair(actions_.mask, overlays.mask),
          std::pair(actions_.grid, overlays.grid)}) {
        made->setCheckable(true);
        made->setChecked(on);
    }
    auto *themes = new QActionGroup(this);
    for (auto *made : {actions_.dark, actions_.light}) {
        made->setCheckable(true);
        themes->addAction(made);
    }

    connect(actions_.generate, &QAction::triggered, this, &MainWindow::generate);
    connect(actions_.pause, &QAction::triggered, this, [this] {
        const auto state = controller_.state();
        const bool held = state == RunController::State::Paused || state == RunController::State::Pausing;
        held ? controller_.resume() : controller_.pause();
    });
    connect(actions_.cancel, &QAction::triggered, &controller_, &RunController::cancel);
    connect(actions_.goOn, &QAction::triggered, this, &MainWindow::goOn);
    connect(actions_.openModel, &QAction::triggered, this, &MainWindow::askModelFolder);
    connect(actions_.saveVideo, &QAction::triggered, this, &MainWindow::saveVideo);
    connect(actions_.quit, &QAction::triggered, this, &QWidget::close);
    connect(actions_.heatmap, &QAction::toggled, &overlays_, &OverlayModel::setHeatmap);
    connect(actions_.mask, &QAction::toggled, &overlays_, &OverlayModel::setMask);
    connect(actions_.grid, &QAction::toggled, &overlays_, &OverlayModel::setGrid);
    connect(actions_.dark, &QAction::triggered, this, [this] { chooseTheme(ThemeName::Dark); });
    connect(actions_.light, &QAction::triggered, this, [this] { chooseTheme(ThemeName::Light); });
}

void MainWindow::makeMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    file->addAction(actions_.openModel);
    file->addSeparator();
    file->addAction(actions_.saveVideo);
    file->addSeparator();
    file->addAction(actions_.quit);

    QMenu *run = menuBar()->addMenu(tr("&Run"));
    run->addAction(actions_.generate);
    run->addAction(actions_.pause);
    run->addAction(actions_.cancel);
    run->addAction(actions_.goOn);
    run->addSeparator();
    run->addAction(actions_.focusPrompt);
    run->addAction(tr("Back to the model's &recommendations"), &settings_,
                   &RunSettingsModel::resetToModelDefaults);

    QMenu *view = menuBar()->addMenu(tr("&View"));
    view->addAction(actions_.heatmap);
    view->addAction(actions_.mask);
    view->addAction(actions_.grid);
    view->addSeparator();
    // Their keys are handled in keyPressEvent: they give way to whatever widget has a use for them.
    view->addAction(tr("Pl&ay, stop\tSpace"), &playback_, &Playback::toggle);
    view->addAction(tr("&Next frame\tRight"), &playback_, [this] { playback_.step(1); });
    view->addAction(tr("&Previous frame\tLeft"), &playback_, [this] { playback_.step(-1); });
    view->addAction(tr("&Follow the newest frame\tEnd"), &selection_, &Selection::followNewest);
    view->addAction(tr("Layer a&bove\t]"), &selection_,
                    [this] { selection_.chooseLayer(selection_.layer() + 1); });
    view->addAction(tr("Layer b&elow\t["), &selection_,
                    [this] { selection_.chooseLayer(selection_.layer() - 1); });
    view->addSeparator();
    for (auto *dock : findChildren<QDockWidget *>())
        view->addAction(dock->toggleViewAction());
    view->addSeparator();
    QMenu *theme = view->addMenu(tr("&Theme"));
    theme->addAction(actions_.dark);
    theme->addAction(actions_.light);

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    auto *words = help->addAction(tr("&Words and keys"), this, [this] { showHelp(this); });
    words->setObjectName(QStringLiteral("helpAction"));
    words->setShortcut(QKeySequence::HelpContents);
    auto *about = help->addAction(tr("&About FastCar Studio"), this, [this] { showAbout(this); });
    about->setObjectName(QStringLiteral("aboutAction"));
}

void MainWindow::chooseTheme(ThemeName theme)
{
    if (theme != currentTheme())
        applyTheme(*qobject_cast<QApplication *>(QCoreApplication::instance()), theme);
    (theme == ThemeName::Dark ? actions_.dark : actions_.light)->setChecked(true);
}

/// Keys that no widget had a use for. Not shortcuts: those would take Space from buttons and arrows from
/// sliders.
void MainWindow::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Space:
        playback_.toggle();
        break;
    case Qt::Key_Left:
        playback_.step(-1);
        break;
    case Qt::Key_Right:
        playback_.step(1);
        break;
    case Qt::Key_Home:
        playback_.pause();
        selection_.chooseFrame(0);
        break;
    case Qt::Key_End:
        playback_.pause();
        selection_.followNewest();
        break;
    case Qt::Key_BracketLeft:
        selection_.chooseLayer(selection_.layer() - 1);
        break;
    case Qt::Key_BracketRight:
        selection_.chooseLayer(selection_.layer() + 1);
        break;
    default:
        QMainWindow::keyPressEvent(event);
    }
}

} // namespace fastcar::ui
