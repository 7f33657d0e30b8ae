// SPDX-License-Identifier: Apache-2.0
//
// What a person has set for the program, and what it keeps of how they left it: each value by its typed name
// in `preference`, over one QSettings. Nobody else knows a key. A value that is set reaches the disk when the
// event loop turns, and the file is replaced as a whole: a program that is killed leaves either the old or
// the new one.
//
//     preferences.set(preference::theme, Theme::Light);
//     preferences.follow(preference::textPercent, this, [](int percent) { ... });   // now, and at every
//     change
#pragma once

#include <QByteArray>
#include <QMetaEnum>
#include <QObject>
#include <QSettings>
#include <QString>
#include <QStringList>

#include <memory>
#include <type_traits>

namespace fastcar::ui {

/// A value that is kept: under which key, and what it is before anybody has set it.
template <typename T>
struct Preference {
    const char *key;
    T atFirst;
};

namespace preference {
Q_NAMESPACE

enum class Theme { System, Dark, Light };
Q_ENUM_NS(Theme)
enum class Drawing { Vulkan, Painter };
Q_ENUM_NS(Drawing)
/// How closely the views follow a run, which loses the time that they take.
enum class Views { Smooth, Balanced, Sparing };
Q_ENUM_NS(Views)

// What a person wishes. reset() forgets it.
inline const Preference<Theme> theme{"preferences/theme", Theme::Dark};
inline const Preference<int> textPercent{"preferences/textPercent", 100};
inline const Preference<QString> language{"preferences/language", {}}; // "de"; empty: the system's
inline const Preference<Drawing> drawing{"preferences/drawing", Drawing::Vulkan};
inline const Preference<int> previewsPerSecond{"preferences/previewsPerSecond", 15};
inline const Preference<Views> views{"preferences/views", Views::Balanced};
inline const Preference<bool> headScores{"preferences/headScores", false}; // are recorded
inline const Preference<int> threads{"preferences/threads", 0};    // 0: one for each core
inline const Preference<QString> device{"preferences/device", {}}; // empty: that of the last run
inline const Preference<QString> libraryFolder{"preferences/library",
                                               {}}; // empty: where the system keeps data
inline const Preference<QStringList> shortcuts{"preferences/shortcuts",
                                               {}}; // those that differ (action_catalog.h)

// How things were left.
inline const Preference<QString> runSettings{"session/runSettings", {}}; // as JSON
inline const Preference<bool> seedLocked{"session/seedLocked", false};
inline const Preference<QString> modelFolder{"session/modelFolder", {}};       // empty: the default model
inline const Preference<QStringList> recentModels{"session/recentModels", {}}; // newest first
inline const Preference<QString> saveFolder{"session/saveFolder", {}};
inline const Preference<QString> card{"session/card", {}};
inline const Preference<QByteArray> geometry{"session/geometry", {}};
inline const Preference<QByteArray> layouts{"session/layouts", {}}; // panel_docks.h
inline const Preference<QString> compareLook{"session/compareLook", {}};   // as JSON, compare_look.h
inline const Preference<QString> exportChoice{"session/exportChoice", {}}; // as JSON, export_choice.h

} // namespace preference

class Preferences : public QObject {
    Q_OBJECT
public:
    explicit Preferences(std::unique_ptr<QSettings> store, QObject *parent = nullptr);
    ~Preferences() override;

    template <typename T>
    T get(const Preference<T> &preference) const
    {
        return fromStored<T>(stored(preference.key), preference.atFirst);
    }

    template <typename T>
    void set(const Preference<T> &preference, const T &value)
    {
        if (get(preference) == value)
            return;
        if (value == preference.atFirst)
            forget(preference.key);
        else
            put(preference.key, toStored(value));
        emit changed(QLatin1String(preference.key));
    }

    /// `act(value)`, now and whenever the value changes, as long as `context` lives.
    template <typename T, typename Act>
    void follow(const Preference<T> &preference, QObject *context, Act act)
    {
        connect(this, &Preferences::changed, context, [this, preference, act](const QString &key) {
            if (key == QLatin1String(preference.key))
                act(get(preference));
        });
        act(get(preference));
    }

    /// All wishes are again what they are at first; how things were left stays.
    void reset();
    /// Onto the disk now. False: that was not possible.
    bool write();
    QString file() const;

signals:
    void changed(const QString &key);

private:
    template <typename T>
    static T fromStored(const QVariant &stored, const T &atFirst)
    {
        if (!stored.isValid())
            return atFirst;
        if constexpr (std::is_enum_v<T>) { // by its name, which a person can read in the file
            bool known = false;
            const int value = QMetaEnum::fromType<T>().keyToValue(stored.toByteArray().constData(), &known);
            return known ? static_cast<T>(value) : atFirst;
        } else {
            QVariant value = stored;
            return value.convert(QMetaType::fromType<T>()) ? value.value<T>() : atFirst;
        }
    }

    template <typename T>
    static QVariant toStored(const T &value)
    {
        if constexpr (std::is_enum_v<T>)
            return QString::fromLatin1(QMetaEnum::fromType<T>().valueToKey(static_cast<int>(value)));
        else
            return QVariant::fromValue(value);
    }

    QVariant stored(const char *key) const;
    void put(const char *key, const QVariant &value);
    void forget(const char *key);

    std::unique_ptr<QSettings> store_;
};

} // namespace fastcar::ui
