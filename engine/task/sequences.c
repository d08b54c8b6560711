#include "task/sequences.h"

#include <math.h>
#include <string.h>

#include "base/size.h"

/* What is known of all sequences before memory for them exists: one field list per sequence. */
typedef struct Fields {
    int n; /* 1 or 2 */
    TokenList part[2];
} Fields;

static int fields_length(const Fields *fields)
{
    size_t length = 2; /* start, classify */
    for (int f = 0; f < fields->n; f++) length += fields->part[f].n;
    return (int)length + fields->n - 1; /* delimiters */
}

/* Where the second begins. */
static int second_text(const Fields *fields)
{
    return fields->n > 1 ? (int)fields->part[0].n + 2 : fields_length(fields);
}

/* Cuts the longest field, of equals the first, until the sequence fits; true when something was cut.
 * Fields lose their end, but with `keep_question` the first its beginning. */
static bool fields_truncate(Fields *fields, int n_context, bool keep_question)
{
    bool cut = false;
    for (; fields_length(fields) > n_context; cut = true) {
        int longest = fields->n == 2 && fields->part[1].n > fields->part[0].n;
        fields->part[longest].n--;
        if (keep_question && longest == 0) fields->part[0].ids++;
    }
    return cut;
}

static void fields_write(int *token, const Fields *fields, const SpecialTokens *special)
{
    *token++ = special->start;
    for (int f = 0; f < fields->n; f++) {
        if (f > 0) *token++ = special->delimiter;
        memcpy(token, fields->part[f].ids, fields->part[f].n * sizeof(int));
        token += fields->part[f].n;
    }
    *token = special->classify;
}

int sequences_least_context(DatasetForm form)
{
    return form == DATASET_CLASSIFICATION ? 3
                                          : 5; /* start, text, classify; or two with a delimiter */
}

bool sequences_both_orders(DatasetForm form)
{
    return form == DATASET_SIMILARITY || form == DATASET_REGRESSION;
}

/* Both orders of two texts are run. */
static bool runs_both(DatasetForm form, const SpecialTokens *special)
{
    return sequences_both_orders(form) && !special->framed;
}

/* The sequences of one example, in order. Returns how many. */
static int example_fields(Fields *fields, const TokenList *text, int n_texts, DatasetForm form,
                          const SpecialTokens *special)
{
    switch (form) {
    case DATASET_CLASSIFICATION: fields[0] = (Fields){.n = 1, .part = {text[0]}}; return 1;
    case DATASET_ENTAILMENT: fields[0] = (Fields){.n = 2, .part = {text[0], text[1]}}; return 1;
    case DATASET_SIMILARITY:
    case DATASET_REGRESSION:
        fields[0] = (Fields){.n = 2, .part = {text[0], text[1]}};
        if (!runs_both(form, special)) return 1;
        fields[1] = (Fields){.n = 2, .part = {text[1], text[0]}};
        return 2;
    case DATASET_MULTIPLE_CHOICE:
        for (int k = 1; k < n_texts; k++)
            fields[k - 1] = (Fields){.n = 2, .part = {text[0], text[k]}};
        return n_texts - 1;
    case DATASET_CORPUS:
    case DATASET_TOKENIZER:
    case DATASET_WEIGHTS:
    case DATASET_WINOGRAD:
    case DATASET_LAST_WORD:
    case DATASET_CLOZE:
    case DATASET_MINIMAL_PAIRS: break; /* never fine-tuned on */
    }
    return 0;
}

/* Truncates all sequences of one example; returns how many lost tokens. */
static int cut_fields(Fields *fields, int n_fields, DatasetForm form, const SpecialTokens *special,
                      int n_context)
{
    int n_cut = 0;
    for (int f = 0; f < n_fields; f++)
        n_cut += fields_truncate(&fields[f], n_context, form == DATASET_MULTIPLE_CHOICE);
    if (runs_both(form, special)) { /* both orders keep the same words */
        fields[1].part[0] = fields[0].part[1];
        fields[1].part[1] = fields[0].part[0];
    }
    return n_cut;
}

static int sequences_of(const Example *example, DatasetForm form, const SpecialTokens *special)
{
    if (form == DATASET_MULTIPLE_CHOICE) return example->n_texts - 1;
    return runs_both(form, special) ? 2 : 1;
}

/* Of any one example. */
static int most_sequences(const Examples *examples, DatasetForm form, const SpecialTokens *special)
{
    int most = 0;
    for (size_t e = 0; e < examples->n; e++) {
        int n = sequences_of(&examples->items[e], form, special);
        if (n > most) most = n;
    }
    return most;
}

static double truth_of(const Example *example, DatasetForm form)
{
    if (form == DATASET_REGRESSION) return example->target;
    return example->label < 0 ? (double)NAN : example->label;
}

bool sequences_encode_texts(TokenList **texts, const Examples *examples, const Tokenizer *tokenizer,
                            Arena *arena, Error *err)
{
    size_t n = 0;
    for (size_t e = 0; e < examples->n; e++) n += (size_t)examples->items[e].n_texts;
    Documents documents = {.n = n, .items = arena_alloc(arena, n, sizeof(Document), err)};
    *texts = arena_alloc(arena, n, sizeof(TokenList), err);
    if (!documents.items || !*texts) return false;
    size_t t = 0;
    for (size_t e = 0; e < examples->n; e++)
        for (int k = 0; k < examples->items[e].n_texts; k++, t++) {
            const char *text = examples->items[e].text[k];
            documents.items[t] = (Document){examples->items[e].id, text, strlen(text)};
        }
    TokenList tokens;
    size_t *offset;
    if (!tokenizer_encode_documents(&tokens, &offset, tokenizer, &documents, arena, err))
        return false;
    for (t = 0; t < n; t++)
        (*texts)[t] = (TokenList){.n = offset[t + 1] - offset[t], .ids = tokens.ids + offset[t]};
    return true;
}

static bool allocate(Sequences *sequences, const Examples *examples, const SpecialTokens *special,
                     int n_context, Arena *arena, Error *err)
{
    int n_sequences = 0;
    for (size_t e = 0; e < examples->n; e++)
        n_sequences += sequences_of(&examples->items[e], sequences->form, special);
    size_t n_tokens;
    if (!size_mul(&n_tokens, (size_t)n_sequences, (size_t)n_context))
        return error_set(err, "%d sequences of %d tokens are too many", n_sequences, n_context);
    sequences->n = (int)examples->n;
    sequences->first = arena_alloc(arena, examples->n + 1, sizeof(int), err);
    sequences->start = arena_alloc(arena, (size_t)n_sequences + 1, sizeof(int), err);
    if (special->framed) {
        sequences->second = arena_alloc(arena, (size_t)n_sequences, sizeof(int), err);
        if (!sequences->second) return false;
    }
    sequences->token = arena_alloc(arena, n_tokens, sizeof(int), err);
    sequences->truth = arena_alloc(arena, examples->n, sizeof(double), err);
    sequences->id = arena_alloc(arena, examples->n, sizeof(char *), err);
    return sequences->first && sequences->start && sequences->token && sequences->truth &&
           sequences->id;
}

/* Special tokens alone: what a sequence has at least. */
static int fixed_tokens(DatasetForm form)
{
    return form == DATASET_CLASSIFICATION ? 2 : 3;
}

static bool check_context(DatasetForm form, int n_context, Error *err)
{
    if (n_context > fixed_tokens(form)) return true;
    error_usage(err, "a context of %d tokens has no room for text beside %d special tokens",
                n_context, fixed_tokens(form));
    return error_hint(err, "a larger model.n_context");
}

bool sequences_encode(Sequences *sequences, const Examples *examples, DatasetForm form,
                      const Tokenizer *tokenizer, const SpecialTokens *special, int n_context,
                      Arena *arena, Error *err)
{
    *sequences = (Sequences){.form = form};
    TokenList *text;
    if (!check_context(form, n_context, err) ||
        !sequences_encode_texts(&text, examples, tokenizer, arena, err) ||
        !allocate(sequences, examples, special, n_context, arena, err))
        return false;
    Fields *fields =
        arena_alloc(arena, (size_t)most_sequences(examples, form, special), sizeof *fields, err);
    if (!fields) return false;
    int q = 0, row = 0;
    for (int e = 0; e < sequences->n; e++) {
        const Example *example = &examples->items[e];
        int n_fields = example_fields(fields, text, example->n_texts, form, special);
        text += example->n_texts;
        sequences->n_truncated += cut_fields(fields, n_fields, form, special, n_context);
        for (int f = 0; f < n_fields; f++) {
            int length = fields_length(&fields[f]);
            if (length > sequences->longest) sequences->longest = length;
            fields_write(sequences->token + row, &fields[f], special);
            if (sequences->second) sequences->second[q] = second_text(&fields[f]);
            sequences->start[q++] = row;
            row += length;
        }
        sequences->first[e + 1] = q;
        sequences->truth[e] = truth_of(example, form);
        sequences->id[e] = example->id;
    }
    sequences->start[q] = row;
    sequences->n_sequences = q;
    return true;
}
