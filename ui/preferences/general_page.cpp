// SPDX-License-Identifier: Apache-2.0
#include "ui/preferences/general_page.h"

#include "ui/preferences/language.h"
#include "ui/theme/section_header.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

namespace fastcar::ui {

using preference::Drawing;
using preference::Theme;
using preference::Views;

GeneralPage::GeneralPage(Preferences &preferences, const QStringList &devices, QWidget *parent)
    : QWidget(parent)
    , preferences_(preferences)
{
    askForFolder = [this](const QString &folder) {
        return QFileDialog::getExistingDirectory(this, tr("Folder of the library"), folder);
    };
    form_ = new QFormLayout(this);
    form_->setContentsMargins(14, 10, 14, 10);
    form_->setHorizontalSpacing(18);
    form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form_->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    buildLook();
    buildRuns(devices);
    buildFiles();
}

void GeneralPage::heading(const QString &title)
{
    form_->addRow(new SectionHeader(title, this));
}

template <typename T>
QComboBox *GeneralPage::choice(const char *name, const QString &label, const Preference<T> &preference,
                               const std::vector<std::pair<QString, T>> &values)
{
    auto *box = new QComboBox(this);
    box->setObjectName(QLatin1String(name));
    box->setAccessibleName(QString(label).remove(QLatin1Char('&')));
    for (const auto &[text, value] : values)
        box->addItem(text);
    form_->addRow(label, box);
    preferences_.follow(preference, box, [box, values](const T &value) {
        const auto at = std::ranges::find(values, value, &std::pair<QString, T>::second);
        box->setCurrentIndex(at == values.end() ? 0 : static_cast<int>(at - values.begin()));
    });
    connect(box, &QComboBox::activated, this, [this, preference, values](int index) {
        preferences_.set(preference, values.at(static_cast<std::size_t>(index)).second);
    });
    return box;
}

QSpinBox *GeneralPage::number(const char *name, const QString &label, const Preference<int> &preference,
                              int low, int high, int step)
{
    auto *box = new QSpinBox(this);
    box->setObjectName(QLatin1String(name));
    box->setAccessibleName(QString(label).remove(QLatin1Char('&')));
    box->setRange(low, high);
    box->setSingleStep(step);
    box->setKeyboardTracking(false);
    makeNumberField(*box);
    form_->addRow(label, box);
    preferences_.follow(preference, box, [box](int value) {
        const QSignalBlocker quiet(box);
        box->setValue(value);
    });
    connect(box, &QSpinBox::valueChanged, this,
            [this, preference](int value) { preferences_.set(preference, value); });
    return box;
}

void GeneralPage::buildLook()
{
    heading(tr("Look"));
    auto *theme = choice<Theme>("themeCombo", tr("&Theme"), preference::theme,
                                {{tr("As the system has it"), Theme::System},
                                 {tr("Dark"), Theme::Dark},
                                 {tr("Light"), Theme::Light}});
    theme->setToolTip(
        tr("<p>The system's theme is told by its colours; where it does not tell them to programs, "
           "that is light.</p>"));
    number("textSpin", tr("Te&xt size"), preference::textPercent, 80, 160, 10)->setSuffix(tr(" %"));
    choice<Drawing>("drawingCombo", tr("&Video is drawn by"), preference::drawing,
                    {{tr("Vulkan, where it is there"), Drawing::Vulkan}, {tr("QPainter"), Drawing::Painter}});
    std::vector<std::pair<QString, QString>> languages{{tr("That of the system"), QString()}};
    for (const Language &language : availableLanguages())
        languages.emplace_back(language.title, language.code);
    auto *language = choice<QString>("languageCombo", tr("&Language"), preference::language, languages);
    language->setToolTip(tr("<p>Another language is there at the next start.</p>"));
    auto *next = new QLabel(tr("Another language is there at the next start."), this);
    next->setObjectName(QStringLiteral("languageNote"));
    next->setProperty("rank", "secondary");
    next->setWordWrap(true);
    form_->addRow(QString(), next);
    preferences_.follow(preference::language, next,
                        [next, first = preferences_.get(preference::language)](const QString &chosen) {
                            next->setVisible(chosen != first);
                        });
}

void GeneralPage::buildRuns(const QStringList &devices)
{
    heading(tr("Runs"));
    std::vector<std::pair<QString, QString>> known{{tr("That of the last run"), QString()}};
    for (const QString &device : devices)
        known.emplace_back(device, device);
    choice<QString>("deviceAtStartCombo", tr("&Device at the start"), preference::device, known);
    auto *previews =
        number("previewsSpin", tr("&Previews a second"), preference::previewsPerSecond, 1, 25, 1);
    previews->setToolTip(
        tr("<p>How often the frame in progress is drawn while a run goes on. Fewer leave more "
           "of the processor to the run.</p>"));
    auto *views = choice<Views>("viewsCombo", tr("Vie&ws during a run"), preference::views,
                                {{tr("Smooth"), Views::Smooth},
                                 {tr("Balanced"), Views::Balanced},
                                 {tr("Spare the generation"), Views::Sparing}});
    views->setToolTip(
        tr("<p>Where a run fills all cores, it loses the time that drawing takes. Views follow it 25 "
           "times a second where that is cheap, and less where it is not: <b>smooth</b> down to 10 "
           "times, <b>balanced</b> to 4, <b>spare the generation</b> to once a second. What you do "
           "yourself is drawn at once.</p>"));
    auto *threads = number("threadsSpin", tr("T&hreads"), preference::threads, 0, 256, 1);
    threads->setSpecialValueText(tr("one for each core"));
    threads->setToolTip(
        tr("<p>With how many the processor computes. The video is the same with any number. Holds "
           "from the next run on.</p>"));
}

void GeneralPage::buildFiles()
{
    heading(tr("Files"));
    auto *field = new QWidget(this);
    auto *line = new QHBoxLayout(field);
    line->setContentsMargins(0, 0, 0, 0);
    auto *folder = new QLineEdit(field);
    folder->setObjectName(QStringLiteral("libraryFolderEdit"));
    folder->setAccessibleName(tr("Folder of the library"));
    folder->setPlaceholderText(tr("where the system keeps data of programs"));
    auto *ask = new QToolButton(field);
    ask->setObjectName(QStringLiteral("libraryFolderButton"));
    ask->setText(QStringLiteral("…"));
    ask->setAccessibleName(tr("Choose the library's folder"));
    line->addWidget(folder, 1);
    line->addWidget(ask);
    auto *label = new QLabel(tr("Li&brary"), this);
    label->setBuddy(folder);
    form_->addRow(label, field);
    preferences_.follow(preference::libraryFolder, folder,
                        [folder](const QString &chosen) { folder->setText(chosen); });
    connect(folder, &QLineEdit::editingFinished, this,
            [this, folder] { preferences_.set(preference::libraryFolder, folder->text().trimmed()); });
    connect(ask, &QToolButton::clicked, this, [this, folder] {
        const QString chosen = askForFolder(folder->text());
        if (!chosen.isEmpty())
            preferences_.set(preference::libraryFolder, chosen);
    });
}

} // namespace fastcar::ui
