// SPDX-License-Identifier: Apache-2.0
//
// The main window's actions and menus, and the keys that work wherever the focus is.
#include "ui/commands/action_keys.h"
#include "ui/prompt/prompt_panel.h"
#include "ui/theme/icons.h"
#include "ui/window/edit_menu.h"
#include "ui/window/help_dialog.h"
#include "ui/window/layout_switch.h"
#include "ui/window/main_window.h"
#include "ui/window/middle_pages.h"
#include "ui/window/model_opening.h"
#include "ui/window/panel_docks.h"
#include "ui/window/viewer_actions.h"
#include "ui/window/viewer_page.h"
#include "ui/window/window_commands.h"

#include <QAction>
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

/// Its keys give way: as shortcuts they would take Space from buttons and arrows from sliders.
QAction *MainWindow::yieldingAction(const QString &text, const QString &name, const QKeySequence &keys)
{
    auto *made = action(text, name, {});
    letKeysGiveWay(*made);
    setKeys(*made, {keys});
    return made;
}

void MainWindow::makeActions()
{
    const auto key = [](const char *text) { return QKeySequence(QLatin1String(text)); };
    actions_.generate = action(tr("&Generate"), QStringLiteral("generateAction"), {});
    actions_.generate->setShortcuts({key("Ctrl+Return"), key("Ctrl+Enter")});
    actions_.restart =
        action(tr("Cancel and start o&ver"), QStringLiteral("restartAction"), key("Ctrl+Shift+R"));
    actions_.pause = action(tr("&Pause"), QStringLiteral("pauseAction"), {});
    actions_.pause->setShortcuts({key("Ctrl+Shift+Return"), key("Ctrl+Shift+Enter")});
    actions_.cancel = action(tr("&Cancel"), QStringLiteral("cancelAction"), key("Ctrl+."));
    actions_.goOn = action(tr("C&ontinue"), QStringLiteral("continueAction"), key("Ctrl+R"));
    actions_.goOn->setToolTip(tr("Go on with the run that was cancelled or failed, on the chosen device"));
    actions_.recommended =
        action(tr("Back to the model's &recommendations"), QStringLiteral("recommendedAction"), {});
    actions_.openModel =
        action(tr("&Open model folder…"), QStringLiteral("openModelAction"), QKeySequence::Open);
    actions_.saveVideo = action(tr("&Save video as…"), QStringLiteral("saveVideoAction"), QKeySequence::Save);
    actions_.saveAll =
        action(tr("Save a&ll videos as…"), QStringLiteral("saveAllAction"), key("Ctrl+Shift+S"));
    actions_.saveAll->setToolTip(tr("All videos of the run, into numbered files"));
    actions_.exportRun = action(tr("&Export…"), QStringLiteral("exportAction"), key("Ctrl+E"));
    actions_.quit = action(tr("&Quit"), QStringLiteral("quitAction"), key("Ctrl+Q"));
    actions_.focusPrompt = action(tr("&Edit the prompt"), QStringLiteral("focusPromptAction"), key("Ctrl+L"));
    actions_.saveVideo->setIcon(icon(QStringLiteral("save")));
    actions_.openModel->setIcon(icon(QStringLiteral("folder")));
    makeViewActions();
    makeWindowActions();
}

void MainWindow::makeWindowActions()
{
    const auto key = [](const char *text) { return QKeySequence(QLatin1String(text)); };
    actions_.palette = action(tr("&Commands…"), QStringLiteral("paletteAction"), {});
    actions_.palette->setShortcuts({key("Ctrl+Shift+P"), key("Ctrl+K")});
    actions_.preferences = action(tr("&Preferences…"), QStringLiteral("preferencesAction"), key("Ctrl+,"));
    actions_.preferences->setMenuRole(QAction::PreferencesRole);
    actions_.keys = action(tr("&Keys"), QStringLiteral("keysAction"), {});
    actions_.keys->setShortcuts({key("F1"), key("?")});
    actions_.words = action(tr("&Words"), QStringLiteral("wordsAction"), key("Shift+F1"));
    actions_.about = action(tr("&About FastCar Studio"), QStringLiteral("aboutAction"), {});
}

void MainWindow::makeViewActions()
{
    const auto key = [](const char *text) { return QKeySequence(QLatin1String(text)); };
    actions_.heatmap = action(tr("&Heatmap"), QStringLiteral("heatmapAction"), key("H"));
    actions_.mask = action(tr("Replay &mask"), QStringLiteral("maskAction"), key("M"));
    actions_.grid = action(tr("Token &grid"), QStringLiteral("gridAction"), key("G"));
    actions_.play = yieldingAction(tr("Pl&ay, stop"), QStringLiteral("playAction"), key("Space"));
    actions_.nextFrame = yieldingAction(tr("&Next frame"), QStringLiteral("nextFrameAction"), key("Right"));
    actions_.previousFrame =
        yieldingAction(tr("Pre&vious frame"), QStringLiteral("previousFrameAction"), key("Left"));
    actions_.firstFrame = yieldingAction(tr("&First frame"), QStringLiteral("firstFrameAction"), key("Home"));
    actions_.follow =
        yieldingAction(tr("Follo&w the newest frame"), QStringLiteral("followAction"), key("End"));
    actions_.layerAbove = yieldingAction(tr("Layer a&bove"), QStringLiteral("layerAboveAction"), key("]"));
    actions_.layerBelow = yieldingAction(tr("Layer b&elow"), QStringLiteral("layerBelowAction"), key("["));

    actions_.heatmap->setIcon(icon(QStringLiteral("heatmap")));
    actions_.mask->setIcon(icon(QStringLiteral("mask")));
    actions_.grid->setIcon(icon(QStringLiteral("grid")));
    // Short ones for the tool bar, where there is little room.
    actions_.heatmap->setIconText(tr("TAS"));
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
}

void MainWindow::connectActions()
{
    connect(actions_.generate, &QAction::triggered, this, &MainWindow::generate);
    connect(actions_.restart, &QAction::triggered, this, &MainWindow::restart);
    connect(actions_.pause, &QAction::triggered, this, [this] {
        const auto state = controller_.state();
        const bool held = state == RunController::State::Paused || state == RunController::State::Pausing;
        held ? controller_.resume() : controller_.pause();
    });
    connect(actions_.cancel, &QAction::triggered, &controller_, &RunController::cancel);
    connect(actions_.goOn, &QAction::triggered, this, &MainWindow::goOn);
    connect(actions_.recommended, &QAction::triggered, &settings_, &RunSettingsModel::resetToModelDefaults);
    connect(actions_.focusPrompt, &QAction::triggered, this, [this] {
        docks_->reveal(QStringLiteral("generateDock"));
        prompt_->focusPrompt();
    });
    connect(actions_.openModel, &QAction::triggered, opening_, &ModelOpening::ask);
    connect(actions_.saveVideo, &QAction::triggered, this, &MainWindow::saveVideo);
    connect(actions_.saveAll, &QAction::triggered, this, &MainWindow::saveAllVideos);
    connect(actions_.exportRun, &QAction::triggered, this, &MainWindow::exportRun);
    connect(actions_.quit, &QAction::triggered, this, &QWidget::close);
    connect(actions_.heatmap, &QAction::toggled, &overlays_, &OverlayModel::setHeatmap);
    connect(actions_.mask, &QAction::toggled, &overlays_, &OverlayModel::setMask);
    connect(actions_.grid, &QAction::toggled, &overlays_, &OverlayModel::setGrid);
    connect(actions_.play, &QAction::triggered, &playback_, &Playback::toggle);
    connect(actions_.nextFrame, &QAction::triggered, this, [this] { playback_.step(1); });
    connect(actions_.previousFrame, &QAction::triggered, this, [this] { playback_.step(-1); });
    connect(actions_.firstFrame, &QAction::triggered, this, [this] {
        playback_.pause();
        selection_.chooseFrame(0);
    });
    connect(actions_.follow, &QAction::triggered, this, [this] {
        playback_.pause();
        selection_.followNewest();
    });
    connect(actions_.layerAbove, &QAction::triggered, this,
            [this] { selection_.chooseLayer(selection_.layer() + 1); });
    connect(actions_.layerBelow, &QAction::triggered, this,
            [this] { selection_.chooseLayer(selection_.layer() - 1); });
    connect(actions_.palette, &QAction::triggered, commands_, &WindowCommands::showPalette);
    connect(actions_.preferences, &QAction::triggered, commands_, &WindowCommands::showPreferences);
    connect(actions_.keys, &QAction::triggered, commands_, &WindowCommands::showKeys);
    connect(actions_.words, &QAction::triggered, this, [this] { showWords(this); });
    connect(actions_.about, &QAction::triggered, this, [this] { showAbout(this); });
}

void MainWindow::makeMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    file->addAction(actions_.openModel);
    QMenu *recent = file->addMenu(tr("Open &recent model"));
    recent->setObjectName(QStringLiteral("recentModelsMenu"));
    opening_->fill(*recent);
    file->addSeparator();
    file->addAction(actions_.saveVideo);
    file->addAction(actions_.saveAll);
    file->addAction(actions_.exportRun);
    file->addSeparator();
    file->addAction(actions_.preferences);
    file->addAction(actions_.quit);

    auto *edit = new EditMenu(history_, *this);
    edit->addSeparator();
    edit->addAction(actions_.preferences);
    menuBar()->addMenu(edit);

    QMenu *run = menuBar()->addMenu(tr("&Run"));
    run->addAction(actions_.generate);
    run->addAction(actions_.pause);
    run->addAction(actions_.cancel);
    run->addAction(actions_.restart);
    run->addAction(actions_.goOn);
    run->addSeparator();
    run->addAction(actions_.focusPrompt);
    run->addAction(actions_.recommended);

    menuBar()->addMenu(makeViewMenu());

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    help->addAction(actions_.palette);
    help->addAction(actions_.keys);
    help->addAction(actions_.words);
    help->addAction(actions_.about);
    menuBar()->setCornerWidget(new LayoutSwitch(docks_->layoutActions(), this), Qt::TopRightCorner);
}

QMenu *MainWindow::makeViewMenu()
{
    auto *view = new QMenu(tr("&View"), this);
    view->addAction(actions_.heatmap);
    view->addActions(viewer_->actions().overlayActions());
    view->addAction(actions_.mask);
    view->addAction(actions_.grid);
    view->addSeparator();
    view->addMenu(tr("&Zoom"))->addActions(viewer_->actions().zoomActions());
    view->addActions(viewer_->actions().videoActions());
    view->addSeparator();
    view->addAction(actions_.play);
    view->addAction(actions_.nextFrame);
    view->addAction(actions_.previousFrame);
    view->addAction(actions_.firstFrame);
    view->addAction(actions_.follow);
    view->addAction(actions_.layerAbove);
    view->addAction(actions_.layerBelow);
    view->addSeparator();
    QMenu *panels = view->addMenu(tr("Panel&s"));
    for (QAction *made : docks_->actions())
        panels->addAction(made);
    QMenu *layouts = view->addMenu(tr("La&yout"));
    for (QAction *made : docks_->layoutActions())
        layouts->addAction(made);
    layouts->addSeparator();
    layouts->addAction(docks_->resetAction());
    if (pages_->actions().size() > 1) {
        QMenu *pages = view->addMenu(tr("M&iddle"));
        for (QAction *made : pages_->actions())
            pages->addAction(made);
    }
    return view;
}

/// With keys that no widget had a use for.
void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (!commands_->catalog().press(*event))
        QMainWindow::keyPressEvent(event);
}

} // namespace fastcar::ui
