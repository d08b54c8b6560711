/* Stages: pure functions of their inputs, with a key that names those inputs (DESIGN, "Stages
 * and the store").
 *
 * The key is the SHA-256 of the canonical JSON of a stage's document: the fields that matter to
 * it (defaults left out, so that a new option invalidates nothing), the keys of the stages it
 * reads, the content hashes of its data, and the numerics version of its code.
 *
 * Output is a folder, store/KIND/KEY/, written beside as KEY.part and renamed when complete.
 * What is there is not made again; a stage that was cut off resumes from its .part folder to the
 * same bits. */
#ifndef PLAN_STAGE_H
#define PLAN_STAGE_H

#include "base/hash.h"
#include "base/json.h"
#include "kernels/kernels.h"

typedef struct Stage Stage;
typedef struct StageServices StageServices; /* stages/stage_row.h */

/* What a graph knows of a kind of stage. */
typedef struct StageKind {
    const char *name; /* "pretrain"; also the folder in the store */
    int version; /* of its numerics: changes whenever the same document would give other numbers */
    /* Writes the outputs into `folder`, which exists and may hold an interrupted run. */
    bool (*run)(const Stage *stage, const char *folder, Error *err);
    const char *resume_file; /* that an interrupted run goes on from; NULL: none */
    bool alone;              /* measures time: no other stage of the graph runs beside it */
} StageKind;

/* What a stage is expected to take. */
typedef struct StageCost {
    double tokens;       /* processed: trained on, scored or encoded */
    double flops;        /* floating-point operations of matrix products and attention ... */
    Precision precision; /* ... and what their operands are */
    int n_channel; /* of a state: the wider, the less there is beside products; 0: no products */
    /* Of the model, with special tokens and head where it is fine-tuned; 0: none. */
    size_t n_parameters;
    size_t memory_bytes;  /* of the model and its passes */
    double least_seconds; /* that it takes on any machine, however fast */
    double seconds;       /* by the machine's measured rate; 0: unknown or next to nothing */
} StageCost;

enum { STAGE_MAX_INPUTS = 4 };

/* Whether the plan wants a stage's output (experiment/selection.h). */
typedef enum StageNeed { STAGE_NEEDED, STAGE_IF_CHOSEN, STAGE_NOT_CHOSEN } StageNeed;

struct Stage {
    const StageKind *kind;
    const char *title;  /* "fine-tune cola, full, seed 1" */
    const char *folder; /* complete output */
    HashText key;
    Json *document; /* what the key is the hash of */
    int n_inputs;
    Stage *input[STAGE_MAX_INPUTS]; /* stages it reads; all finish before it runs */
    const void
        *asked; /* the kind's own struct, as it was asked for: what the document has not, which
                          changes no number, is taken from it */
    const StageServices *services; /* the graph's, handed on to the run */
    StageCost cost;
    StageNeed need;
    bool done; /* complete in the store */
};

/* Beside a stage's folder .../KEY, under the same name with one of these at its end. */
#define STAGE_PART    ".part"    /* output that is not complete */
#define STAGE_LOCK    ".lock"    /* held by whoever writes or removes the former */
#define STAGE_DAMAGED ".damaged" /* set aside: it was not what had been written */

/* Needed and not done; "cached", "to do", "if chosen" or "not chosen". */
bool stage_is_to_do(const Stage *stage);
const char *stage_state(const Stage *stage);

/* To do, and all that it reads is done. */
bool stage_is_ready(const Stage *stage);

/* The stage of this kind among those that it reads; NULL: it reads none. */
const Stage *stage_input(const Stage *stage, const StageKind *kind);

/* Document of a stage: {"stage": kind, "version": N}; members are added before stage_seal. */
Json *stage_document(const StageKind *kind, Arena *arena, Error *err) MUST_USE;

/* Adds the keys of the inputs to the document, hashes it, and finds out whether it is done. */
bool stage_seal(Stage *stage, const char *store, Arena *arena, Error *err) MUST_USE;

/* Whoever writes or removes KEY.part holds the lock of `folder` (.../KEY) meanwhile: until the
 * arena is reset, or stage_unlock for good, when the stage is done or gone. *held is false when
 * another process has it. */
bool stage_lock(bool *held, const char *folder, Arena *arena, Error *err) MUST_USE;
bool stage_unlock(const char *folder, Arena *arena, Error *err) MUST_USE;

#endif
