// SPDX-License-Identifier: Apache-2.0
#include "ui/hardware/model_of_run.h"

#include "engine/text/prompt.h"

#include <algorithm>

namespace fastcar::ui {

const Model *modelOfRun(const Trace &trace, const QueueRunner &runner, const RunSettingsModel &form)
{
    const std::filesystem::path folder = trace.settings().modelFolder;
    const Model *running = runner.model() ? &*runner.model() : nullptr;
    const Model *chosen = form.hasModel() ? &form.model() : nullptr;
    for (const Model *model : {running, chosen})
        if (model && model->checkpoint->folder() == folder)
            return model;
    for (const Model *model : {running, chosen})
        if (model && traceShape(model->checkpoint->config(), trace.settings()) == trace.shape())
            return model;
    return nullptr;
}

int promptTokens(const Model &model, const RunSettings &run)
{
    const auto ids = encodePrompt(*model.tokenizer, run.prompt);
    return ids ? static_cast<int>(std::max(ids->conditional.size(), ids->unconditional.size())) : 0;
}

} // namespace fastcar::ui
