#include "cli/answered.h"

#include "cli/terminal.h"
#include "report/page/answer.h"
#include "report/version/version_draw.h"

bool answered_write(Buffer *text, const char *folder, bool markdown, const Options *options,
                    Error *err)
{
    Result result;
    const PlanPlaces places = options_places(options);
    const size_t width = markdown ? 0 : terminal_width();
    if (!result_read(&result, folder, text->arena, err) ||
        !version_draw_describe(&result, &places.data, err))
        return false;
    return width ? answer_terminal(text, &result, width, err) : answer_markdown(text, &result, err);
}
