#include "text/splitter_words.h"

#include <string.h>

#include "text/word_list.h"

/* Sorted by byte order. Abbreviations that are words as well ("miss.", "ill.", "sat.", "mar.") are
 * left out: at the end of a sentence the period matters more. */
static const char *const kept[] = {
    "''",     "'bout",  "'cause",  "'cept",     "'cos",    "'coz",   "'cuz",    "'d",      "'em",
    "'ere",   "'ll",    "'m",      "'n",        "'n'",     "'nuff",  "'re",     "'s",      "'t",
    "'tis",   "'twas",  "'tween",  "'twere",    "'twill",  "'twixt", "'twould", "'un",     "'ve",
    "``",     "adm.",   "apr.",    "ariz.",     "assn.",   "aug.",   "ave.",    "blvd.",   "bros.",
    "calif.", "capt.",  "cmdr.",   "co.",       "col.",    "colo.",  "conn.",   "corp.",   "cos'",
    "cpl.",   "dec.",   "dept.",   "doin'",     "dr.",     "esq.",   "etc.",    "feb.",    "fla.",
    "ft.",    "gen.",   "goin'",   "gov.",      "hants.",  "havin'", "hon.",    "inc.",    "jan.",
    "jr.",    "kan.",   "lieut.",  "lovin'",    "lt.",     "ltd.",   "maj.",    "messrs.", "mich.",
    "minn.",  "mlle.",  "mme.",    "mr.",       "mrs.",    "ms.",    "msgr.",   "mt.",     "n't",
    "neb.",   "nev.",   "nothin'", "nov.",      "nuthin'", "o'",     "oct.",    "okla.",   "ol'",
    "penn.",  "ph.d.",  "pp.",     "prof.",     "pvt.",    "rep.",   "rev.",    "sen.",    "sep.",
    "sept.",  "sergt.", "sgt.",    "somethin'", "sr.",     "st.",    "supt.",   "tenn.",   "th'",
    "va.",    "viz.",   "vol.",    "vols.",     "vs.",     "wis.",
};

static const char *const units[] = {
    "am", "bn", "cm",  "ft", "g",  "gb", "ghz", "hz", "in", "k",   "kb", "kg", "khz", "km",
    "kw", "lb", "lbs", "m",  "mb", "mg", "mhz", "ml", "mm", "mph", "oz", "pm", "tb",  "yd",
};

bool splitter_words_keeps(const char *word, size_t size)
{
    return word_list_has(kept, sizeof kept / sizeof *kept, word, size);
}

bool splitter_words_is_unit(const char *word, size_t size)
{
    return word_list_has(units, sizeof units / sizeof *units, word, size);
}

const char *const *splitter_words_kept(size_t *n)
{
    *n = sizeof kept / sizeof *kept;
    return kept;
}

const char *const *splitter_words_units(size_t *n)
{
    *n = sizeof units / sizeof *units;
    return units;
}

size_t splitter_words_cut(const char *word, size_t size)
{
    static const struct {
        const char *word;
        size_t cut;
    } pairs[] = {
        {"cannot", 3},
        {"gonna", 3},
        {"gotta", 3},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (strlen(pairs[i].word) == size && memcmp(pairs[i].word, word, size) == 0)
            return pairs[i].cut;
    return 0;
}
