#include <criterion/criterion.h>
#include <string.h>

#include "base/document.h"
#include "text/pieces.h"
#include "text_rig.h"

TestSuite(mojibake_mac, .init = text_rig_set_up, .fini = text_rig_tear_down);

Test(mojibake_mac, windows_1252_read_as_mac_central_europe_is_repaired)
{
    cr_expect_str_eq(text_rig_clean("Aimťe protťgťe rŰle FranÁais reŽntered nŲwt"),
                     "Aimée protégée rôle Français reëntered nöwt");
    cr_expect_str_eq(text_rig_clean("\"Go!í he said, \"now.í"), "\"Go!' he said, \"now.'");
}

Test(mojibake_mac, clues_in_a_text_decide_for_words_that_have_none)
{
    const char *words = "Fršulein Tannhšuser mariť blasť";
    cr_expect_str_eq(text_rig_clean(words), words);
    cr_expect_str_eq(text_rig_clean("rŰle protťgťe\nFršulein Tannhšuser mariť blasť -í"),
                     "rôle protégée\nFräulein Tannhäuser marié blasé -'");
}

Test(mojibake_mac, one_clue_may_be_a_name)
{
    cr_expect_str_eq(text_rig_clean("McÁrdle and radosť"), "McÁrdle and radosť");
}

Test(mojibake_mac, letters_that_the_accident_does_not_make_speak_against_it)
{
    const char *text = "rŰle protťgťe: učiteľ, řeka, věc, święty";
    cr_expect_str_eq(text_rig_clean(text), text);
}

Test(mojibake_mac, every_piece_of_a_document_knows_what_the_whole_says)
{
    enum { SIZE = 600 << 10 };
    char *text = arena_alloc(text_rig_arena, SIZE + 1, 1, &text_rig_err);
    cr_assert(text);
    for (size_t i = 0; i < SIZE; i++) text[i] = i % 64 == 63 ? '\n' : 'a';
    static const char clues[] = "rŰle protťgťe";
    memcpy(text + SIZE - 100, clues, sizeof clues - 1);
    Document document = {"book", text, SIZE};
    Piece *pieces;
    size_t n;
    cr_assert(pieces_cut(&pieces, &n, &(Documents){1, &document}, &normalizer_own, text_rig_arena,
                         &text_rig_err));
    cr_assert_gt(n, 1);
    for (size_t i = 0; i < n; i++) cr_expect(pieces[i].evidence.is_from_mac);
}
