#include "task/lengths.h"

#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "text/normalizer.h"

enum { MOST_SEQUENCES = 1000, LETTERS_OF_A_SHORT_WORD = 5, COUNTS = 4 };

/* Raised when the same data would give other counts. */
enum { LENGTHS_VERSION = 1 };

/* --- tokens of what was counted ----------------------------------------------------------------- */

typedef struct Rates {
    int n_tokens;
    double word, letter, capital, digit;
} Rates;

/* Fitted to the 24 downloadable data sets so that the worst is off by 2 to 5 %: byte-pair encodings of
 * english-novels with 1,500 to 40,000 merges; the last row is GPT-1's own. Single characters come first. */
static const Rates usual_rates[] = {
    {256, 3.0, 1.0, 0, 0},
    {1756, 1.038, 0.888, 0.273, 0.462},
    {3256, 0.959, 0.696, 0.400, 0.917},
    {8256, 0.922, 0.460, 0.313, 1.165},
    {16256, 0.909, 0.353, 0.285, 0.686},
    {40256, 0.924, 0.206, 0.218, 0.822},
    {40478, 0.942, 0.127, 0.134, 0.547},
};
enum { GPT1_TOKENS = 40478 };

/* Of storyworld: with 1,500 merges a word is a token. */
static const Rates own_rates[] = {{256, 3.0, 1.0, 0, 0}, {1756, 1.0, 0, 0, 0}};

static double between(double a, double b, double share)
{
    return a + share * (b - a);
}

/* Between two rows by the logarithm of the vocabulary, outside of them the nearest. */
static Rates rates_of(LengthsVocabulary vocabulary)
{
    const Rates *rows = vocabulary.own_words ? own_rates : usual_rates;
    size_t n = vocabulary.own_words ? sizeof own_rates / sizeof *own_rates
                                    : sizeof usual_rates / sizeof *usual_rates;
    int n_tokens = vocabulary.n_tokens;
    if (n_tokens <= rows[0].n_tokens) return rows[0];
    for (size_t i = 1; i < n; i++) {
        const Rates *a = &rows[i - 1], *b = &rows[i];
        if (n_tokens > b->n_tokens) continue;
        double share = log((double)n_tokens / a->n_tokens) / log((double)b->n_tokens / a->n_tokens);
        return (Rates){n_tokens, between(a->word, b->word, share),
                       between(a->letter, b->letter, share), between(a->capital, b->capital, share),
                       between(a->digit, b->digit, share)};
    }
    return rows[n - 1];
}

static double tokens_of(const Rates *rates, double words, double letters, double capitals,
                        double digits)
{
    return rates->word * words + rates->letter * letters + rates->capital * capitals +
           rates->digit * digits;
}

/* The stated mean is GPT-1's: other vocabularies cut usual text into more. */
static double stated_mean(double stated, const Rates *rates)
{
    const Rates gpt1 = rates_of((LengthsVocabulary){.n_tokens = GPT1_TOKENS});
    const double letters = 0.8, capitals = 0.13, digits = 0.02; /* a word of usual text */
    return stated * tokens_of(rates, 1, letters, capitals, digits) /
           tokens_of(&gpt1, 1, letters, capitals, digits);
}

double lengths_mean(const Lengths *lengths, LengthsVocabulary vocabulary, int n_special,
                    int n_context)
{
    const Rates rates = rates_of(vocabulary);
    if (lengths->n == 0) return fmin(stated_mean(lengths->stated, &rates), n_context);
    double sum = 0;
    for (size_t i = 0; i < lengths->n; i++) {
        const LengthsCounts *c = &lengths->sequence[i];
        sum += fmin(n_special + tokens_of(&rates, c->words, c->letters, c->capitals, c->digits),
                    n_context);
    }
    return sum / (double)lengths->n;
}

/* --- counting ----------------------------------------------------------------------------------- */

static bool count_text(LengthsCounts *counts, Normalizer *normalizer, const char *text, Error *err)
{
    const char *word;
    size_t at = 0, size;
    for (const char *c = text; *c; c++) {
        counts->capitals += *c >= 'A' && *c <= 'Z';
        counts->digits += *c >= '0' && *c <= '9';
    }
    if (!normalizer_run(normalizer, text, strlen(text), cleanup_examine(text, strlen(text)), err))
        return false;
    while (normalizer_next_word(normalizer, &at, &word, &size)) {
        counts->words++;
        if (size > LETTERS_OF_A_SHORT_WORD) counts->letters += (int)size - LETTERS_OF_A_SHORT_WORD;
    }
    return true;
}

/* Which texts stand in one sequence: all, but of answers, referents, words for a gap and the sentences of a
 * minimal pair one. */
static bool is_in_sequence(const Example *example, DatasetForm form, int text, size_t number)
{
    const int first = dataset_form_first_answer(form);
    const bool choice = first > 0 || form == DATASET_MINIMAL_PAIRS;
    if (!choice || text < first || example->n_texts <= first) return true;
    return text - first == (int)(number % (size_t)(example->n_texts - first));
}

static bool count_examples(Lengths *lengths, const Examples *examples, DatasetForm form,
                           Arena *arena, Arena *scratch, Error *err)
{
    size_t n = examples->n < MOST_SEQUENCES ? examples->n : MOST_SEQUENCES;
    Normalizer normalizer = normalizer_create(&normalizer_own, arena, scratch);
    LengthsCounts *counts = arena_alloc(arena, n, sizeof *counts, err);
    if (!counts) return false;
    for (size_t i = 0; i < n; i++) {
        const Example *example = &examples->items[i * examples->n / n];
        for (int k = 0; k < example->n_texts; k++)
            if (is_in_sequence(example, form, k, i) &&
                !count_text(&counts[i], &normalizer, example->text[k], err))
                return false;
    }
    lengths->sequence = counts;
    lengths->n = n;
    return true;
}

/* Training rows, or what there is. */
static bool measure(Lengths *lengths, const Dataset *dataset, Arena *arena, Error *err)
{
    static const DatasetSplit wanted[] = {SPLIT_TRAIN, SPLIT_TEST, SPLIT_VALIDATION};
    size_t s = 0;
    while (s < 2 && dataset_rows(dataset, wanted[s]) == 0) s++;
    Examples examples;
    Arena *rows = arena_create("rows", err), *scratch = arena_create("lengths", err);
    bool measured =
        rows && scratch && dataset_examples(&examples, dataset, wanted[s], rows, err) &&
        count_examples(lengths, &examples, dataset_info(dataset)->form, arena, scratch, err);
    arena_destroy(scratch);
    arena_destroy(rows);
    return measured;
}

/* --- what was counted before -------------------------------------------------------------------- */

/* One list: the version, then four numbers a sequence. */
static bool read_kept(Lengths *lengths, const char *path, Arena *arena)
{
    Error ignored = {0};
    Json *list = file_exists(path) ? json_parse_file(path, arena, &ignored) : NULL;
    if (!list || json_type(list) != JSON_LIST_VALUE || json_size(list) % COUNTS != 1) return false;
    for (size_t i = 0; i < json_size(list); i++) {
        const Json *item = json_at(list, i);
        if (json_type(item) != JSON_INTEGER_VALUE || json_int(item) < 0 ||
            json_int(item) > INT32_MAX)
            return false;
    }
    size_t n = json_size(list) / COUNTS;
    LengthsCounts *counts = arena_alloc(arena, n, sizeof *counts, &ignored);
    if (!counts || n == 0 || json_int(json_at(list, 0)) != LENGTHS_VERSION) return false;
    for (size_t i = 0; i < n; i++) {
        int number[COUNTS];
        for (size_t k = 0; k < COUNTS; k++)
            number[k] = (int)json_int(json_at(list, 1 + i * COUNTS + k));
        counts[i] = (LengthsCounts){number[0], number[1], number[2], number[3]};
    }
    lengths->sequence = counts;
    lengths->n = n;
    return true;
}

/* Only a convenience: what cannot be kept is counted again. */
static void keep(const Lengths *lengths, const char *path, Arena *scratch)
{
    Error ignored = {0};
    Buffer text = buffer_create(scratch);
    bool ok = buffer_format(&text, &ignored, "[%d", LENGTHS_VERSION);
    for (size_t i = 0; i < lengths->n && ok; i++) {
        const LengthsCounts *c = &lengths->sequence[i];
        ok = buffer_format(&text, &ignored, ",\n%d,%d,%d,%d", c->words, c->letters, c->capitals,
                           c->digits);
    }
    ok = ok && buffer_add_text(&text, "]\n", &ignored) && file_make_parent(path, &ignored) &&
         file_write(path, text.data, text.size, &ignored);
    if (!ok) log_detail("%s", ignored.text);
}

bool lengths_open(Lengths *lengths, const Dataset *dataset, Arena *arena, Error *err)
{
    HashText hash;
    Error unread = {0};
    *lengths = (Lengths){.stated = dataset_info(dataset)->mean_tokens};
    if (!dataset_hash(&hash, dataset, arena, err)) return false;
    char *path =
        arena_format(arena, err, "%s/lengths/%.16s.json", dataset_downloads(dataset), hash.text);
    if (!path) return false;
    if (read_kept(lengths, path, arena) || !dataset_is_here(dataset, arena)) return true;
    if (measure(lengths, dataset, arena, &unread)) keep(lengths, path, arena);
    else log_detail("%s", unread.text);
    return true;
}
