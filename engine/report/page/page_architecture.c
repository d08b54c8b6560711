#include "report/page/page_architecture.h"

const Architecture *page_architecture_of(const ExperimentCell *cell)
{
    const Json *model = cell && cell->json ? json_get(cell->json, "model") : NULL;
    const Json *name = model ? json_get(model, architectures.kind) : NULL;
    return name ? (const Architecture *)spec_registry_find(&architectures, json_text(name)) : NULL;
}
