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

Test(mojibake, windows_1252_read_as_mac_central_europe_is_repaired)
{
    cr_assert_str_eq(text_rig_clean("Aimťe protťgťe rŰle FranÁais reŽntered nŲwt"),
                     "Aimée protégée rôle Français reëntered nöwt");
    cr_assert_str_eq(text_rig_clean("Fršulein Tannhšuser Lšnder"), "Fräulein Tannhäuser Länder");
    cr_assert_str_eq(text_rig_clean("\"Go!í he said, \"now.í"), "\"Go!' he said, \"now.'");
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
