#include "measure/likelihood.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "base/progress.h"
#include "learner/objectives.h"
#include "learner/tied_softmax.h"

enum { LIKELIHOOD_ROWS = 2048 };

LearnerSetup likelihood_setup(const SpecEntryChoice *model, const Kernels *kernels, TextTokens text)
{
    const Architecture *architecture = architecture_of(model);
    int n_context = architecture->shape(model->spec).n_context;
    int rows = n_context > LIKELIHOOD_ROWS ? n_context : LIKELIHOOD_ROWS;
    return (LearnerSetup){.model = model,
                          .kernels = kernels,
                          .text = text,
                          .n_vocab = objectives_tokens(architecture, text).n_language_model,
                          .max_rows = rows,
                          .max_sequences = rows};
}

int likelihood_longest(const Learner *learner)
{
    const Architecture *architecture = learner->architecture;
    return objectives_text_length(architecture, learner->shape.n_context) +
           objectives_of(architecture)->n_more;
}

int likelihood_passes(const Architecture *architecture, int n_scored, bool whole)
{
    return objectives_of(architecture)->n_questions(n_scored, whole);
}

/* One pass: questions about texts are the sequences of its batch. */
typedef struct Pass {
    Learner *learner;
    const Objective *objective;
    SpecialTokens special;
    const LikelihoodTexts *texts;
    int text_next, question_next; /* the first that no pass had yet */
    int n_sequences, n_scored;
    int *token, *start;
    int *source, *source_start;
    int *row, *text; /* [n_scored]: where a scored token is predicted, and whose it is */
    bool *likeliest; /* [n_scored] */
} Pass;

/* A question is written before it is known whether there is room for it. */
static bool pass_create(Pass *pass, Learner *learner, const LikelihoodTexts *texts, Arena *arena,
                        Error *err)
{
    const size_t rows = (size_t)learner->max_rows, sequences = (size_t)learner->max_sequences;
    const size_t tokens = rows + (size_t)learner->shape.n_context + SPECIAL_TOKENS_AROUND;
    *pass = (Pass){
        .learner = learner,
        .objective = objectives_of(learner->architecture),
        .special = objectives_tokens(learner->architecture, learner->text),
        .texts = texts,
        .token = arena_alloc(arena, tokens, sizeof(int), err),
        .start = arena_alloc(arena, sequences + 1, sizeof(int), err),
        .source = arena_alloc(arena, tokens, sizeof(int), err),
        .source_start = arena_alloc(arena, sequences + 1, sizeof(int), err),
        .row = arena_alloc(arena, rows, sizeof(int), err),
        .text = arena_alloc(arena, rows, sizeof(int), err),
        .likeliest = arena_alloc(arena, rows, sizeof(bool), err),
    };
    return pass->token && pass->start && pass->source && pass->source_start && pass->row &&
           pass->text && pass->likeliest;
}

/* False: there is no room for it. */
static bool add_question(Pass *pass, const ObjectiveStretch *stretch)
{
    const int S = pass->n_sequences, row = pass->start[S], source_row = pass->source_start[S];
    const int max_rows = pass->learner->max_rows;
    if (S == pass->learner->max_sequences) return false;
    const int before = special_tokens_before(&pass->special);
    ObjectiveQuestion question = {.token = pass->token + row + before,
                                  .source = pass->source + source_row};
    pass->objective->question(&question, stretch, pass->question_next, &pass->special);
    question.length = special_tokens_frame(pass->token + row, question.length, &pass->special);
    question.row += before;
    if (row + question.length > max_rows || source_row + question.n_source > max_rows) return false;
    for (int i = 0; i < question.n_scored; i++, pass->n_scored++) {
        pass->row[pass->n_scored] = row + question.row + i;
        pass->text[pass->n_scored] = pass->text_next;
        pass->learner->target[pass->n_scored] = stretch->token[question.scored + i];
    }
    pass->start[S + 1] = row + question.length;
    pass->source_start[S + 1] = source_row + question.n_source;
    pass->n_sequences++;
    return true;
}

/* As many questions as fit, about texts with anything to score. */
static void pack(Pass *pass)
{
    const LikelihoodTexts *texts = pass->texts;
    pass->n_sequences = pass->n_scored = 0;
    for (; pass->text_next < texts->n; pass->text_next++, pass->question_next = 0) {
        const int q = pass->text_next;
        const int length = texts->start[q + 1] - texts->start[q];
        const ObjectiveStretch stretch = {.token = texts->token + texts->start[q],
                                          .length = length,
                                          .from = texts->from[q],
                                          .until = texts->until ? texts->until[q] : length,
                                          .whole = texts->whole};
        const int n_scored = stretch.until - stretch.from;
        const int n = n_scored > 0 ? pass->objective->n_questions(n_scored, texts->whole) : 0;
        for (; pass->question_next < n; pass->question_next++)
            if (!add_question(pass, &stretch)) {
                assert(pass->n_sequences > 0); /* there is room for any one */
                return;
            }
    }
}

static bool run(Pass *pass, bool with_first, Error *err)
{
    parallel_may_stop();
    Batch batch = learner_batch_from(pass->learner, pass->token, pass->start, pass->source,
                                     pass->source_start, pass->n_sequences);
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
    while (pass.text_next < texts->n) {
        pack(&pass);
        if (pass.n_scored > 0 && (!run(&pass, with_first, err) || !add_up(&pass, likelihoods, err)))
            return false;
        progress_report(&progress, (double)pass.text_next);
    }
    progress_end(&progress);
    return true;
}
