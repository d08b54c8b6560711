#include "measure/perplexity.h"

#include <math.h>

#include "base/elementary.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "learner/objectives.h"

static bool collect(PerplexityReport *report, const TokenFile *file, const bool *wanted,
                    size_t *slot, Arena *arena, Error *err)
{
    *report = (PerplexityReport){0};
    report->documents = arena_alloc(arena, file->n_documents, sizeof(DocumentScore), err);
    if (!report->documents) return false;
    for (size_t d = 0; d < file->n_documents; d++) {
        slot[d] = report->n;
        if (wanted[d]) report->documents[report->n++].name = file->name[d];
    }
    return true;
}

static bool sum_up(PerplexityReport *report, Error *err)
{
    for (size_t d = 0; d < report->n; d++) {
        const DocumentScore *document = &report->documents[d];
        if (!isfinite(document->loss))
            return error_set(err, "the loss of document '%s', %g, is not a finite number",
                             document->name, document->loss);
        report->loss += document->loss;
    }
    if (report->n_tokens)
        report->perplexity = elementary_exp64(report->loss / (double)report->n_tokens);
    if (report->n_bytes)
        report->bits_per_byte = report->loss / (elementary_log64(2) * (double)report->n_bytes);
    return isfinite(report->perplexity) ||
           error_set(err, "the perplexity, exp(%g / %zu), is not a finite number", report->loss,
                     report->n_tokens);
}

/* Adds the losses of one window, in rows begin..end, to its document's and the whole. */
static void add_window(PerplexityReport *report, DocumentScore *document, const Learner *learner,
                       int begin, int end, const int *token_bytes, int n_text)
{
    for (int row = begin; row < end; row++) {
        const int target = learner->target[row];
        if (target < 0) continue;
        document->loss += (double)learner->row_loss[row];
        document->n_tokens++;
        report->n_tokens++;
        if (token_bytes && target < n_text) report->n_bytes += (size_t)token_bytes[target];
    }
}

bool perplexity_measure(PerplexityReport *report, Learner *learner, const WindowsQuestion *question,
                        const TokenFile *file, const bool *wanted, const int *token_bytes,
                        Arena *arena, Error *err)
{
    Windows windows;
    size_t *slot = arena_alloc(arena, file->n_documents, sizeof(size_t), err), n_read = 0;
    WindowsPack pack;
    if (!slot || !windows_pack_create(&pack, learner, question, arena, err) ||
        !learner_check_finite(learner, err) || !collect(report, file, wanted, slot, arena, err) ||
        !windows_cut(&windows, file, wanted,
                     objectives_text_length(learner->architecture, learner->shape.n_context), arena,
                     err))
        return false;
    Progress progress;
    progress_begin(&progress, "tokens", (double)windows.n_positions, 0, "held-out perplexity");
    for (size_t first = 0; first < windows.n;) {
        size_t count = windows_pack_held_out(&pack, learner, &windows, first, file);
        Batch batch = windows_pack_batch(&pack, learner);
        parallel_may_stop();
        learner_forward(learner, &batch, false, (RngKey){0});
        question->objective->loss(learner, &batch, learner->target, NULL, NULL);
        if (!parallel_whole(err)) return false;
        for (size_t w = 0; w < count; w++) {
            n_read += windows.items[first + w].length;
            const size_t d = slot[windows.items[first + w].document];
            add_window(report, &report->documents[d], learner, pack.start[w], pack.start[w + 1],
                       token_bytes, question->special.n_text);
        }
        first += count;
        progress_report(&progress, (double)n_read);
    }
    progress_end(&progress);
    return sum_up(report, err);
}
