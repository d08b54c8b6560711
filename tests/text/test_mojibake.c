#include <criterion/criterion.h>

#include "text_rig.h"

TestSuite(mojibake, .init = text_rig_set_up, .fini = text_rig_tear_down);

Test(mojibake, utf8_read_as_windows_1252_is_repaired)
{
    cr_assert_str_eq(text_rig_clean("protÃ©gÃ© naÃ¯ve cÅ“ur Ã‰cole Â£5 Â½"),
                     "protégé naïve cœur École £5 ½");
    cr_assert_str_eq(text_rig_clean("itâ€™s â€œsoâ€\xC2\x9D â€” â€¦"), "it's \"so\" — …");
}

Test(mojibake, utf8_read_as_iso_8859_2_or_windows_1250_is_repaired)
{
    cr_assert_str_eq(text_rig_clean("protĂŠgĂŠe ĂŠclaireurs"), "protégée éclaireurs");
    cr_assert_str_eq(text_rig_clean("cafĂ© itâ€™s"), "café it's");
}

Test(mojibake, utf8_read_as_mac_roman_is_repaired)
{
    cr_assert_str_eq(text_rig_clean("president‚Äôs caf√©"), "president's café");
}

Test(mojibake, text_decoded_wrongly_twice_is_repaired)
{
    cr_assert_str_eq(text_rig_clean("itÃ¢â‚¬â„¢s cafÃƒÂ©"), "it's café");
}

Test(mojibake, a_grave_whose_no_break_space_became_a_space_is_repaired)
{
    cr_assert_str_eq(text_rig_clean("voilÃ. Ã la"), "voilà. à la");
}

Test(mojibake, words_that_are_meant_stay)
{
    const char *meant =
        "Škoda Dušan Miloš Žižka Jirí Martí así Ångström RIMÂNEZ São MARÇO naïve œuvre "
        "Ærø Île Âge â-propos Łódź crème ÉCOLE";
    cr_assert_str_eq(text_rig_clean(meant), meant);
}

Test(mojibake, capitals_before_closing_quotes_stay)
{
    cr_assert_str_eq(text_rig_clean("“LA BONTÉ” “CAFÉ’S” “MARÃ…” Spaß” É—"),
                     "\"LA BONTÉ\" \"CAFÉ'S\" \"MARÃ…\" Spaß\" É—");
}

Test(mojibake, words_of_many_languages_stay)
{
    static const char *const words[] = {
        "Krško",  "Baťa",   "šťastný", "žluťoučký", "radosť",  "bršljan", "všude",   "dšť",
        "mať",    "robiť",  "ísť",     "smrť",      "paměť",   "plášť",   "päť",     "deväť",
        "ťažký",  "ťuk",    "šťuka",   "Šoštanj",   "Tršić",   "Vršac",   "kršiti",  "Ljubljana",
        "Łódź",   "święto", "gęś",     "gyűrű",     "Győr",    "Dvořák",  "McÁrdle", "Đorđe",
        "Tromsø", "Rīga",   "ģirts",   "Żeromski",  "România", "Þór",     "Straße",  "Ångström",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        cr_expect_str_eq(text_rig_clean(words[i]), words[i]);
}

Test(mojibake, capitals_signs_and_faces_that_are_meant_stay)
{
    static const char *const meant[] = {"C O N C L U S Ã O",
                                        "`¬´`",
                                        "MÄ£ÄM",
                                        "AHÅ™, the new sofa",
                                        "NICIODATĂ™",
                                        "ÃOUTRA",
                                        "QUEM É¿",
                                        "NESTLÉ®",
                                        "2012—∞",
                                        "SÖÄ£ ÑÝÄ",
                                        "All in all: Ã",
                                        "in -í, jarní"};
    for (size_t i = 0; i < sizeof meant / sizeof *meant; i++)
        cr_expect_str_eq(text_rig_clean(meant[i]), meant[i]);
}

Test(mojibake, a_control_read_as_windows_1252_in_its_turn_is_repaired)
{
    cr_expect_str_eq(text_rig_clean("couple Â— he's itÂ’s"), "couple — he's it's");
    cr_expect_str_eq(text_rig_clean("RIMÂ—"), "RIMÂ—");
}
