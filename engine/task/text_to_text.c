#include "task/text_to_text.h"

#include <math.h>
#include <string.h>

#include "base/size.h"

enum { MOST_FIXED_KEYS = 2 };

/* Keys of the fields of a form, in their order; of a multiple choice those of the answers are made. */
static const char *const keys_of_form[][MOST_FIXED_KEYS] = {
    [DATASET_CLASSIFICATION] = {"sentence:"},
    [DATASET_ENTAILMENT] = {"premise:", "hypothesis:"},
    [DATASET_SIMILARITY] = {"sentence1:", "sentence2:"},
    [DATASET_REGRESSION] = {"sentence1:", "sentence2:"},
    [DATASET_MULTIPLE_CHOICE] = {"context:"},
};

/* What all examples share, encoded. */
typedef struct Shared {
    const DatasetInfo *info;
    const SpecialTokens *special;
    size_t room; /* tokens of a source */
    int n_keys, n_answers;
    TokenList name;
    TokenList *key;    /* [n_keys] */
    TokenList *answer; /* [n_answers] */
} Shared;

/* --- what is shared ------------------------------------------------------------------------------ */

static bool is_choice(const Shared *shared)
{
    return shared->info->form == DATASET_MULTIPLE_CHOICE;
}

static const char *key_text(const Shared *shared, int k, Arena *arena, Error *err)
{
    if (is_choice(shared) && k > 0) return arena_format(arena, err, "choice%d:", k);
    return keys_of_form[shared->info->form][k];
}

static double number_at(const DatasetInfo *info, int k)
{
    return info->low + (info->high - info->low) * k / TEXT_TO_TEXT_STEPS;
}

static const char *answer_text(const Shared *shared, int k, Arena *arena, Error *err)
{
    const DatasetInfo *info = shared->info;
    if (info->form == DATASET_REGRESSION)
        return arena_format(arena, err, "%.1f", number_at(info, k));
    return is_choice(shared) ? arena_format(arena, err, "choice%d", k + 1) : info->label_names[k];
}

static bool encode(TokenList *tokens, const char *text, const Tokenizer *tokenizer, Arena *arena,
                   Error *err)
{
    return text && tokenizer_encode(tokens, tokenizer, text, strlen(text), arena, err);
}

static int count_keys(const DatasetInfo *info)
{
    if (info->form == DATASET_MULTIPLE_CHOICE) return 1 + info->n_labels;
    return info->form == DATASET_CLASSIFICATION ? 1 : 2;
}

static bool encode_shared(Shared *shared, const DatasetInfo *info, const Tokenizer *tokenizer,
                          const SpecialTokens *special, int n_context, Arena *arena, Error *err)
{
    *shared = (Shared){
        .info = info,
        .special = special,
        .room = (size_t)n_context,
        .n_keys = count_keys(info),
        .n_answers = info->form == DATASET_REGRESSION ? TEXT_TO_TEXT_STEPS + 1 : info->n_labels,
    };
    shared->key = arena_alloc(arena, (size_t)shared->n_keys, sizeof *shared->key, err);
    shared->answer = arena_alloc(arena, (size_t)shared->n_answers, sizeof *shared->answer, err);
    if (!shared->key || !shared->answer ||
        !encode(&shared->name, info->name, tokenizer, arena, err))
        return false;
    for (int k = 0; k < shared->n_keys; k++)
        if (!encode(&shared->key[k], key_text(shared, k, arena, err), tokenizer, arena, err))
            return false;
    for (int k = 0; k < shared->n_answers; k++)
        if (!encode(&shared->answer[k], answer_text(shared, k, arena, err), tokenizer, arena, err))
            return false;
    return true;
}

/* Tokens of a source that are no field's, and its last. */
static size_t fixed_length(const Shared *shared, int n_texts)
{
    size_t length = shared->name.n + 1;
    for (int k = 0; k < n_texts; k++) length += shared->key[k].n;
    return length;
}

/* Room for a token of each field of any example, and for every answer among the targets. */
static bool check_context(const Shared *shared, Error *err)
{
    const size_t least = fixed_length(shared, shared->n_keys) + (size_t)shared->n_keys;
    if (least <= shared->room) return true;
    error_usage(err,
                "a context of %zu tokens has no room for the texts of '%s' beside what asks about "
                "them: it takes %zu at least",
                shared->room, shared->info->name, least);
    return error_hint(err, "a larger model.n_context");
}

/* --- one example --------------------------------------------------------------------------------- */

/* Cuts the longest field, of equals the first, at its end, but the context of a multiple choice at its beginning.
 * Whether something was cut. */
static bool truncate(TokenList *text, int n_texts, const Shared *shared)
{
    size_t length = fixed_length(shared, n_texts);
    bool cut = false;
    for (int k = 0; k < n_texts; k++) length += text[k].n;
    for (; length > shared->room; length--, cut = true) {
        int longest = 0;
        for (int k = 1; k < n_texts; k++)
            if (text[k].n > text[longest].n) longest = k;
        text[longest].n--;
        if (is_choice(shared) && longest == 0) text[0].ids++;
    }
    return cut;
}

static int *append(int *to, const TokenList *tokens)
{
    memcpy(to, tokens->ids, tokens->n * sizeof(int));
    return to + tokens->n;
}

static int *write_source(int *to, const TokenList *text, int n_texts, const Shared *shared)
{
    to = append(to, &shared->name);
    for (int k = 0; k < n_texts; k++) {
        to = append(to, &shared->key[k]);
        to = append(to, &text[k]);
    }
    *to = shared->special->end;
    return to + 1;
}

/* A row for each word of the answer and one for the end. Returns how many. */
static int write_target(int *token, int *asked, const TokenList *answer,
                        const SpecialTokens *special)
{
    const int n = (int)answer->n;
    token[0] = special->start;
    append(token + 1, answer);
    append(asked, answer);
    asked[n] = special->end;
    return n + 1;
}

static int answers_of(const Example *example, const Shared *shared)
{
    return is_choice(shared) ? example->n_texts - 1 : shared->n_answers;
}

static double truth_of(const Example *example, const Shared *shared)
{
    if (shared->info->form == DATASET_REGRESSION) return example->target;
    return example->label < 0 ? (double)NAN : example->label;
}

static int right_answer(const Example *example, const Shared *shared)
{
    const DatasetInfo *info = shared->info;
    if (info->form != DATASET_REGRESSION) return example->label;
    if (isnan(example->target)) return -1;
    const double share = (example->target - info->low) / (info->high - info->low);
    return (int)floor(fmin(fmax(share, 0), 1) * TEXT_TO_TEXT_STEPS + 0.5);
}

/* --- all of them ----------------------------------------------------------------------------------- */

/* Rows of the targets of all answers that any example may have. */
static size_t target_rows(const Shared *shared)
{
    size_t rows = 0;
    for (int k = 0; k < shared->n_answers; k++) rows += shared->answer[k].n + 1;
    return rows;
}

static bool allocate(Sequences *sequences, const Examples *examples, const Shared *shared,
                     Arena *arena, Error *err)
{
    const size_t n = examples->n, answers = (size_t)shared->n_answers;
    size_t n_sequences, n_tokens, n_source;
    if (!size_mul(&n_sequences, n, answers) || !size_mul(&n_tokens, n, target_rows(shared)) ||
        !size_mul(&n_source, n, shared->room) || n_tokens > INT32_MAX || n_source > INT32_MAX)
        return error_set(err, "%zu examples with %zu answers each are too many", n, answers);
    sequences->n = (int)n;
    sequences->first = arena_alloc(arena, n + 1, sizeof(int), err);
    sequences->start = arena_alloc(arena, n_sequences + 1, sizeof(int), err);
    sequences->token = arena_alloc(arena, n_tokens, sizeof(int), err);
    sequences->asked = arena_alloc(arena, n_tokens, sizeof(int), err);
    sequences->source = arena_alloc(arena, n_source, sizeof(int), err);
    sequences->source_start = arena_alloc(arena, n + 1, sizeof(int), err);
    sequences->right = arena_alloc(arena, n, sizeof(int), err);
    sequences->truth = arena_alloc(arena, n, sizeof(double), err);
    sequences->id = arena_alloc(arena, n, sizeof(char *), err);
    return sequences->first && sequences->start && sequences->token && sequences->asked &&
           sequences->source && sequences->source_start && sequences->right && sequences->truth &&
           sequences->id;
}

static void add_answers(Sequences *sequences, int n_answers, const Shared *shared)
{
    for (int k = 0; k < n_answers; k++) {
        const int q = sequences->n_sequences++, row = sequences->start[q];
        const int length = write_target(sequences->token + row, sequences->asked + row,
                                        &shared->answer[k], shared->special);
        sequences->start[q + 1] = row + length;
    }
}

static void add_example(Sequences *sequences, int e, const Example *example, TokenList *text,
                        const Shared *shared)
{
    int *source = sequences->source + sequences->source_start[e];
    sequences->n_truncated += truncate(text, example->n_texts, shared);
    const int length = (int)(write_source(source, text, example->n_texts, shared) - source);
    if (length > sequences->longest) sequences->longest = length;
    sequences->source_start[e + 1] = sequences->source_start[e] + length;
    add_answers(sequences, answers_of(example, shared), shared);
    sequences->first[e + 1] = sequences->n_sequences;
    sequences->truth[e] = truth_of(example, shared);
    sequences->right[e] = right_answer(example, shared);
    sequences->id[e] = example->id;
}

bool text_to_text_encode(Sequences *sequences, const Examples *examples, const DatasetInfo *info,
                         const Tokenizer *tokenizer, const SpecialTokens *special, int n_context,
                         Arena *arena, Error *err)
{
    Shared shared;
    TokenList *text;
    *sequences = (Sequences){.form = info->form};
    if (!encode_shared(&shared, info, tokenizer, special, n_context, arena, err) ||
        !check_context(&shared, err) ||
        !sequences_encode_texts(&text, examples, tokenizer, arena, err) ||
        !allocate(sequences, examples, &shared, arena, err))
        return false;
    for (int e = 0; e < sequences->n; e++) {
        add_example(sequences, e, &examples->items[e], text, &shared);
        text += examples->items[e].n_texts;
    }
    return true;
}
