/* The registry of architectures: one row each. */
#include "model/architecture.h"

#include <stddef.h>

#include "model/bert.h"
#include "model/encoder.h"
#include "model/gpt.h"
#include "model/lstm.h"
#include "model/t5.h"

static const SpecEntry *const entries[] = {&gpt.entry,  &lstm.entry, &encoder.entry,
                                           &bert.entry, &t5.entry,   NULL};

const SpecRegistry architectures = {"architecture", entries};

const Architecture *architecture_of(const SpecEntryChoice *choice)
{
    return (const Architecture *)choice->entry; /* the entry is the first member of its row */
}

bool architecture_language_model(TensorTable *table, const Architecture *architecture,
                                 const void *spec, int n_vocab, Error *err)
{
    const Top *readout = architecture->readout;
    return architecture->weights(table, spec, n_vocab, err) &&
           (!readout ||
            readout->weights(table, architecture->shape(spec).n_channel, n_vocab, err) >= 0);
}

bool architecture_continues_text(const Architecture *architecture)
{
    return architecture->mask == ATTENTION_CAUSAL && !architecture->reads_source;
}
