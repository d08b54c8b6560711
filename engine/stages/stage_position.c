#include "stages/stage_position.h"

#include "measure/position.h"
#include "model/architecture.h"
#include "stages/corpus_planned.h"
#include "stages/estimate_probe.h"
#include "stages/pretrained.h"
#include "stages/probe_file.h"
#include "stages/stage_tokenizer.h"
#include "stages/stage_tokens.h"

enum { POSITION_NUMERICS_VERSION = 1 };

static bool check_text(const CorpusText *text, int n_context, Error *err)
{
    return corpus_text_check_held_out(
        text, "position", n_context, "a larger corpus.held_out, or a smaller model.n_context", err);
}

static bool check(const StageRequest *request, Error *err)
{
    const SpecEntryChoice *model = &request->settings->model;
    CorpusText text;
    return corpus_planned(&text, request, err) &&
           check_text(&text, architecture_of(model)->shape(model->spec).n_context, err);
}

static const char *title(const StageRequest *request, const void *document, Arena *arena,
                         Error *err)
{
    (void)document;
    (void)arena;
    (void)err;
    return request->cell;
}

static bool fill_curve(ProbePoints *probe, const PositionReport *report, Arena *arena, Error *err)
{
    size_t n = report->n_documents, points = (size_t)report->n_positions;
    *probe = (ProbePoints){.n_points = report->n_positions,
                           .n_units = (int)n,
                           .x = arena_alloc(arena, points, sizeof(double), err),
                           .value = arena_alloc(arena, points, sizeof(double), err),
                           .unit = report->loss,
                           .weight = arena_alloc(arena, points * n, sizeof(double), err)};
    if (!probe->x || !probe->value || !probe->weight) return false;
    for (size_t p = 0; p < points; p++) {
        double loss = 0, windows = 0;
        for (size_t d = 0; d < n; d++) {
            probe->weight[p * n + d] = report->windows[d];
            loss += report->loss[p * n + d];
            windows += report->windows[d];
        }
        probe->x[p] = (double)p + 1;
        probe->value[p] = loss / windows;
    }
    return true;
}

static bool run_stage(const StageRun *run, Error *err)
{
    Pretrained model;
    StageTokens tokens;
    PositionReport report;
    ProbePoints probe;
    if (!pretrained_load(&model, run, run->document, err) ||
        !stage_tokens_open(&tokens, run, model.learner.n_vocab, model.made_from.held_out, err))
        return false;
    const CorpusText text = corpus_text_counted(&tokens.file, tokens.held_out);
    if (!check_text(&text, model.learner.shape.n_context, err) ||
        !position_measure(&report, &model.learner, &tokens.file, tokens.held_out, run->arena, err))
        return false;
    Json *more = json_new_object(run->arena, err);
    return more && fill_curve(&probe, &report, run->arena, err) &&
           probe_file_write(run->folder, &probe, more, run->arena, err);
}

const StageRow stage_position = {
    .kind = {.name = "position", .version = POSITION_NUMERICS_VERSION, .run = stage_row_run},
    .help = "measures the loss of held-out text by position in the context",
    .inputs = {&stage_pretrain, &stage_tokens, &stage_tokenizer},
    .applies = settings_pretrains,
    .document = &arithmetic_table,
    .check = check,
    .fill = arithmetic_fill,
    .title = title,
    .cost = estimate_probe_position,
    .run = run_stage,
};
