#include "report/page/page_architecture.h"

#include <string.h>

const Architecture *page_architecture_at(const Result *result, size_t cell)
{
    const Json *settings = result->experiment->cells[cell].json;
    const Json *model = settings ? json_get(settings, "model") : NULL;
    const Json *name = model ? json_get(model, architectures.kind) : NULL;
    return name ? (const Architecture *)spec_registry_find(&architectures, json_text(name)) : NULL;
}

const Architecture *page_architecture_of(const Result *result, const char *cell)
{
    const Experiment *experiment = result->experiment;
    for (size_t c = 0; c < experiment->n_cells; c++)
        if (!strcmp(experiment->cells[c].name, cell)) return page_architecture_at(result, c);
    return NULL;
}
