#include "cli/answered.h"

#include "cli/terminal.h"
#include "report/page/answer.h"
#include "report/version/version_draw.h"

/* Wider lines than this are hard to read. */
enum { MOST_COLUMNS = 120 };

bool answered_write(Buffer *text, const char *folder, bool markdown, const Options *options,
                    Error *err)
{
    Result result;
    const PlanPlaces places = options_places(options);
    const size_t columns = terminal_columns();
    if (!result_read(&result, folder, text->arena, err) ||
        !version_draw_describe(&result, &places.data, err))
        return false;
    if (markdown || columns == 0) return answer_markdown(text, &result, err);
    return answer_terminal(text, &result, columns < MOST_COLUMNS ? columns : MOST_COLUMNS, err);
}
