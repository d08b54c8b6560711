#include "text/released_words.h"

#include <string.h>

#include "text/word_list.h"

/* Whole words, sorted by byte order. Words of letters alone are left out: no rule splits them. Those with
 * characters that standardization puts spaces around cannot occur. */
static const char *const whole[] = {
    "'",         "''",      "'Cause",    "'Cos",    "'Coz",    "'Cuz",  "'S",      "'bout",
    "'cause",    "'cos",    "'coz",      "'cuz",    "'d",      "'em",   "'ll",     "'nuff",
    "'re",       "'s",      "0.0",       "0.o",     "8D",      ":0",    ":1",      ":3",
    ":>",        ":D",      ":O",        ":P",      ":X",      ":o",    ":p",      ":x",
    "<.<",       "<3",      "<33",       "<333",    "<space>", "=3",    "=D",      ">.<",
    ">.>",       ">:o",     "Adm.",      "Ak.",     "Ala.",    "Apr.",  "Ariz.",   "Ark.",
    "Aug.",      "Bros.",   "Calif.",    "Co.",     "Colo.",   "Conn.", "Corp.",   "D.C.",
    "Dec.",      "Del.",    "Doin'",     "Dr.",     "E.G.",    "E.g.",  "Feb.",    "Fla.",
    "Ga.",       "Gen.",    "Goin'",     "Gov.",    "Havin'",  "I.E.",  "I.e.",    "Ia.",
    "Id.",       "Ill.",    "Inc.",      "Ind.",    "Jan.",    "Jr.",   "Jul.",    "Jun.",
    "Kan.",      "Kans.",   "Ky.",       "La.",     "Lovin'",  "Ltd.",  "Ma'am",   "Mar.",
    "Mass.",     "May.",    "Md.",       "Messrs.", "Mich.",   "Minn.", "Miss.",   "Mo.",
    "Mont.",     "Mr.",     "Mrs.",      "Ms.",     "Mt.",     "N.C.",  "N.D.",    "N.H.",
    "N.J.",      "N.M.",    "N.Y.",      "Neb.",    "Nebr.",   "Nev.",  "Nothin'", "Nov.",
    "Nuthin'",   "O'clock", "O.O",       "O.o",     "Oct.",    "Okla.", "Ol'",     "Ore.",
    "Pa.",       "Ph.D.",   "Rep.",      "Rev.",    "S.C.",    "Sen.",  "Sep.",    "Sept.",
    "Somethin'", "St.",     "Tenn.",     "V.V",     "Va.",     "Wash.", "Wis.",    "\\n",
    "\\t",       "a.m.",    "co.",       "doin'",   "e.g.",    "goin'", "havin'",  "i.e.",
    "lovin'",    "ma'am",   "nothin'",   "nuthin'", "o'clock", "o.0",   "o.O",     "o.o",
    "ol'",       "p.m.",    "somethin'", "v.v",     "vs.",
};

/* Sorted by byte order. */
static const char *const units[] = {
    "%",  "G",    "GB", "K",   "KB",  "M",  "MB", "Pa", "T",  "TB",  "cm", "dm",
    "ft", "g",    "gb", "hPa", "ha",  "in", "kb", "kg", "km", "kmh", "lb", "m",
    "mb", "mbar", "mg", "mm",  "mph", "nm", "oz", "t",  "tb", "yd",
};

/* Each stem with each ending, small or with a first capital; '|' shows where the ending is cut again. */
static const struct {
    const char *stems, *endings;
} contractions[] = {
    {"i", "'m m 'm|a m|a"},
    {"i you he she it we they", "'ll ll 'll|'ve ll|ve 'd d 'd|'ve d|ve"},
    {"i you we they", "'ve ve"},
    {"you we they", "'re re"},
    {"he she it", "'s s"},
    {"who what when where why how there that",
     "'s s 'll ll 'll|'ve ll|ve 're re 've ve 'd d 'd|'ve d|ve"},
    {"ca could do does did had may might must need ought sha should wo would",
     "n't nt n't|'ve nt|ve"},
    {"could might must should would", "'ve ve"},
    {"ai are is was were have has dare", "n't nt"},
    {"how", "'d|'y"},
    {"not", "'ve ve"},
    {"can", "not"},
    {"gon", "na"},
    {"got", "ta"},
    {"let", "'s"},
};

/* Real words that look like contractions without their apostrophe. */
static const char real_words[] = " ill its hell shell shed were well whore ";

static size_t item_length(const char *item)
{
    return strcspn(item, " ");
}

static const char *next_item(const char *item)
{
    item += item_length(item);
    return *item ? item + 1 : item;
}

/* Is `rest` the ending? Then its inner cut is added. */
static bool is_ending(ReleasedCuts *cuts, size_t n_stem, const char *ending, const char *rest,
                      size_t n)
{
    size_t length = item_length(ending), at = 0, cut = 0;
    for (size_t i = 0; i < length; i++) {
        if (ending[i] == '|') cut = at;
        else if (at == n || ending[i] != rest[at++]) return false;
    }
    if (at < n) return false;
    *cuts = (ReleasedCuts){cut > 0 ? 2 : 1, {n_stem, n_stem + cut}};
    return true;
}

static bool find_contraction(ReleasedCuts *cuts, const char *word, size_t n)
{
    for (size_t k = 0; k < sizeof contractions / sizeof *contractions; k++)
        for (const char *stem = contractions[k].stems; *stem; stem = next_item(stem)) {
            size_t n_stem = item_length(stem);
            if (stem[0] != word[0] || n_stem >= n || memcmp(stem, word, n_stem) != 0) continue;
            for (const char *end = contractions[k].endings; *end; end = next_item(end))
                if (is_ending(cuts, n_stem, end, word + n_stem, n - n_stem)) return true;
        }
    return false;
}

static bool is_real_word(const char *word, size_t n)
{
    char spaced[RELEASED_WORDS_LONGEST + 3] = " ";
    memcpy(spaced + 1, word, n);
    spaced[n + 1] = ' ';
    return strstr(real_words, spaced) != NULL;
}

/* "5pm", "12a.m.": the length of the hour; 0: none. */
static size_t hour_length(const char *word, size_t n)
{
    size_t digits = n > 1 && word[0] == '1' && word[1] >= '0' && word[1] <= '2' ? 2 : 1;
    if (word[0] < '1' || word[0] > '9' || n <= digits) return 0;
    static const char *const halves[] = {"am", "pm", "a.m.", "p.m."};
    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++)
        if (strlen(halves[i]) == n - digits && memcmp(halves[i], word + digits, n - digits) == 0)
            return digits;
    return 0;
}

bool released_words_find(ReleasedCuts *cuts, const char *word, size_t n)
{
    *cuts = (ReleasedCuts){0};
    if (n == 0 || n > RELEASED_WORDS_LONGEST) return false;
    if (n == 2 && word[1] == '.' && word[0] >= 'a' && word[0] <= 'z') return true;
    if (word_list_has(whole, sizeof whole / sizeof *whole, word, n)) return true;
    size_t hour = hour_length(word, n);
    if (hour > 0) {
        *cuts = (ReleasedCuts){1, {hour}};
        return true;
    }
    if ((n == 4 && memcmp(word, "yall", n) == 0) || (n == 5 && memcmp(word, "y'all", n) == 0)) {
        *cuts = (ReleasedCuts){1, {n - 3}};
        return true;
    }
    char small[RELEASED_WORDS_LONGEST];
    memcpy(small, word, n);
    if (small[0] >= 'A' && small[0] <= 'Z') small[0] = (char)(small[0] + ('a' - 'A'));
    return !is_real_word(small, n) && find_contraction(cuts, small, n);
}

bool released_words_is_unit(const char *word, size_t n)
{
    return word_list_has(units, sizeof units / sizeof *units, word, n);
}
