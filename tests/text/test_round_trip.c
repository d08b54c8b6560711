#include <criterion/criterion.h>
#include <string.h>

#include "base/archive.h"
#include "base/file.h"
#include "text_rig.h"

TestSuite(round_trip, .init = text_rig_set_up, .fini = text_rig_tear_down, .timeout = 60);

enum { N_BOOKS = 5, LEAST_LINES = 500 };

static bool take_book(void *context, const char *member, const char *bytes, size_t size, Error *err)
{
    Documents *books = context;
    if (books->n == N_BOOKS || size < 1000) return true;
    Document *book = &books->items[books->n++];
    book->name = arena_text(text_rig_arena, member, err);
    book->text = book->name ? arena_text_span(text_rig_arena, bytes, size, err) : NULL;
    book->size = size;
    return book->text != NULL;
}

static Documents read_books(const char *archive)
{
    Documents books = {0, arena_alloc(text_rig_arena, N_BOOKS, sizeof(Document), &text_rig_err)};
    cr_assert(archive_visit(text_rig_mirror(archive), 0, NULL, take_book, &books, &text_rig_err),
              "%s", text_rig_err.text);
    cr_assert_eq(books.n, N_BOOKS);
    return books;
}

/* Every line without an unknown character comes back as its normalized form; most lines are such. */
static void check_lines(const Tokenizer *tokenizer, const char *text)
{
    size_t n_lines = 0, n_known = 0;
    for (const char *line = text; *line;) {
        size_t size = strcspn(line, "\n");
        ArenaMark mark = arena_mark(text_rig_arena);
        TokenList tokens;
        cr_assert(tokenizer_encode(&tokens, tokenizer, line, size, text_rig_arena, &text_rig_err),
                  "%s", text_rig_err.text);
        const char *words = tokenizer_normalize(line, size, tokenizer_rules(tokenizer),
                                                text_rig_arena, &text_rig_err);
        bool known = true;
        for (size_t i = 0; i < tokens.n; i++) known = known && tokens.ids[i] != 0;
        if (known)
            cr_assert_str_eq(
                tokenizer_decode(tokenizer, tokens.ids, tokens.n, text_rig_arena, &text_rig_err),
                words);
        n_lines++;
        n_known += known;
        arena_reset(text_rig_arena, mark);
        line += size + (line[size] == '\n');
    }
    cr_assert_geq(n_lines, LEAST_LINES);
    cr_assert_geq(n_known, n_lines * 98 / 100, "%zu of %zu lines", n_known, n_lines);
}

Test(round_trip, lines_of_books_come_back_normalized)
{
    Documents books = read_books("corpora/100_english_novels.tar.xz");
    check_lines(text_rig_train("t", 1000, &books), books.items[N_BOOKS - 1].text);
}

Test(round_trip, lines_of_task_files_come_back_normalized)
{
    Documents books = read_books("corpora/100_english_novels.tar.xz");
    Tokenizer *tokenizer = text_rig_train("t", 1000, &books);
    const char *files[] = {"sst2/dev.tsv", "mrpc/dev.tsv", "rte/dev.tsv", "stsb/sts-dev.csv"};
    Buffer all = buffer_create(text_rig_arena);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *text;
        size_t size;
        cr_assert(file_read(&text, &size, text_rig_mirror(files[i]), text_rig_arena, &text_rig_err),
                  "%s", text_rig_err.text);
        cr_assert(buffer_add(&all, text, size, &text_rig_err));
    }
    check_lines(tokenizer, all.data);
}

Test(round_trip, books_encode_whole_as_with_their_original_merges)
{
    Documents books = read_books("corpora/100_english_novels.tar.xz");
    const TokenizerFiles files = {.method = "published",
                                  .vocabulary = text_rig_mirror("gpt1-bpe/encoder_bpe_40000.json"),
                                  .merges = text_rig_mirror("gpt1-bpe/vocab_40000.bpe")};
    Tokenizer *tokenizer = tokenizer_load_files(&files, text_rig_arena, &text_rig_err);
    cr_assert(tokenizer, "%s", text_rig_err.text);
    TokenList tokens;
    size_t *offset;
    cr_assert(tokenizer_encode_documents(&tokens, &offset, tokenizer, &books, text_rig_arena,
                                         &text_rig_err),
              "%s", text_rig_err.text);
    for (size_t d = 0; d < N_BOOKS; d++) {
        const Document *book = &books.items[d];
        const char *words = tokenizer_normalize(book->text, book->size, tokenizer_rules(tokenizer),
                                                text_rig_arena, &text_rig_err);
        const char *back =
            tokenizer_decode(tokenizer, tokens.ids + offset[d], offset[d + 1] - offset[d],
                             text_rig_arena, &text_rig_err);
        cr_assert(words && back, "%s", text_rig_err.text);
        if (!strstr(back, "<unk>")) cr_expect(strcmp(back, words) == 0, "%s", book->name);
    }
}
