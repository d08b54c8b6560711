#include "text/tokenizer_huggingface.h"

#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "text/bpe_method.h"
#include "text/tokenizer_json.h"
#include "text/tokenizer_rules.h"
#include "text/tokenizer_state.h"

/* --- JSON ------------------------------------------------------------------------------------- */

typedef struct Writing {
    const TokenizerExport *what;
    const char *folder;
    Arena *arena;
    Error *err;
} Writing;

static Json *new_object(const Writing *w)
{
    return json_new_object(w->arena, w->err);
}

static bool set(const Writing *w, Json *object, const char *key, Json *value)
{
    return json_set(object, key, value, w->err);
}

static bool set_text(const Writing *w, Json *object, const char *key, const char *value)
{
    return json_set_text(object, key, value, w->arena, w->err);
}

static bool set_integer(const Writing *w, Json *object, const char *key, int64_t value)
{
    return json_set_integer(object, key, value, w->arena, w->err);
}

static bool set_bool(const Writing *w, Json *object, const char *key, bool value)
{
    return set(w, object, key, json_new_bool(value, w->arena, w->err));
}

static bool set_null(const Writing *w, Json *object, const char *key)
{
    return set(w, object, key, json_new_null(w->arena, w->err));
}

static bool write_file(const Writing *w, const char *name, const Json *object)
{
    const char *path = file_join(w->arena, w->folder, name, w->err);
    return path && json_write_file(path, object, w->arena, w->err);
}

/* --- the model: vocabulary and merges --------------------------------------------------------- */

static Json *vocabulary(const Writing *w)
{
    const Vocabulary *tokens = &w->what->tokenizer->vocabulary;
    Json *object = new_object(w);
    for (size_t id = 0; object && id < tokens->n; id++)
        if (!set_integer(w, object, tokens->token[id], (int64_t)id)) return NULL;
    return object;
}

/* The lines of the file behind the first, which was read before: each ends with a newline. */
static Json *merges(const Writing *w, const char *text)
{
    Json *list = json_new_list(w->arena, w->err);
    for (const char *line = strchr(text, '\n') + 1; list && *line; line = strchr(line, '\n') + 1) {
        const char *merge =
            arena_text_span(w->arena, line, (size_t)(strchr(line, '\n') - line), w->err);
        if (!merge || !json_add(list, json_new_text(merge, w->arena, w->err), w->err)) return NULL;
    }
    return list;
}

static Json *model(const Writing *w, const char *merges_text)
{
    Json *object = new_object(w);
    bool complete =
        object && set_text(w, object, "type", "BPE") && set_null(w, object, "dropout") &&
        set_text(w, object, "unk_token", VOCABULARY_UNKNOWN) &&
        set_null(w, object, "continuing_subword_prefix") &&
        set_text(w, object, "end_of_word_suffix", VOCABULARY_WORD_END) &&
        set_bool(w, object, "fuse_unk", false) && set_bool(w, object, "byte_fallback", false) &&
        set_bool(w, object, "ignore_merges", false) && set(w, object, "vocab", vocabulary(w)) &&
        set(w, object, "merges", merges(w, merges_text));
    return complete ? object : NULL;
}

/* --- what stands around texts ----------------------------------------------------------------- */

static bool add_added(const Writing *w, Json *list, const char *token, int id)
{
    Json *object = new_object(w);
    return object && set_integer(w, object, "id", id) && set_text(w, object, "content", token) &&
           set_bool(w, object, "single_word", false) && set_bool(w, object, "lstrip", false) &&
           set_bool(w, object, "rstrip", false) && set_bool(w, object, "normalized", false) &&
           set_bool(w, object, "special", true) && json_add(list, object, w->err);
}

static Json *added_tokens(const Writing *w)
{
    Json *list = json_new_list(w->arena, w->err);
    bool complete = list && add_added(w, list, VOCABULARY_UNKNOWN, 0);
    for (size_t i = 0; complete && i < w->what->n_added; i++)
        complete = add_added(w, list, w->what->added[i].text, w->what->added[i].id);
    return complete ? list : NULL;
}

/* {"SpecialToken": {"id": name, "type_id": 0}}, or "Sequence" of the texts A and B. */
static bool add_piece(const Writing *w, Json *list, const char *kind, const char *name, int type)
{
    Json *piece = new_object(w), *inner = piece ? new_object(w) : NULL;
    return inner && set_text(w, inner, "id", name) && set_integer(w, inner, "type_id", type) &&
           set(w, piece, kind, inner) && json_add(list, piece, w->err);
}

static bool add_token(const Writing *w, Json *list, const TokenizerAdded *token, int type)
{
    return !token || add_piece(w, list, "SpecialToken", token->text, type);
}

static Json *template_of(const Writing *w, bool is_pair)
{
    static const char text[] = "Sequence";
    const TokenizerFrame *frame = w->what->frame;
    const int type = frame->second_type;
    Json *list = json_new_list(w->arena, w->err);
    bool complete =
        list && add_token(w, list, frame->first, 0) && add_piece(w, list, text, "A", 0) &&
        (!is_pair ||
         (add_token(w, list, frame->between, 0) && add_piece(w, list, text, "B", type))) &&
        add_token(w, list, frame->last, is_pair ? type : 0);
    return complete ? list : NULL;
}

static bool set_special(const Writing *w, Json *object, const TokenizerAdded *added)
{
    if (!added) return true;
    const char *token = added->text;
    Json *entry = new_object(w);
    Json *ids = entry ? json_new_list(w->arena, w->err) : NULL;
    Json *tokens = ids ? json_new_list(w->arena, w->err) : NULL;
    return tokens && json_add(ids, json_new_integer(added->id, w->arena, w->err), w->err) &&
           json_add(tokens, json_new_text(token, w->arena, w->err), w->err) &&
           set_text(w, entry, "id", token) && set(w, entry, "ids", ids) &&
           set(w, entry, "tokens", tokens) && set(w, object, token, entry);
}

static Json *post_processor(const Writing *w)
{
    const TokenizerFrame *frame = w->what->frame;
    if (!frame) return json_new_null(w->arena, w->err);
    Json *object = new_object(w), *special = object ? new_object(w) : NULL;
    bool complete =
        special && set_text(w, object, "type", "TemplateProcessing") &&
        set(w, object, "single", template_of(w, false)) &&
        set(w, object, "pair", template_of(w, true)) && set_special(w, special, frame->first) &&
        set_special(w, special, frame->between) && set_special(w, special, frame->last) &&
        set(w, object, "special_tokens", special);
    return complete ? object : NULL;
}

/* --- files ------------------------------------------------------------------------------------ */

static Json *decoder(const Writing *w)
{
    Json *object = new_object(w);
    bool complete = object && set_text(w, object, "type", "BPEDecoder") &&
                    set_text(w, object, "suffix", VOCABULARY_WORD_END);
    return complete ? object : NULL;
}

static bool write_tokenizer(const Writing *w, const char *merges_text)
{
    Json *object = new_object(w);
    return object && set_text(w, object, "version", "1.0") && set_null(w, object, "truncation") &&
           set_null(w, object, "padding") && set(w, object, "added_tokens", added_tokens(w)) &&
           set(w, object, "normalizer", tokenizer_rules_normalizer(w->arena, w->err)) &&
           set(w, object, "pre_tokenizer", tokenizer_rules_pre_tokenizer(w->arena, w->err)) &&
           set(w, object, "post_processor", post_processor(w)) &&
           set(w, object, "decoder", decoder(w)) &&
           set(w, object, "model", model(w, merges_text)) &&
           write_file(w, "tokenizer.json", object);
}

static bool set_names(const Writing *w, Json *object)
{
    bool complete = set_text(w, object, "unk_token", VOCABULARY_UNKNOWN) &&
                    set_text(w, object, "pad_token", VOCABULARY_UNKNOWN);
    for (size_t i = 0; complete && i < w->what->n_added; i++)
        complete = !w->what->added[i].role ||
                   set_text(w, object, w->what->added[i].role, w->what->added[i].text);
    return complete;
}

static bool set_own_name(const Writing *w, Json *object, const char *role, int id)
{
    return id < 0 || set_text(w, object, role, w->what->tokenizer->vocabulary.token[id]);
}

/* Those of a vocabulary that has them; where its texts end, one token may be both. */
static bool set_own_names(const Writing *w, Json *object)
{
    const TokenizerSpecials *own = tokenizer_specials(w->what->tokenizer);
    const bool frames = own->begin >= 0 && own->mask >= 0;
    return set_own_name(w, object, "unk_token", own->unknown) &&
           set_own_name(w, object, "pad_token", own->pad) &&
           set_own_name(w, object, "cls_token", frames ? own->begin : -1) &&
           set_own_name(w, object, frames ? "sep_token" : "eos_token", own->end) &&
           set_own_name(w, object, "mask_token", own->mask);
}

/* What the tokenizer gives a model. */
static bool set_inputs(const Writing *w, Json *object)
{
    Json *names = json_new_list(w->arena, w->err);
    bool complete = names &&
                    json_add(names, json_new_text("input_ids", w->arena, w->err), w->err) &&
                    (!w->what->tells_segments ||
                     json_add(names, json_new_text("token_type_ids", w->arena, w->err), w->err)) &&
                    json_add(names, json_new_text("attention_mask", w->arena, w->err), w->err);
    return complete && set(w, object, "model_input_names", names);
}

static bool write_configs(const Writing *w)
{
    Json *config = new_object(w), *names = config ? new_object(w) : NULL;
    return names && set_text(w, config, "tokenizer_class", "PreTrainedTokenizerFast") &&
           set_integer(w, config, "model_max_length", w->what->n_context) &&
           set_bool(w, config, "clean_up_tokenization_spaces", false) &&
           set_text(w, config, "padding_side", "right") && set_inputs(w, config) &&
           set_names(w, config) && set_names(w, names) &&
           write_file(w, "tokenizer_config.json", config) &&
           write_file(w, "special_tokens_map.json", names);
}

/* The original's own two files, under the names that the library gives them. */
static bool copy_originals(const Writing *w, const char *merges_text, size_t size)
{
    const char *path = file_join(w->arena, w->folder, "merges.txt", w->err);
    return path && file_write(path, merges_text, size, w->err) &&
           write_file(w, "vocab.json", vocabulary(w));
}

/* --- one that was taken over ------------------------------------------------------------------------ */

/* The file itself says all, or the class of the library knows how it is read. */
static bool write_class(const Writing *w, bool says_all)
{
    const char *settings =
        file_join(w->arena, w->what->source, w->what->tokenizer->method->files.settings, w->err);
    Json *config = NULL;
    if (!settings) return false;
    if (file_exists(settings)) config = json_parse_file(settings, w->arena, w->err);
    else config = new_object(w);
    return config &&
           set_text(w, config, "tokenizer_class",
                    says_all ? "PreTrainedTokenizerFast"
                             : w->what->tokenizer->method->library_class) &&
           set_integer(w, config, "model_max_length", w->what->n_context) &&
           set_inputs(w, config) && set_own_names(w, config) &&
           write_file(w, "tokenizer_config.json", config);
}

static bool write_taken_over(const Writing *w)
{
    const TokenizerMethod *method = w->what->tokenizer->method;
    char *bytes;
    size_t size;
    const char *from = file_join(w->arena, w->what->source, method->files.vocabulary, w->err);
    if (w->what->n_added > 0)
        return error_set(w->err,
                         "a tokenizer of method '%s' is not written for the library with tokens "
                         "behind its own",
                         method->entry.name);
    if (!from || !file_read(&bytes, &size, from, w->arena, w->err)) return false;
    const bool says_all = tokenizer_json_is_object(bytes, size);
    const char *to =
        file_join(w->arena, w->folder, says_all ? "tokenizer.json" : method->library_file, w->err);
    return to && file_write(to, bytes, size, w->err) && write_class(w, says_all);
}

bool tokenizer_huggingface_write(const char *folder, const TokenizerExport *tokenizer,
                                 Arena *scratch, Error *err)
{
    const Writing w = {tokenizer, folder, scratch, err};
    char *text;
    size_t size;
    if (tokenizer->tokenizer->method->library_file) return write_taken_over(&w);
    if (tokenizer->tokenizer->method != &bpe_method)
        return error_set(err,
                         "a tokenizer of method '%s' is not written for the library, only one that "
                         "was learnt here",
                         tokenizer->tokenizer->method->entry.name);
    const char *path = file_join(scratch, tokenizer->source, BPE_METHOD_MERGES_FILE, err);
    return path && file_read(&text, &size, path, scratch, err) && write_tokenizer(&w, text) &&
           write_configs(&w) && copy_originals(&w, text, size);
}
