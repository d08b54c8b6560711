#include "random_spec.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/hash.h"
#include "base/rng.h"

static uint32_t below(RandomSpec *spec, uint32_t n)
{
    return rng_u32(rng_key(spec->number, RNG_SAMPLE, 0), spec->draws++) % n;
}

static bool chance(RandomSpec *spec, uint32_t percent)
{
    return below(spec, 100) < percent;
}

static void add(RandomSpec *spec, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    size_t room = sizeof spec->text - spec->length;
    int n = vsnprintf(spec->text + spec->length, room, format, arguments);
    va_end(arguments);
    cr_assert(n >= 0 && (size_t)n < room);
    spec->length += (size_t)n;
}

/* One of the values given as JSON. */
#define ONE_OF(spec, ...)                                                                          \
    ((const char *const[]){__VA_ARGS__})[below(spec, sizeof((const char *const[]){__VA_ARGS__}) /  \
                                                         sizeof(const char *))]

/* `"key": value` in an object that is ended by a member "" to be taken away; now and then. */
#define MAYBE(spec, percent, key, ...)                                                             \
    if (chance(spec, percent)) add(spec, "\"%s\": %s, ", key, ONE_OF(spec, __VA_ARGS__))

static void end(RandomSpec *spec, char close)
{
    if (spec->text[spec->length - 2] == ',') spec->length -= 2;
    spec->text[spec->length++] = close;
    spec->text[spec->length] = '\0';
}

static void add_model(RandomSpec *spec)
{
    add(spec, "\"model\": {");
    if (spec->model == LSTM) {
        add(spec,
            "\"architecture\": \"lstm\", \"n_layer\": %s, \"n_hidden\": %s, \"n_channel\": %s, "
            "\"n_context\": 64, ",
            ONE_OF(spec, "1", "2"), ONE_OF(spec, "1", "7"), ONE_OF(spec, "1", "8", "13"));
    } else {
        if (spec->model == ENCODER)
            add(spec,
                "\"architecture\": \"encoder\", \"n_layer\": 2, \"n_head\": 2, \"n_channel\": "
                "16, \"n_context\": 64");
        else
            add(spec, "\"n_layer\": %s, \"n_head\": %s, \"n_channel\": %s", ONE_OF(spec, "1", "3"),
                ONE_OF(spec, "1", "2", "4"), ONE_OF(spec, "4", "12", "16", "24"));
        add(spec, ", ");
        MAYBE(spec, 30, "attention_dropout", "0", "0.9");
    }
    if (spec->model == GPT)
        MAYBE(spec, 50, "n_context", "2", "4", "5", "6", "9", "17", "63", "300");
    MAYBE(spec, 30, "dropout", "0", "0.5", "0.9");
    end(spec, '}');
}

static void add_pretrain(RandomSpec *spec)
{
    if (chance(spec, 20)) {
        add(spec, "\"pretrain\": null");
        return;
    }
    add(spec, "\"pretrain\": {");
    add(spec, "\"tokens\": %s, ", ONE_OF(spec, "1", "64", "500", "900"));
    if (spec->model == ENCODER) add(spec, "\"objective\": \"masked-lm\", ");
    MAYBE(spec, 40, "batch", "1", "3", "7", "500");
    MAYBE(spec, 40, "micro_batch", "1", "2", "7");
    MAYBE(spec, 40, "warmup_updates", "0", "1", "1000");
    MAYBE(spec, 60, "checkpoints", "1", "2", "5", "40");
    MAYBE(spec, 30, "save_every", "1", "1000");
    MAYBE(spec, 30, "seed", "0", "7", "1000000000000000");
    MAYBE(spec, 30, "learning_rate", "0", "0.0001", "0.002", "1");
    MAYBE(spec, 20, "schedule", "\"warmup_constant\"", "\"warmup_linear\"");
    end(spec, '}');
}

static void add_finetune(RandomSpec *spec)
{
    add(spec, "\"finetune\": {");
    MAYBE(spec, 80, "epochs", "1", "2");
    MAYBE(spec, 40, "batch", "1", "5", "100");
    MAYBE(spec, 40, "learning_rate", "0", "0.0001", "0.002", "1");
    MAYBE(spec, 40, "warmup", "0", "0.5", "1");
    if (spec->model == ENCODER) add(spec, "\"lm_coefficient\": 0, ");
    else MAYBE(spec, 40, "lm_coefficient", "0", "0.5", "2");
    MAYBE(spec, 40, "classifier_dropout", "0", "0.9");
    MAYBE(spec, 40, "transfer_layers", "0", "1", "\"all\"", "\"all\"", "9");
    MAYBE(spec, 20, "freeze_transferred", "true", "false");
    MAYBE(spec, 40, "train_examples", "0", "1", "2", "7", "1000");
    MAYBE(spec, 40, "micro_batch_tokens", "16", "300", "1024", "4096");
    MAYBE(spec, 20, "regression", "\"soft-bins\"", "\"squared-error\"");
    end(spec, '}');
}

static void add_probe(RandomSpec *spec)
{
    add(spec, "\"probe\": {");
    MAYBE(spec, 95, "context_windows", "[1, 2, 4]", "[1]", "[3, 60, 500]");
    MAYBE(spec, 50, "context_targets", "1", "5");
    MAYBE(spec, 95, "rate_lengths", "[2, 16]", "[64]");
    add(spec, "\"rate_tokens\": 64, \"rate_timings\": 1}");
}

static void add_settings(RandomSpec *spec)
{
    if (chance(spec, 30))
        add(spec, "\"corpus\": {\"held_out\": %s}, ", ONE_OF(spec, "0", "0.01", "0.5", "0.9"));
    else if (chance(spec, 10))
        add(spec, "\"corpus\": {\"data\": \"one-letter\", \"held_out\": 0}, ");
    if (chance(spec, 30))
        add(spec, "\"tokenizer\": %s, ",
            ONE_OF(spec, "{\"merges\": 0}", "{\"merges\": 1}", "{\"merges\": 3000}",
                   "{\"merges\": 40}"));
    if (spec->model != GPT || chance(spec, 70)) {
        add_model(spec);
        add(spec, ", ");
    }
    add_pretrain(spec);
    add(spec, ", ");
    add_finetune(spec);
    add(spec, ", ");
    add_probe(spec);
}

static const char *const variants[] = {
    "a",     "b | c",   "`id`", "*",           "<b>",    "\xc3\xa9t\xc3\xa9",
    "100 %", "$x$_y^z", "\\\\", "\\\"q\\\"",   "a, b=1", "mean",
    "#",     "~",       "{}",   "\xe6\x96\x87"};

static void add_variants(RandomSpec *spec, int n, int first)
{
    static const char *const overrides[] = {"{}",
                                            "{\"pretrain\": null}",
                                            "{\"corpus\": {\"held_out\": 0.4}}",
                                            "{\"finetune\": {\"epochs\": 1}}",
                                            "{\"tokenizer\": {\"merges\": 20}}",
                                            "{\"model\": {\"n_context\": 33}}"};
    add(spec, "\"variants\": {");
    for (int v = 0; v < n; v++)
        add(spec, "\"%s\": %s, ", variants[(first + v) % (int)(sizeof variants / sizeof *variants)],
            overrides[below(spec, sizeof overrides / sizeof *overrides)]);
    end(spec, '}');
    add(spec, ", ");
}

static void add_questions(RandomSpec *spec)
{
    if (spec->model != ENCODER && chance(spec, 40))
        add(spec, "\"measure\": %s, ",
            ONE_OF(spec, "[\"fine-tuning\"]", "[\"fine-tuning\", \"zero-shot\"]",
                   "[\"position\", \"fine-tuning\"]", "[\"context-window\", \"fine-tuning\"]",
                   "[\"rate\", \"fine-tuning\"]",
                   "[\"fine-tuning\", \"zero-shot\", \"context-window\", \"position\", \"rate\"]"));
    add(spec, "\"tasks\": %s, ",
        ONE_OF(spec, "\"all\"", "[\"tiny-happy\"]", "[\"tiny-ending\"]", "[\"tiny-pairs\"]",
               "[\"tiny-sentence\"]", "[\"tiny-happy\", \"tiny-pairs\"]", "[\"related\"]",
               "[\"entailed\", \"recall\"]", "[\"one-class\"]", "[\"unseen\", \"one-class\"]",
               "[\"one-row\"]", "[\"letter\", \"one-row\"]", "[\"tiny-unsplit\"]", "[\"empty\"]"));
    MAYBE(spec, 30, "zero_shot_tasks", "[\"tiny-sentence\"]", "[\"pronouns\"]",
          "[\"tiny-ending\", \"recall\"]", "\"all\"");
    MAYBE(spec, 50, "seeds", "2", "[0]", "[9007199254740992]", "[3, 1]");
    MAYBE(spec, 40, "grid", "{\"finetune.epochs\": [1, 2]}",
          "{\"finetune.transfer_layers\": [0, \"all\"], \"finetune.lm_coefficient\": [0, 0.5]}",
          "{\"pretrain.tokens\": [64, 300]}", "{\"corpus.held_out\": [0, 0.3]}",
          "{\"finetune\": [{\"epochs\": 1}, {\"batch\": 2}]}", "{\"model.n_context\": [9, 40]}",
          "{\"tokenizer.merges\": [0, 50]}", "{\"finetune.train_examples\": [1, 5, 0]}");
    MAYBE(spec, 20, "select", "{\"finetune.learning_rate\": [0.0001, 0.001]}",
          "{\"finetune.epochs\": [1, 2]}");
    if (strstr(spec->text, "\"grid\"") && chance(spec, 40))
        add(spec, "\"report\": {\"figures\": [{\"kind\": \"grid\", \"axis\": \"`a` | $b$\"}]}, ");
    else
        MAYBE(spec, 20, "report", "{\"figures\": [\"scores\"]}",
              "{\"table\": {\"columns\": {\"A & B | \\\\x\": [\"tiny-happy\"]}}}");
}

static void add_claim(RandomSpec *spec, int n, int first)
{
    if (n < 2 || chance(spec, 40)) return;
    const int most = (int)(sizeof variants / sizeof *variants);
    add(spec,
        "\"claims\": [{\"id\": \"c_1 | %%\", \"statement\": \"`it` *is* <so> & $so$\", "
        "\"better\": \"%s\", \"worse\": \"%s\", \"on\": %s, \"rule\": %s, \"smallest_effect\": "
        "%s}], ",
        variants[first % most], variants[(first + 1) % most],
        strstr(spec->text, "\"measure\"") ? "\"score\""
                                          : ONE_OF(spec, "\"score\"", "\"gap\"", "\"convergence\""),
        ONE_OF(spec, "\"superior\"", "\"not-inferior\"", "\"equivalent\"", "\"most\""), "0.01");
}

void random_spec_make(RandomSpec *spec, uint64_t number)
{
    *spec = (RandomSpec){.number = number};
    add(spec, "{\"format\": 1, \"title\": \"A random one | `number` & $%llu$\", ",
        (unsigned long long)number);
    spec->model = chance(spec, 55) ? GPT : chance(spec, 60) ? LSTM : ENCODER;
    int n = (int)below(spec, 4), first = (int)below(spec, 16);
    add_questions(spec);
    if (n > 0) add_variants(spec, n, first);
    add_claim(spec, n, first);
    add_settings(spec);
    end(spec, '}');
}

/* --- data sets at the edge ------------------------------------------------------------------------ */

static void write_rows(const char *name, const char *train, const char *validation,
                       const char *test)
{
    const char *const texts[] = {train, validation, test};
    static const char *const splits[] = {"train", "validation", "test"};
    RandomSpec json = {0};
    add(&json, "{\"title\": \"T\", \"licence\": \"L\", \"form\": \"classification\", \"labels\": "
               "[\"a\", \"b\"], \"metric\": \"accuracy\", \"table\": {\"format\": \"tsv\", "
               "\"columns\": [\"label\", \"text\"], \"text\": [\"text\"], \"label\": \"label\", "
               "\"label_words\": [\"0\", \"1\"]}, \"files\": [");
    for (int i = 0; i < 3; i++) {
        char path[128];
        snprintf(path, sizeof path, "mirror/%s-%s", name, splits[i]);
        scratch_folder_write(path, texts[i], strlen(texts[i]));
        HashText hash = hash_bytes(texts[i], strlen(texts[i]));
        add(&json, "%s{\"path\": \"%s-%s\", \"urls\": [\"u\"], \"sha256\": \"%s\"}", i ? ", " : "",
            name, splits[i], hash.text);
    }
    add(&json, "], \"splits\": {");
    for (int i = 0; i < 3; i++) {
        int n = 0;
        for (const char *c = texts[i]; *c; c++) n += *c == '\n';
        add(&json, "%s\"%s\": {\"sources\": [{\"file\": \"%s-%s\", \"rows\": %d}], \"rows\": %d}",
            i ? ", " : "", splits[i], name, splits[i], n, n);
    }
    add(&json, "}}");
    char path[128];
    snprintf(path, sizeof path, "datasets/%s.json", name);
    scratch_folder_write(path, json.text, json.length);
}

static void write_world(const char *name, const char *form, const char *more, const char *part)
{
    RandomSpec json = {0};
    char path[128];
    add(&json,
        "{\"title\": \"T\", \"licence\": \"L\", \"form\": \"%s\", %s, \"generator\": {\"world\": "
        "\"storyworld\", \"part\": \"%s\", \"seed\": 1, \"train\": %d, \"validation\": 4, "
        "\"test\": 4}}",
        form, more, part, strcmp(form, "winograd") == 0 ? 0 : 12);
    snprintf(path, sizeof path, "datasets/%s.json", name);
    scratch_folder_write(path, json.text, json.length);
}

static void write_one_letter(void)
{
    static const char text[] =
        "a a a aa a aaa a a aa a a a a aaaa a a a a, a a a a aa a aa a a a a a a aa a, a a aaa a.\n"
        "a aa a a a a, a a a a a a aaa a a a a aa a a aa a a a a a a a a a a a a aa a a aa a a.\n";
    RandomSpec json = {0};
    scratch_folder_write("mirror/letter.txt", text, sizeof text - 1);
    add(&json,
        "{\"title\": \"T\", \"licence\": \"L\", \"metric\": \"perplexity\", \"form\": \"corpus\", "
        "\"files\": [{\"path\": \"letter.txt\", \"urls\": [\"u\"], \"sha256\": \"%s\"}], "
        "\"documents\": {\"file\": \"letter.txt\", \"count\": 1}}",
        hash_bytes(text, sizeof text - 1).text);
    scratch_folder_write("datasets/one-letter.json", json.text, json.length);
}

void random_spec_write_data(void)
{
    write_rows("one-class", "0\tone\n0\ttwo\n0\tthree\n", "0\tfour\n0\tfive\n", "0\tsix\n0\tx\n");
    write_rows("unseen", "0\tone\n0\ttwo\n0\tthree\n", "1\tfour\n0\tfive\n", "1\tsix\n1\tx\n");
    write_rows("one-row", "1\tone\n", "0\ttwo\n", "1\tthree\n");
    write_rows("letter", "1\ta\n0\ta\n", "0\ta\n", "1\ta\n0\ta\n");
    write_rows("empty", "1\ta\n0\ta\n", "", "1\ta\n0\ta\n");
    write_world("related", "regression",
                "\"metric\": \"pearson\", \"target_low\": 0, \"target_high\": 5", "relatedness");
    write_world("entailed", "entailment",
                "\"metric\": \"accuracy\", \"labels\": [\"a\", \"b\", \"c\"]", "entailment");
    write_world("recall", "multiple-choice",
                "\"metric\": \"accuracy\", \"zero_shot\": {\"heuristic\": \"choice\"}", "recall");
    write_world("pronouns", "winograd",
                "\"metric\": \"accuracy\", \"zero_shot\": {\"heuristic\": \"winograd\"}",
                "pronouns");
    write_one_letter();
}
