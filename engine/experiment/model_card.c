#include "experiment/model_card.h"

#include <stdio.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/markdown.h"
#include "model/architecture.h"
#include "plan/stage_record.h"
#include "stages/stage_evaluate.h"
#include "stages/stage_finetune.h"
#include "stages/stage_pretrain.h"
#include "text/tokenizer.h"

#define CARD_FILE "README.md"

typedef struct Writing {
    const ModelCard *card;
    Buffer text;
    Arena *arena;
    Error *err;
} Writing;

/* What the library calls what a model is for, and what opens one with such a head. */
static const struct Kind {
    const char *pipeline, *opened_by, *call, *says;
} kinds[] = {
    [HUGGINGFACE_HEAD_CLASSES] =
        {"text-classification", "AutoModelForSequenceClassification", "model(**batch)",
         "`outputs` has a row an example and a column a class. The largest is the prediction; "
         "`model.config.id2label` names it.\n\n"},
    [HUGGINGFACE_HEAD_NUMBER] = {"text-classification", "AutoModelForSequenceClassification",
                                 "model(**batch)",
                                 "`outputs` has a row an example: its number, on the scale of the "
                                 "data, at whose ends it is not cut off.\n\n"},
    [HUGGINGFACE_HEAD_CHOICE] =
        {"multiple-choice", "AutoModelForMultipleChoice",
         "model(**{name: rows.unsqueeze(0) for name, rows in batch.items()})",
         "`outputs` has a row a question and a column an answer. The largest is the "
         "prediction.\n\n"},
};

static bool has_head(const ModelCard *card)
{
    return card->head != HUGGINGFACE_HEAD_NONE;
}

static bool add_title(Writing *w)
{
    const ModelCard *card = w->card;
    if (card->family &&
        !buffer_format(&w->text, w->err,
                       "---\nlibrary_name: transformers\npipeline_tag: %s\ntags:\n- %s\n---\n\n",
                       has_head(card) ? kinds[card->head].pipeline : card->family->pipeline,
                       card->family->model_type))
        return false;
    if (!markdown_format(&w->text, w->err, "# %s: %s at scale %s, %s\n\n",
                         card->model->plan->experiment->name, card->model->cell->name,
                         card->model->plan->experiment->scale,
                         card->model->task ? card->model->task->name : "language model"))
        return false;
    return markdown_format(&w->text, w->err, "A model of the architecture %s, %s.\n\n",
                           card->model->cell->settings->model.entry->name,
                           card->model->cell->settings->model.entry->help);
}

static bool add_layout(Writing *w)
{
    return buffer_add_text(
        &w->text,
        "## Use\n\n"
        "`model.json` says what the model is; `weights.safetensors` holds 32-bit values, matrices "
        "as [in, out]. `C` is the width of the states, `H` that of a layer, `V` the vocabulary, of "
        "a task with the start, delimiter and classify tokens at its end:\n\n"
        "| tensor | shape |\n|---|---|\n"
        "| `token_embedding.weight` | [V, C] |\n"
        "| `layer.L.input.weight` | [C or H, 4H]: input, forget, cell, output |\n"
        "| `layer.L.recurrent.weight` | [H, 4H] |\n| `layer.L.bias` | [4H] |\n"
        "| `projection.weight`, `projection.bias` | [H, C], [C]; absent where H = C |\n"
        "| `head.weight`, `head.bias` | of a task |\n\n"
        "The forget gates have 1 added to their bias. A state of zeros begins each sequence; "
        "logits "
        "are the projected states times the token table. `scripts/open-lstm.py` of the engine "
        "opens "
        "the folder in PyTorch. `vocabulary.json` and `merges.bpe` are the tokenizer in the "
        "original format.\n\n",
        w->err);
}

/* One example of the task: a text, two, or one with each of its answers. */
static const char *texts_of(DatasetForm form)
{
    if (form == DATASET_CLASSIFICATION) return "[\"a text\"]";
    if (form == DATASET_MULTIPLE_CHOICE) return "[\"a text\"] * 2, [\"an answer\", \"another\"]";
    return "[\"a text\"], [\"another text\"]";
}

static bool add_call(Writing *w)
{
    return buffer_format(&w->text, w->err,
                         "batch = tokenizer(%s, padding=True, truncation=True, "
                         "return_tensors=\"pt\")\noutputs = %s.logits\n",
                         texts_of(w->card->model->task->info->form), kinds[w->card->head].call);
}

static bool add_use(Writing *w)
{
    if (!w->card->family) return add_layout(w);
    const HuggingfaceFamily *family = w->card->family;
    const bool tells_pairs =
        !w->card->model->task && settings_tells_pairs(w->card->model->cell->settings);
    const char *model = has_head(w->card) ? kinds[w->card->head].opened_by
                        : tells_pairs     ? family->of_pairs.opened_by
                                          : family->opened_by;
    return buffer_format(&w->text, w->err,
                         "## Use\n\n```python\nfrom transformers import %s, AutoTokenizer\n\n"
                         "model = %s.from_pretrained(folder)\n"
                         "tokenizer = AutoTokenizer.from_pretrained(folder)\n",
                         model, model) &&
           (!has_head(w->card) || add_call(w)) && buffer_add_text(&w->text, "```\n\n", w->err) &&
           (!has_head(w->card) || buffer_add_text(&w->text, kinds[w->card->head].says, w->err));
}

static bool add_data_row(Writing *w, const char *use, const DatasetInfo *info)
{
    return markdown_format(&w->text, w->err, "| %s | ", use) &&
           (info->home ? markdown_link(&w->text, info->title, info->home, w->err)
                       : markdown_text(&w->text, info->title, w->err)) &&
           markdown_format(&w->text, w->err, " | %s |\n", dataset_stated(info->licence));
}

/* What is not said to be free for a use is not. */
static bool add_data(Writing *w)
{
    const PlanCell *cell = w->card->model->cell;
    const bool trained = cell->pretrain && !cell->weights;
    return buffer_add_text(&w->text, "## Data\n\n| used for | data | licence |\n|---|---|---|\n",
                           w->err) &&
           (!cell->weights || !cell->weights->info ||
            add_data_row(w, "weights to begin with", cell->weights->info)) &&
           (!trained || add_data_row(w, "pre-training", cell->corpus->info)) &&
           (trained && !cell->published
                ? true
                : add_data_row(w, "tokenizer",
                               (cell->published ? cell->published : cell->corpus)->info)) &&
           (!w->card->model->task || add_data_row(w, "fine-tuning", w->card->model->task->info)) &&
           buffer_add_text(&w->text,
                           "\nWhat these licences ask of copies may be asked of the model.\n\n",
                           w->err);
}

static bool add_command(Writing *w)
{
    const Experiment *experiment = w->card->model->plan->experiment;
    return buffer_add_text(&w->text, "```\nreprise run ", w->err) &&
           escape_shell(&w->text, experiment->name, w->err) &&
           buffer_add_text(&w->text, " --scale ", w->err) &&
           escape_shell(&w->text, experiment->scale, w->err) &&
           buffer_add_text(&w->text, "\n```\n\n", w->err);
}

static bool add_making(Writing *w)
{
    StageRecord record;
    const Stage *stage = w->card->model->stage;
    return buffer_add_text(&w->text, "## How it was made\n\n", w->err) && add_command(w) &&
           stage_record_read(&record, stage->folder, w->arena, w->err) &&
           markdown_format(&w->text, w->err,
                           "The stage `%s` of kind %s made it (%s), by engine %s, commit `%s`. The "
                           "same settings, data and seeds give the same bits.\n\n",
                           stage->key.text, stage->kind->name, record.finished, record.engine,
                           record.commit);
}

static bool add_number(Writing *w, const char *what, double value)
{
    return buffer_format(&w->text, w->err, "| %s | %.15g |\n", what, value);
}

static bool add_pretraining(Writing *w)
{
    PretrainSums sums;
    if (!stage_pretrain_read(&sums, w->card->model->cell->pretrain, w->arena, w->err)) return false;
    return add_number(w, "parameters", (double)sums.parameters) &&
           add_number(w, "tokens trained on", (double)sums.tokens) &&
           add_number(w, "updates", (double)sums.updates) &&
           (!sums.held_out_tokens ||
            (add_number(w, "tokens held out", (double)sums.held_out_tokens) &&
             add_number(w, "perplexity on these, a token", sums.held_out_perplexity)));
}

static bool add_finetuning(Writing *w)
{
    FinetuneSums sums;
    EvaluateScores scores;
    const ModelCard *card = w->card;
    char seed[32];
    snprintf(seed, sizeof seed, "%lld", (long long)card->model->seed);
    if (!stage_finetune_read(&sums, card->model->stage, w->arena, w->err) ||
        !buffer_format(&w->text, w->err, "| seed | %s |\n", seed) ||
        !add_number(w, "examples trained on", (double)sums.train_examples) ||
        !markdown_format(&w->text, w->err, "| %s on validation data | ",
                         card->model->task->metric->title) ||
        !buffer_format(&w->text, w->err, "%.6g |\n", sums.validation_score))
        return false;
    if (!card->model->evaluate) return true;
    return stage_evaluate_read(&scores, card->model->evaluate, card->model->task, w->arena,
                               w->err) &&
           markdown_format(&w->text, w->err, "| %s on test data | ",
                           card->model->task->metric->title) &&
           buffer_format(&w->text, w->err, "%.6g |\n", scores.test.score);
}

static bool add_numbers(Writing *w)
{
    return buffer_add_text(&w->text, "## Numbers\n\n| of | |\n|---|---|\n", w->err) &&
           (w->card->model->task ? add_finetuning(w) : add_pretraining(w)) &&
           buffer_add_char(&w->text, '\n', w->err);
}

static const char *head_differences(const ModelCard *card)
{
    if (card->head == HUGGINGFACE_HEAD_NUMBER)
        return "- The engine's head gives the number on a scale on which the range of the data is "
               "0 to 1; the head here is that one on the scale of the data.\n";
    if (card->head == HUGGINGFACE_HEAD_CHOICE)
        return "- The engine's head has no bias, which no answer would gain by; the one here is "
               "0.\n"
               "- Where a question is too long for the model, the engine cuts the beginning of its "
               "text; the tokenizer here cuts the end.\n";
    if (card->head == HUGGINGFACE_HEAD_CLASSES && card->family->head_without_bias)
        return "- The library's head has no bias. The head's own was moved into the bias of the "
               "last layer norm, by the shortest shift that gives the same outputs; the states are "
               "therefore not those of the fine-tuned language model.\n";
    return "";
}

static bool add_task_differences(Writing *w)
{
    return buffer_add_text(&w->text, head_differences(w->card), w->err) &&
           buffer_add_text(
               &w->text,
               "- The tokenizer sets the tokens around texts itself. Where a "
               "text is too long, pass `truncation=True`: the longest text loses its last tokens, "
               "as here, but of two that are equally long perhaps the other one first.\n",
               w->err);
}

/* A vocabulary of pieces that was taken over stands there as it was. */
static bool add_tokenizer_differences(Writing *w)
{
    const SpecEntryChoice *tokenizer = &w->card->model->cell->settings->tokenizer;
    if (tokenizer_keeps_files(tokenizer))
        return buffer_add_text(&w->text,
                               "- The files of the tokenizer are those that were taken over. Pad "
                               "on the right.\n",
                               w->err);
    return buffer_add_text(
               &w->text,
               "- `tokenizer.json` says the engine's clean-up, standardization and splitting as "
               "regular expressions. HTML entities, mis-decoded text, C1 controls and full-width "
               "forms are not repaired, and the rules look at a few rare stretches of punctuation "
               "otherwise. Nearly all lines get the same ids.\n"
               "- Pad on the right. Where no other token does, `<unk>` fills up batches.\n",
               w->err) &&
           (!tokenizer_data(tokenizer) ||
            buffer_add_text(
                &w->text,
                "- The tokenizer is the released one, which splits some words in its own "
                "way; `tokenizer.json` splits as the engine's own tokenizers do, and gives "
                "other ids for about one line in sixty (engine/text/README.md).\n",
                w->err));
}

static bool add_differences(Writing *w)
{
    if (!w->card->family) return true;
    return buffer_add_text(&w->text, "## What differs from the engine\n\n", w->err) &&
           add_tokenizer_differences(w) &&
           buffer_add_text(
               &w->text,
               "- Weights are 32-bit values. A model trained with products in BF16 gives other "
               "last digits there than here.\n",
               w->err) &&
           (!w->card->model->task || add_task_differences(w));
}

bool model_card_write(const char *folder, const ModelCard *card, Arena *scratch, Error *err)
{
    Writing w = {card, buffer_create(scratch), scratch, err};
    const char *path = file_join(scratch, folder, CARD_FILE, err);
    return path && add_title(&w) && add_use(&w) && add_data(&w) && add_making(&w) &&
           add_numbers(&w) && add_differences(&w) &&
           file_write(path, w.text.data, w.text.size, err);
}
