#include <string.h>

#include "base/control.h"
#include "spec/field.h"

void spec_check_text(const SpecReader *reader, const char *json_path, const char *what,
                     const char *text, bool may_have_lines)
{
    const char *control = control_find(text, may_have_lines);
    if (*text == '\0') {
        spec_error(reader, json_path, "%s is empty", what);
        error_hint(reader->err, "a word or a sentence");
    } else if (control) {
        unsigned code;
        control_at(&code, control, strlen(control));
        spec_error(reader, json_path, "%s has a control character, U+%04X, behind '%.*s'", what,
                   code, (int)(control - text), text);
        error_hint(reader->err, "take it away: it would be obeyed, not read");
    }
}
