#include "measure/likelihood.h"

#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "base/progress.h"
#include "learner/tied_softmax.h"

enum { LIKELIHOOD_ROWS = 2048 };

LearnerSetup likelihood_setup(const SpecEntryChoice *model, const Kernels *kernels, int n_vocab)
{
    int n_context = architecture_of(model)->shape(model->spec).n_context;
    int rows = n_context > LIKELIHOOD_ROWS ? n_context : LIKELIHOOD_ROWS;
    return (LearnerSetup){.model = model,
                          .kernels = kernels,
                          .n_vocab = n_vocab,
                          .max_rows = rows,
                          .max_sequences = rows};
}

/* One pass: texts begin..end, of which those with anything to score are sequences of the batch. */
typedef struct Pass {
    Learner *learner;
    const LikelihoodTexts *texts;
    int begin, end, n_sequences, n_scored;
    int *token, *start;
    int *row, *text; /* [n_scored]: where a scored token is predicted, and whose it is */
    bool *likeliest; /* [n_scored] */
} Pass;

static bool pass_create(Pass *pass, Learner *learner, const LikelihoodTexts *texts, Arena *arena,
                        Error *err)
{
    size_t rows = (size_t)learner->max_rows;
    *pass = (Pass){
        .learner = learner,
        .texts = texts,
        .token = arena_alloc(arena, rows, sizeof(int), err),
        .start = arena_alloc(arena, (size_t)learner->max_sequences + 1, sizeof(int), err),
        .row = arena_alloc(arena, rows, sizeof(int), err),
        .text = arena_alloc(arena, rows, sizeof(int), err),
        .likeliest = arena_alloc(arena, rows, sizeof(bool), err),
    };
    return pass->token && pass->start && pass->row && pass->text && pass->likeliest;
}

/* The last token of a text is predicted, never read. */
static int rows_of(const LikelihoodTexts *texts, int q)
{
    int length = texts->start[q + 1] - texts->start[q];
    return length > texts->from[q] ? length - 1 : 0;
}

/* As many texts from pass->end on as fit. */
static void pack(Pass *pass)
{
    const LikelihoodTexts *texts = pass->texts;
    int row = 0, S = 0, n = 0, q = pass->end;
    pass->begin = q;
    for (; q < texts->n && S < pass->learner->max_sequences; q++) {
        int rows = rows_of(texts, q);
        const int *token = texts->token + texts->start[q];
        if (rows == 0) continue;
        if (row + rows > pass->learner->max_rows) break;
        memcpy(pass->token + row, token, (size_t)rows * sizeof(int));
        for (int i = texts->from[q]; i <= rows; i++, n++) {
            pass->row[n] = row + i - 1;
            pass->text[n] = q;
            pass->learner->target[n] = token[i];
        }
        pass->start[S++] = row;
        row += rows;
    }
    pass->start[S] = row;
    pass->end = q;
    pass->n_sequences = S;
    pass->n_scored = n;
}

static bool run(Pass *pass, bool with_first, Error *err)
{
    parallel_may_stop();
    Batch batch = learner_batch(pass->learner, pass->token, pass->start, pass->n_sequences);
    learner_forward(pass->learner, &batch, false, (RngKey){0});
    learner_keep_states(pass->learner, pass->row, pass->n_scored);
    Batch kept = {.target.N = pass->n_scored};
    tied_softmax_loss(pass->learner, &kept, pass->learner->target, NULL, NULL);
    if (with_first)
        tied_softmax_likeliest(pass->likeliest, pass->learner, pass->learner->target,
                               pass->n_scored);
    return parallel_whole(err);
}

static bool add_up(const Pass *pass, Likelihoods *likelihoods, Error *err)
{
    for (int n = 0; n < pass->n_scored; n++) {
        int q = pass->text[n];
        likelihoods->sum[q] -= (double)pass->learner->row_loss[n];
        likelihoods->count[q]++;
        if (likelihoods->first) likelihoods->first[q] &= pass->likeliest[n];
        if (!isfinite(likelihoods->sum[q]))
            return error_set(err, "the log-likelihood of text %d, %g, is not a finite number",
                             q + 1, likelihoods->sum[q]);
    }
    return true;
}

static bool allocate(Likelihoods *likelihoods, int n, bool with_first, Arena *arena, Error *err)
{
    *likelihoods = (Likelihoods){
        .sum = arena_alloc(arena, (size_t)n, sizeof(double), err),
        .count = arena_alloc(arena, (size_t)n, sizeof(int), err),
    };
    if (!likelihoods->sum || !likelihoods->count) return false;
    if (!with_first) return true;
    likelihoods->first = arena_alloc(arena, (size_t)n, sizeof(bool), err);
    if (!likelihoods->first) return false;
    memset(likelihoods->first, true, (size_t)n * sizeof(bool));
    return true;
}

bool likelihood_measure(Likelihoods *likelihoods, Learner *learner, const LikelihoodTexts *texts,
                        bool with_first, const char *title, Arena *arena, Error *err)
{
    Pass pass;
    Progress progress;
    if (!learner_check_finite(learner, err) ||
        !allocate(likelihoods, texts->n, with_first, arena, err) ||
        !pass_create(&pass, learner, texts, arena, err))
        return false;
    progress_begin(&progress, "texts", (double)texts->n, 0, "%s", title);
    while (pass.end < texts->n) {
        pack(&pass);
        if (pass.n_scored > 0 && (!run(&pass, with_first, err) || !add_up(&pass, likelihoods, err)))
            return false;
        progress_report(&progress, (double)pass.end);
    }
    progress_end(&progress);
    return true;
}
