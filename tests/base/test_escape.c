#include "base/escape.h"

#include <criterion/criterion.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/file.h"
#include "base/program.h"
#include "base/rng.h"

static Error err;
static Arena *arena;

static void make(void)
{
    scratch_folder_make();
    arena = arena_create("test", &err);
}

static void destroy(void)
{
    arena_destroy(arena);
    scratch_folder_remove();
}

TestSuite(escape, .init = make, .fini = destroy);

typedef bool Escape(Buffer *out, const char *text, Error *err);

static const char *escaped(Escape *escape, const char *text)
{
    Buffer out = buffer_create(arena);
    cr_assert(escape(&out, text, &err), "%s", err.text);
    return out.data;
}

static bool latex(Buffer *out, const char *text, Error *error)
{
    return escape_latex(out, text, strlen(text), error);
}

static const char ordinary[] = "first-transfer, lm_coefficient=0.5 (GPT-1's, 95)";

Test(escape, ordinary_names_stay_as_they_are)
{
    cr_expect_str_eq(escaped(escape_gnuplot, ordinary),
                     "\"first-transfer, lm_coefficient=0.5 (GPT-1's, 95)\"");
    cr_expect_str_eq(escaped(escape_gnuplot_field, "lm_coefficient=0.5"), "lm_coefficient=0.5,");
    cr_expect_str_eq(escaped(latex, "GPT-1's, λ"), "GPT-1's, $\\lambda$");
    cr_expect_str_eq(escaped(escape_tsv, ordinary), ordinary);
    cr_expect_str_eq(escaped(escape_shell, "first-transfer"), "first-transfer");
}

Test(escape, gnuplot_runs_nothing_in_backquotes)
{
    cr_expect_str_eq(escaped(escape_gnuplot, "a `b` \"c\" \\d\ne\rf"),
                     "\"a \\140b\\140 \\\"c\\\" \\\\d\\ne f\"");
}

Test(escape, a_regular_expression_means_the_text_itself)
{
    cr_expect_str_eq(escaped(escape_regex, "'mr. a+b (c) [d] \\e"),
                     "'mr\\. a\\+b \\(c\\) \\[d\\] \\\\e");
    cr_expect_str_eq(escaped(escape_regex, "^a-$|{2}*?/#"), "\\^a\\-\\$\\|\\{2\\}\\*\\?\\/\\#");
}

Test(escape, a_tic_of_gnuplot_is_no_format)
{
    cr_expect_str_eq(escaped(escape_gnuplot_tic, "50 %s"), "\"50 %%s\"");
}

Test(escape, fields_that_gnuplot_reads_have_no_quotation_marks_and_one_line)
{
    cr_expect_str_eq(escaped(escape_gnuplot_field, "a \"b\", c\nd"), "\"a 'b', c d\",");
    cr_expect_str_eq(escaped(escape_gnuplot_field, "# a"), "\"# a\",");
}

Test(escape, latex_has_no_command_of_a_name)
{
    cr_expect_str_eq(escaped(latex, "\\input{x} $a$ %b #1 a_b ^~&"),
                     "\\textbackslash{}input\\{x\\} \\$a\\$ \\%b \\#1 a\\_b "
                     "\\textasciicircum{}\\textasciitilde{}\\&");
    cr_expect_str_eq(escaped(latex, "a|b `c` <d> *e [f] --g\n\nh"),
                     "a\\textbar{}b \\textasciigrave{}c\\textasciigrave{} "
                     "\\textless{}d\\textgreater{} {*}e {[}f] -{}-{}g  h");
}

/* Each compiles with pdflatex in its default encoding of fonts and in T1, with XeLaTeX and with LuaLaTeX. */
Test(escape, every_printable_character_of_ascii_has_a_form_in_latex_that_needs_no_package)
{
    char all[0x7F - 0x20 + 1] = "";
    for (int c = 0x20; c < 0x7F; c++) all[c - 0x20] = (char)c;
    cr_expect_str_eq(
        escaped(latex, all),
        " !\\symbol{34}\\#\\$\\%\\&'(){*}+,-./0123456789:;\\textless{}=\\textgreater{}?@"
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ{[}\\textbackslash{}]\\textasciicircum{}\\_"
        "\\textasciigrave{}abcdefghijklmnopqrstuvwxyz\\{\\textbar{}\\}"
        "\\textasciitilde{}");
}

Test(escape, latex_joins_no_two_letters_to_another)
{
    cr_expect_str_eq(escaped(latex, "'' -- --- ,, ,,,"), "'{}'{} -{}-{} -{}-{}- ,{},{} ,{},{},");
    cr_expect_str_eq(escaped(latex, "<< >> `` !` ?`"),
                     "\\textless{}\\textless{} \\textgreater{}\\textgreater{} "
                     "\\textasciigrave{}\\textasciigrave{} !\\textasciigrave{} "
                     "?\\textasciigrave{}");
}

Test(escape, what_no_one_can_read_becomes_a_space)
{
    static const char text[] =
        "a\x1b[31m \xC2\x9B \xE2\x80\xA8 \xE2\x80\xAE \xE2\x81\xA6 \xEF\xBF\xBF é";
    cr_expect_str_eq(escaped(escape_gnuplot, text), "\"a [31m           é\"");
    cr_expect_str_eq(escaped(latex, text), "a {[}31m           é");
    cr_expect_str_eq(escaped(escape_gnuplot_field, text), "a [31m           é,");
}

Test(escape, a_comment_of_latex_is_one_line)
{
    cr_expect_str_eq(escaped(escape_latex_comment, "a\n\\input{b}\rc"), "% a \\input{b} c\n");
}

Test(escape, a_field_of_tsv_is_one_field)
{
    cr_expect_str_eq(escaped(escape_tsv, "a\tb\nc\rd\\e"), "a\\tb\\nc\\rd\\\\e");
}

Test(escape, a_path_ends_an_address)
{
    cr_expect_str_eq(escaped(escape_url, "a/b-c_d.tar.gz~"), "a/b-c_d.tar.gz~");
    cr_expect_str_eq(escaped(escape_url, "a b?c#d%e\\é"), "a%20b%3Fc%23d%25e%5C%C3%A9");
}

Test(escape, html_is_neither_a_tag_nor_the_end_of_an_attribute)
{
    cr_expect_str_eq(escaped(escape_html, "a<b> & \"c\" 'd'\n−"),
                     "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39; −");
}

Test(escape, an_address_in_latex_ends_no_argument)
{
    cr_expect_str_eq(escaped(escape_latex_url, "https://a.b/c_d?e=1&f#g%20{h}\\i j"),
                     "https://a.b/c_d?e=1\\&f\\#g\\%20\\%7Bh\\%7D\\%5Ci\\%20j");
}

Test(escape, formats_spell_what_they_are_given_and_nothing_else)
{
    Buffer out = buffer_create(arena);
    cr_assert(escape_latex_format(&out, &err, "\\a{%s}{%zu} %lld%%", "5 %", (size_t)3, -4LL));
    cr_expect_str_eq(out.data, "\\a{5 \\%}{3} -4%");
    buffer_clear(&out);
    cr_assert(escape_html_format(&out, &err, "<b>%s</b>", "<i>"));
    cr_expect_str_eq(out.data, "<b>&lt;i&gt;</b>");
}

Test(escape, a_shell_gives_back_any_word)
{
    static const char hostile[] = "`$(touch x)` ;|&<>()'\"\\!*?[]{}~# %-=,";
    for (uint64_t trial = 0; trial < 30; trial++) {
        char word[24] = "";
        for (uint64_t i = 0; i < trial && i + 1 < sizeof word; i++)
            word[i] = hostile[rng_below(rng_key(1, RNG_TEST, trial), i, sizeof hostile - 1)];
        Buffer command = buffer_create(arena);
        cr_assert(buffer_add_text(&command, "printf %s ", &err) &&
                  escape_shell(&command, word, &err));
        const char *argv[] = {"sh", "-c", command.data, NULL};
        cr_assert_eq(program_run(argv, scratch_folder_path(""), "log"), 0, "%s", command.data);
        cr_expect_str_eq(scratch_folder_read("log"), word, "%s", command.data);
    }
    cr_expect_eq(scratch_folder_count(), 1);
}

Test(escape, roff_is_read_as_it_was_typed)
{
    cr_expect_str_eq(escaped(escape_roff, "as it is, (1) 50 %"), "as it is, (1) 50 %");
    cr_expect_str_eq(escaped(escape_roff, "--set a\\fB\"'`^~"),
                     "\\-\\-set a\\(rsfB\\(dq\\(aq\\(ga\\(ha\\(ti");
    cr_expect_str_eq(escaped(escape_roff, ".SH X\n.SH Y"), "\\&.SH X .SH Y");
}

Test(escape, names_of_files_are_one_name_each)
{
    cr_expect_str_eq(escaped(escape_file_name, "from scratch, layers=2"), "from scratch, layers=2");
    cr_expect_str_eq(escaped(escape_file_name, "../a%2F\n\x7f"), "%2E.%2Fa%252F%0A%7F");
    cr_expect_str_eq(escaped(escape_file_name, "a.b"), "a.b");
}
