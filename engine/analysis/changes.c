#include "analysis/changes.h"

#include <string.h>

#include "analysis/cell_words.h"
#include "analysis/claim_rows.h"
#include "analysis/claim_words.h"
#include "result/verdict.h"

/* --- settings --------------------------------------------------------------------------------------- */

typedef struct SettingsSaid {
    TextList *said;
    Arena *arena;
    Error *err;
} SettingsSaid;

/* `before` NULL: it is new. */
static bool say_setting(const SettingsSaid *settings, const char *path, const Json *before,
                        const Json *after)
{
    Buffer words = buffer_create(settings->arena);
    if (!cell_words_setting(&words, path, after, settings->err) ||
        !buffer_add_text(&words, before ? ", was " : ", not set before", settings->err) ||
        (before && !cell_words_setting(&words, path, before, settings->err)))
        return false;
    if (settings->said->n < CHANGES_MOST_SETTINGS) spec_list_place(settings->said, words.data);
    return true;
}

/* Sections within sections included. */
static bool say_section(const SettingsSaid *settings, const char *section, const Json *before,
                        const Json *after)
{
    for (size_t i = 0; i < json_size(after); i++) {
        const char *key;
        Json *value;
        json_member(after, i, &key, &value);
        const Json *was = json_get(before, key);
        const bool is_section = json_type(value) == JSON_OBJECT_VALUE;
        if (was ? json_same(was, value) : is_section) continue; /* a new section says nothing yet */
        const char *path = arena_format(settings->arena, settings->err, "%s%s%s", section,
                                        *section ? "." : "", key);
        const bool inside = is_section && json_type(was) == JSON_OBJECT_VALUE;
        if (!path || !(inside ? say_section(settings, path, was, value)
                              : say_setting(settings, path, was, value)))
            return false;
    }
    return true;
}

bool changes_settings(TextList *settings, const Experiment *before, const Experiment *after,
                      Arena *arena, Error *err)
{
    const SettingsSaid said = {settings, arena, err};
    *settings = (TextList){.text = arena_alloc(arena, CHANGES_MOST_SETTINGS, sizeof(char *), err)};
    for (size_t c = 0; settings->text && c < after->n_cells; c++)
        for (size_t b = 0; b < before->n_cells; b++)
            if (!strcmp(before->cells[b].name, after->cells[c].name) &&
                !say_section(&said, "", before->cells[b].json, after->cells[c].json))
                return false;
    return settings->text != NULL;
}

/* --- claims ----------------------------------------------------------------------------------------- */

/* A claim as one of the results has it. */
typedef struct Stated {
    const Result *result;
    const ExperimentClaim *claim; /* NULL: it does not ask it */
    const NumbersClaim *whole;    /* NULL: it was not measured */
} Stated;

static Stated stated_in(const Result *result, const char *id)
{
    Stated stated = {.result = result};
    for (size_t i = 0; i < result->experiment->n_claims; i++)
        if (!strcmp(result->experiment->claims[i].id, id))
            stated.claim = &result->experiment->claims[i];
    if (!stated.claim) return stated;
    const ClaimRows rows = claim_rows(&result->findings, stated.claim);
    if (rows.n > 0) stated.whole = &rows.items[rows.n - 1];
    return stated;
}

typedef bool Part(Buffer *text, const Stated *stated, Error *err);

static bool add_rule(Buffer *text, const Stated *stated, Error *err)
{
    return claim_words_rule(text, stated->claim, err);
}

static bool add_effect(Buffer *text, const Stated *stated, Error *err)
{
    return claim_words_effect(text, stated->result->experiment, stated->claim, err);
}

static bool add_found(Buffer *text, const Stated *stated, Error *err)
{
    return claim_words_row(text, stated->claim, stated->whole, err);
}

/* Where the two say something else: *lead, which is then "; ", "the WHAT went from “...” to “...”". */
static bool add_moved(Buffer *words, const char **lead, const char *what, Part *part,
                      const Stated *was, const Stated *is, Error *err)
{
    Buffer before = buffer_create(words->arena), after = buffer_create(words->arena);
    if (!part(&before, was, err) || !part(&after, is, err)) return false;
    if (!strcmp(before.data, after.data)) return true;
    const char *begin = *lead;
    *lead = "; ";
    return buffer_format(words, err, "%sthe %s went from “%s” to “%s”", begin, what, before.data,
                         after.data);
}

static const char *verdict_of(const Stated *stated)
{
    return !stated->claim   ? "not asked"
           : !stated->whole ? "not measured"
                            : verdict_words[stated->whole->verdict];
}

static int number_of(const Stated *stated)
{
    return stated->whole ? stated->whole->verdict : -1;
}

/* What moved of a claim; empty: nothing. */
static bool compare_claim(Buffer *words, const Stated *was, const Stated *is, Error *err)
{
    const char *before = verdict_of(was), *after = verdict_of(is);
    const bool moved = strcmp(before, after) != 0;
    const char *lead = moved ? ", because " : ": ";
    Buffer reasons = buffer_create(words->arena);
    if (was->claim && is->claim &&
        (!add_moved(&reasons, &lead, "threshold", add_rule, was, is, err) ||
         !add_moved(&reasons, &lead, "question", add_effect, was, is, err) ||
         (moved && was->whole && is->whole &&
          !add_moved(&reasons, &lead, "effect", add_found, was, is, err))))
        return false;
    if (moved && !buffer_format(words, err, "%s → %s", before, after)) return false;
    if (!moved && reasons.size && !buffer_format(words, err, "%s as before", after)) return false;
    return !reasons.size || buffer_add_text(words, reasons.data, err);
}

static bool add_claim(SpecList *claims, const char *id, const Result *before, const Result *after,
                      Arena *arena, Error *err)
{
    const Stated was = stated_in(before, id), is = stated_in(after, id);
    Buffer words = buffer_create(arena);
    if (!compare_claim(&words, &was, &is, err)) return false;
    if (words.size)
        ((ChangesClaim *)claims->items)[claims->n++] =
            (ChangesClaim){id, number_of(&was), number_of(&is), words.data};
    return true;
}

bool changes_claims(SpecList *claims, const Result *before, const Result *after, Arena *arena,
                    Error *err)
{
    const Experiment *old = before->experiment, *new = after->experiment;
    *claims = (SpecList){
        .items = arena_alloc(arena, old->n_claims + new->n_claims, sizeof(ChangesClaim), err)};
    if (!claims->items) return false;
    for (size_t i = 0; i < new->n_claims; i++)
        if (!add_claim(claims, new->claims[i].id, before, after, arena, err)) return false;
    for (size_t i = 0; i < old->n_claims; i++)
        if (!stated_in(after, old->claims[i].id).claim &&
            !add_claim(claims, old->claims[i].id, before, after, arena, err))
            return false;
    return true;
}
