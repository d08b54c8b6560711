#include "report/page/answer_changes.h"

#include "analysis/changes.h"
#include "base/markdown.h"
#include "base/wrap.h"

bool answer_changes(Buffer *text, const char *title, const SpecList *claims, size_t width,
                    Error *err)
{
    const ChangesClaim *claim = claims->items;
    if (claims->n == 0) return true;
    if (!(width ? buffer_format(text, err, "\n%s:\n", title)
                : markdown_format(text, err, "\n%s:\n\n", title)))
        return false;
    for (size_t i = 0; i < claims->n; i++) {
        Buffer words = buffer_create(text->arena);
        if (!(width
                  ? buffer_format(&words, err, "claim %s: %s", claim[i].id, claim[i].words) &&
                        wrap_add(text, "- ", words.data, 2, width, err)
                  : markdown_format(text, err, "- claim `%s`: %s\n", claim[i].id, claim[i].words)))
            return false;
    }
    return true;
}

bool answer_changes_since(Buffer *text, const Result *result, size_t width, Error *err)
{
    SpecList claims;
    const Result *before = result->before;
    if (!before) return true;
    const char *title =
        arena_format(text->arena, err, "%s → %s, thresholds and verdicts that moved",
                     before->version, result->version);
    return title && changes_claims(&claims, before, result, text->arena, err) &&
           answer_changes(text, title, &claims, width, err);
}
