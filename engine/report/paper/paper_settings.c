#include <string.h>

#include "analysis/cell_words.h"
#include "base/escape.h"
#include "report/paper/paper_parts.h"

/* What is told of models and trainings, in this order; what no result sets is left out. */
static const struct Told {
    const char *path, *name;
} told[] = {
    {"corpus.data", "text"},
    {"tokenizer.method", "tokenizer"},
    {"tokenizer.merges", "merges"},
    {"model.n_layer", "layers"},
    {"model.n_channel", "width"},
    {"model.n_hidden", "hidden units"},
    {"model.n_head", "heads"},
    {"model.n_context", "context, in tokens"},
    {"model.dropout", "dropout"},
    {"pretrain.published", "published weights"},
    {"pretrain.tokens", "tokens of pre-training"},
    {"pretrain.batch", "batch of pre-training, in sequences"},
    {"pretrain.learning_rate", "learning rate of pre-training"},
    {"pretrain.precision", "products of pre-training"},
    {"finetune.train_examples", "labelled examples, at most"},
    {"finetune.epochs", "epochs of fine-tuning"},
    {"finetune.batch", "batch of fine-tuning, in examples"},
    {"finetune.learning_rate", "learning rate of fine-tuning"},
    {"finetune.lm_coefficient", "$\\lambda$"},
    {"finetune.precision", "products of fine-tuning"},
};
enum { N_TOLD = sizeof told / sizeof *told };

/* A value, and where it is used: in how many cells, and in which experiments. */
typedef struct Used {
    const Json *value;
    size_t n_cells;
    TextList experiments;
} Used;

typedef struct UsedList {
    size_t n;
    Used *items;
} UsedList;

static const Json *value_at(const Json *settings, const char *path)
{
    char section[64];
    const char *dot = strchr(path, '.');
    const size_t size = (size_t)(dot - path);
    memcpy(section, path, size);
    section[size] = '\0';
    const Json *inside = json_get(settings, section);
    return inside && json_type(inside) == JSON_OBJECT_VALUE ? json_get(inside, dot + 1) : NULL;
}

static Used *find_used(UsedList *list, const Json *value, size_t most, Arena *arena, Error *err)
{
    for (size_t i = 0; i < list->n; i++)
        if (json_same(list->items[i].value, value)) return &list->items[i];
    Used *used = &list->items[list->n++];
    *used = (Used){value, 0, {.text = arena_alloc(arena, most, sizeof(char *), err)}};
    return used->experiments.text ? used : NULL;
}

/* The cells of one scale and one architecture. */
typedef struct Chosen {
    const PaperResults *results;
    const char *scale, *architecture;
} Chosen;

static bool is_chosen(const Chosen *chosen, const Json *settings)
{
    const Json *architecture = value_at(settings, "model.architecture");
    return architecture && !strcmp(json_text(architecture), chosen->architecture);
}

static bool collect_of(UsedList *list, const char *path, const Chosen *chosen,
                       const Experiment *experiment, Arena *arena, Error *err)
{
    for (size_t c = 0; c < experiment->n_cells; c++) {
        const Json *settings = experiment->cells[c].json;
        const Json *selected = experiment->select ? json_get(experiment->select, path) : NULL;
        const Json *value = selected ? selected : value_at(settings, path);
        if (!is_chosen(chosen, settings) || !value || json_type(value) == JSON_NULL_VALUE) continue;
        Used *used = find_used(list, value, chosen->results->n, arena, err);
        if (!used) return false;
        used->n_cells++;
        spec_list_place(&used->experiments, experiment->name);
    }
    return true;
}

static bool collect(UsedList *list, const char *path, const Chosen *chosen, Arena *arena,
                    Error *err)
{
    const PaperResults *results = chosen->results;
    size_t n_cells = 0;
    for (size_t i = 0; i < results->n; i++) n_cells += results->items[i].experiment->n_cells;
    *list = (UsedList){0, arena_alloc(arena, n_cells + 1, sizeof(Used), err)};
    if (!list->items) return false;
    for (size_t i = 0; i < results->n; i++) {
        const Experiment *experiment = results->items[i].experiment;
        if (!strcmp(experiment->scale, chosen->scale) &&
            !collect_of(list, path, chosen, experiment, arena, err))
            return false;
    }
    return true;
}

static bool write_experiments(Buffer *latex, const Used *used, Error *err)
{
    enum { MOST_NAMED = 3 };
    if (used->experiments.n > MOST_NAMED)
        return escape_latex_format(latex, err, " (%zu experiments)", used->experiments.n);
    for (size_t i = 0; i < used->experiments.n; i++) {
        const char *name = used->experiments.text[i];
        if (!escape_latex_format(
                latex, err, i ? ", \\toquestion{%s}{%s}" : " (\\toquestion{%s}{%s}", name, name))
            return false;
    }
    return buffer_add_char(latex, ')', err);
}

static bool same_experiments(const Used *a, const Used *b)
{
    if (a->experiments.n != b->experiments.n) return false;
    for (size_t i = 0; i < a->experiments.n; i++)
        if (strcmp(a->experiments.text[i], b->experiments.text[i]) != 0) return false;
    return true;
}

/* A list: what validation data choose from. */
static bool add_candidates(Buffer *text, const Json *list, Error *err)
{
    for (size_t i = 0; i < json_size(list); i++)
        if ((i > 0 && !buffer_add_text(text, " or ", err)) ||
            !cell_words_value(text, json_at(list, i), err))
            return false;
    return buffer_add_text(text, ", chosen by validation scores", err);
}

static bool write_value(Buffer *latex, const Used *used, const char *format, Error *err)
{
    Buffer value = buffer_create(latex->arena);
    const bool is_list = json_type(used->value) == JSON_LIST_VALUE;
    return (is_list ? add_candidates(&value, used->value, err)
                    : cell_words_value(&value, used->value, err)) &&
           escape_latex_format(latex, err, format, value.data);
}

/* The commonest value, then the others with the experiments that use them. */
static bool write_values(Buffer *latex, UsedList *list, Error *err)
{
    size_t first = 0;
    for (size_t i = 1; i < list->n; i++)
        if (list->items[i].n_cells > list->items[first].n_cells) first = i;
    if (list->n == 0) return true;
    if (!write_value(latex, &list->items[first], "%s", err)) return false;
    list->items[first].n_cells = 0; /* it is said */
    for (size_t i = 0; i < list->n; i++) {
        Used *used = &list->items[i];
        const char *format = "; %s";
        for (size_t k = i; k < list->n && used->n_cells > 0; k++) {
            Used *other = &list->items[k];
            if (k > i && (other->n_cells == 0 || !same_experiments(used, other))) continue;
            if (!write_value(latex, other, format, err)) return false;
            if (k > i) other->n_cells = 0;
            format = ", %s";
        }
        if (used->n_cells > 0 && !write_experiments(latex, used, err)) return false;
    }
    return true;
}

static const struct Column {
    const char *word, *name;
} columns[] = {{"gpt", "Transformer"}, {"lstm", "LSTM"}};
enum { N_COLUMNS = sizeof columns / sizeof *columns };

static bool write_row(Buffer *latex, const struct Told *setting, const Chosen *scale, Error *err)
{
    UsedList lists[N_COLUMNS];
    size_t n = 0;
    for (int a = 0; a < N_COLUMNS; a++) {
        const Chosen chosen = {scale->results, scale->scale, columns[a].word};
        if (!collect(&lists[a], setting->path, &chosen, latex->arena, err)) return false;
        n += lists[a].n;
    }
    if (n == 0) return true;
    if (!buffer_add_text(latex, setting->name, err)) return false;
    for (int a = 0; a < N_COLUMNS; a++)
        if (!buffer_add_text(latex, " & ", err) || !write_values(latex, &lists[a], err))
            return false;
    return buffer_add_text(latex, " \\\\\n", err);
}

static bool write_scale(Buffer *latex, const Chosen *scale, Error *err)
{
    static const char begin[] =
        "\\begin{longtable}{p{0.24\\linewidth}p{0.42\\linewidth}p{0.26\\linewidth}}\n\\toprule\n"
        "setting";
    if (!escape_latex_format(latex, err, "\n\\atscale{%s}\n\n", scale->scale) ||
        !buffer_add_text(latex, begin, err))
        return false;
    for (int a = 0; a < N_COLUMNS; a++)
        if (!buffer_format(latex, err, " & %s", columns[a].name)) return false;
    if (!buffer_add_text(latex, " \\\\\n\\midrule\n\\endhead\n", err)) return false;
    for (size_t t = 0; t < N_TOLD; t++)
        if (!write_row(latex, &told[t], scale, err)) return false;
    return buffer_add_text(latex, "\\bottomrule\n\\end{longtable}\n", err);
}

bool paper_settings(Buffer *latex, const PaperResults *results, Error *err)
{
    for (size_t i = 0; i < results->n; i++) {
        const Chosen scale = {results, results->items[i].experiment->scale, NULL};
        if (paper_results_begins_scale(results, i) && !write_scale(latex, &scale, err))
            return false;
    }
    return true;
}
