// SPDX-License-Identifier: Apache-2.0
#include "ui/bridge/model_opener.h"

#include "ui/models/engine_words.h"

namespace fastcar::ui {

void ModelOpener::open(const QString &folder)
{
    if (job_.running())
        next_ = folder;
    else
        start(folder);
}

void ModelOpener::start(const QString &folder)
{
    const std::filesystem::path path = folder.toStdString();
    job_.start(
        this, [path] { return Model::open(path); },
        [this, folder](Result<Model> model) {
            if (!next_.isEmpty()) {
                start(std::exchange(next_, {}));
                return;
            }
            emit openingChanged(false);
            if (model)
                emit opened(*model);
            else
                emit failed(folder, engineWords(model.error()));
        });
    emit openingChanged(true);
}

} // namespace fastcar::ui
