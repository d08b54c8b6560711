#include "text/tokenizer_rules.h"

#include "base/buffer.h"
#include "base/escape.h"
#include "text/splitter_words.h"

/* --- replacing: clean-up and standardization -------------------------------------------------- */

/* clang-format off */
static const struct { const char *pattern, *content; } clean[] = {
    {"\\r\\n?|[\\x{2028}\\x{2029}]", "\n"},
    {"\\x{1B}\\[[0-9:;]*[A-Za-z]", ""}, /* colours of a terminal */
    {"[\\x{00}-\\x{08}\\x{0B}\\x{0E}-\\x{1F}\\x{7F}\\x{AD}\\x{200B}\\x{2060}\\x{206A}-\\x{206F}"
     "\\x{FEFF}\\x{FFF9}-\\x{FFFC}]", ""},
    {"[\\x{2BC}\\x{2018}-\\x{201B}]", "'"},
    {"[\\x{201C}-\\x{201F}]", "\""},
    {"[\\x{2010}-\\x{2012}]", "-"},
    {"\\x{FB00}", "ff"}, {"\\x{FB01}", "fi"}, {"\\x{FB02}", "fl"}, {"\\x{FB03}", "ffi"},
    {"\\x{FB04}", "ffl"}, {"[\\x{FB05}\\x{FB06}]", "st"}, {"[\\x{1F1}-\\x{1F3}]", "dz"},
    {"[\\x{1C4}-\\x{1C6}]", "d\xC5\xBE"}, {"[\\x{1C7}-\\x{1C9}]", "lj"},
    {"[\\x{1CA}-\\x{1CC}]", "nj"}, {"[\\x{132}\\x{133}]", "ij"}, {"\\x{149}", "'n"},
}, standard[] = {
    {"[\\x{2013}-\\x{2015}]", "-"},
    {"\\x{2026}", "..."},
    {"\\x{B4}", "'"},
    {"\\x{130}", "i"}, /* lower case in full would be two characters */
    {"(?<=\\b[a-hj-z])\\.(?=\\p{Lu})", ". "}, /* as the end of "e.g." and of initials */
    {"(?<=\\p{Ll})(?<!\\bPh)(?<!\\bph)\\.(?=\\p{Lu})", " . "},
    {"[^\\S\\n]*\\n\\s*", " \n "},
    {"[^\\S\\n]+", " "},
};
/* clang-format on */
enum { N_CLEAN = sizeof clean / sizeof *clean, N_STANDARD = sizeof standard / sizeof *standard };

/* {"type": type} */
static Json *new_rule(const char *type, Arena *arena, Error *err)
{
    Json *rule = json_new_object(arena, err);
    return rule && json_set_text(rule, "type", type, arena, err) ? rule : NULL;
}

static bool set_pattern(Json *rule, const char *pattern, Arena *arena, Error *err)
{
    Json *regex = json_new_object(arena, err);
    return regex && json_set_text(regex, "Regex", pattern, arena, err) &&
           json_set(rule, "pattern", regex, err);
}

static bool add_replacement(Json *list, const char *pattern, const char *content, Arena *arena,
                            Error *err)
{
    Json *rule = new_rule("Replace", arena, err);
    return rule && set_pattern(rule, pattern, arena, err) &&
           json_set_text(rule, "content", content, arena, err) && json_add(list, rule, err);
}

static bool add_strip(Json *list, Arena *arena, Error *err)
{
    Json *rule = new_rule("Strip", arena, err);
    return rule && json_set(rule, "strip_left", json_new_bool(true, arena, err), err) &&
           json_set(rule, "strip_right", json_new_bool(true, arena, err), err) &&
           json_add(list, rule, err);
}

static Json *sequence(const char *key, Json *list, Arena *arena, Error *err)
{
    Json *rule = new_rule("Sequence", arena, err);
    return rule && json_set(rule, key, list, err) ? rule : NULL;
}

Json *tokenizer_rules_normalizer(Arena *arena, Error *err)
{
    Json *list = json_new_list(arena, err);
    if (!list) return NULL;
    for (int i = 0; i < N_CLEAN; i++)
        if (!add_replacement(list, clean[i].pattern, clean[i].content, arena, err)) return NULL;
    if (!json_add(list, new_rule("NFC", arena, err), err)) return NULL;
    for (int i = 0; i < N_STANDARD; i++)
        if (!add_replacement(list, standard[i].pattern, standard[i].content, arena, err))
            return NULL;
    if (!add_strip(list, arena, err) || !json_add(list, new_rule("Lowercase", arena, err), err))
        return NULL;
    return sequence("normalizers", list, arena, err);
}

/* --- cutting: the splitter --------------------------------------------------------------------
 *
 * Words are stretches between spaces from which one more word comes off with each rule: a rule matches what begins a
 * stretch (\A) and is cut there. What is kept whole is guarded in each, so that words that are finished pass all
 * rules that follow unchanged. The end comes off before the front, as in splitter.c. */

enum { MOST_CUT_OFF = 4 }; /* words at either end of a stretch; beyond that nearly none has any */

#define LETTER      "[\\p{L}\\p{M}]"
#define STICKS      "[.'`@\\-~/|\\\\]" /* and those with rules of their own */
#define PUNCTUATION "(?!" STICKS ")[\\p{P}\\p{S}]"
#define CLITICS     "(?<=" LETTER ")(?:'s|'m|'d|'ll|'re|'ve|n't)|(?<=[\\p{N}.])(?:'s|'m|'d|'ll|'re|'ve)"
#define PREFIX      "(?>\\.{2,}|\\.(?=" LETTER ")|''|``|'|`|" PUNCTUATION ")"
#define SUFFIX      "(?:\\.+|''?|``?|" CLITICS "|" PUNCTUATION ")"

static bool add_words(Buffer *pattern, const char *const *words, size_t n, Error *err)
{
    for (size_t i = 0; i < n; i++)
        if ((i > 0 && !buffer_add_char(pattern, '|', err)) || !escape_regex(pattern, words[i], err))
            return false;
    return true;
}

/* What is_kept says in splitter.c, up to the end of the stretch. */
static const char *kept_pattern(Arena *arena, Error *err)
{
    size_t n;
    const char *const *words = splitter_words_kept(&n);
    Buffer pattern = buffer_create(arena);
    return buffer_add_text(&pattern,
                           "(?:[^ ]|\\.+|-+|~+|/+|\\|+|\\\\+|(?:" LETTER "\\.){2,}|(?!i\\.)" LETTER
                           "\\.|",
                           err) &&
                   add_words(&pattern, words, n, err) && buffer_add_text(&pattern, ")\\z", err)
               ? pattern.data
               : NULL;
}

static const char *units_pattern(Arena *arena, Error *err)
{
    size_t n;
    const char *const *words = splitter_words_units(&n);
    Buffer pattern = buffer_create(arena);
    return add_words(&pattern, words, n, err) ? pattern.data : NULL;
}

/* What matches is a piece of its own, as is what stands between two matches; a space is dropped. */
static bool add_split(Json *list, const char *pattern, bool is_dropped, Arena *arena, Error *err)
{
    Json *rule = pattern ? new_rule("Split", arena, err) : NULL;
    return rule && set_pattern(rule, pattern, arena, err) &&
           json_set_text(rule, "behavior", is_dropped ? "Removed" : "Isolated", arena, err) &&
           json_set(rule, "invert", json_new_bool(false, arena, err), err) &&
           json_add(list, rule, err);
}

/* The same rule several times: each takes one word off. */
static bool add_peeling(Json *list, const char *pattern, Arena *arena, Error *err)
{
    for (int i = 0; i < MOST_CUT_OFF; i++)
        if (!add_split(list, pattern, false, arena, err)) return false;
    return true;
}

static bool add_ends(Json *list, const char *kept, const char *units, Arena *arena, Error *err)
{
    const char *last = arena_format(arena, err,
                                    "\\A(?!%s)(?!" PREFIX "%s)(?:.+?(?=" SUFFIX "\\z)|(?:(?!" LETTER
                                    ").)*\\p{N}(?=(?:%s)\\z))",
                                    kept, kept, units);
    const char *first = arena_format(arena, err, "\\A(?!%s)" PREFIX "(?=.)", kept);
    return last && first && add_peeling(list, last, arena, err) &&
           add_peeling(list, first, arena, err);
}

static bool add_inside(Json *list, const char *kept, Arena *arena, Error *err)
{
    static const char infix[] =
        "(?<=[^ ])[\\x{AB}\\x{BB}\\x{201E}](?=.)|(?<=[^.])\\.{2,}(?=[^.])"
        "|(?<=.)[$\\x{A3}\\x{20AC}](?=\\p{N})|(?<=" LETTER ")[:=<>](?=" LETTER ")";
    static const char two_words[] = "\\A(?:can(?=not\\z)|gon(?=na\\z)|got(?=ta\\z))";
    const char *clitic = arena_format(arena, err, "\\A(?!%s).+?(?=(?:" CLITICS ")\\z)", kept);
    return add_split(list, infix, false, arena, err) &&
           add_split(list, clitic, false, arena, err) &&
           add_split(list, two_words, false, arena, err);
}

Json *tokenizer_rules_pre_tokenizer(Arena *arena, Error *err)
{
    static const char spaced[] = "-+|~+|/+|\\|+|[!\";?+,)(*\\[\\]}{_]"; /* standardize.h */
    Json *list = json_new_list(arena, err);
    const char *kept = kept_pattern(arena, err), *units = units_pattern(arena, err);
    bool complete = list && kept && units && add_split(list, " ", true, arena, err) &&
                    add_split(list, spaced, false, arena, err) &&
                    add_ends(list, kept, units, arena, err) && add_inside(list, kept, arena, err);
    return complete ? sequence("pretokenizers", list, arena, err) : NULL;
}
