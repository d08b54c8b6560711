#include "data/own/own_look.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/csv.h"
#include "data/own/own_encoding.h"
#include "data/own/own_header.h"
#include "data/own/own_name.h"
#include "data/own/own_paths.h"

enum { MOST_COLUMNS = 4096 };

typedef struct Looking {
    const OwnAsked *asked;
    const char *path;  /* for messages */
    const char *bytes; /* in UTF-8 */
    size_t size;
    Arena *arena;
} Looking;

/* --- delimiters ----------------------------------------------------------------------------------- */

/* A layout that may be the file's, and how far it fits. */
typedef struct Trial {
    RowsLayout layout; /* columns are called by their numbers */
    OwnRows rows;
    bool fits;
    Error err;
} Trial;

static bool name_columns(TextList *columns, size_t n, Arena *arena, Error *err)
{
    *columns = (TextList){n, arena_alloc(arena, n, sizeof *columns->text, err)};
    for (size_t i = 0; columns->text && i < n; i++) {
        columns->text[i] = arena_format(arena, err, "column%zu", i + 1);
        if (!columns->text[i]) return false;
    }
    return columns->text != NULL;
}

/* Fields of the first row; 0: it is none of this delimiter. */
static size_t count_fields(const Looking *looking, char delimiter)
{
    Error ignored = {0};
    Buffer field = buffer_create(looking->arena);
    CsvReader reader = csv_reader(looking->path, looking->bytes, looking->size);
    size_t n = 0;
    reader.delimiter = delimiter;
    if (!csv_next_row(&reader)) return 0;
    for (bool last = false; !last; n++)
        if (!csv_read(&field, &last, &reader, &ignored)) return 0;
    return n;
}

/* The same without quotes. */
static size_t count_tabs(const Looking *looking)
{
    const char *at = looking->bytes, *end = at + looking->size;
    size_t n = 1;
    while (at < end && (*at == '\n' || *at == '\r')) at++;
    for (; at < end && *at != '\n'; at++) n += *at == '\t';
    return n;
}

static bool try_layout(Trial *trial, const Looking *looking, RowsFormat format, char delimiter,
                       Error *err)
{
    const size_t n = format == ROWS_TSV ? count_tabs(looking) : count_fields(looking, delimiter);
    *trial = (Trial){.layout = {.format = format, .delimiter = delimiter}};
    if (n < 2 || n > MOST_COLUMNS) return true;
    if (!name_columns(&trial->layout.columns, n, looking->arena, err)) return false;
    trial->fits = own_rows_read(&trial->rows, &trial->layout, own_name_base(looking->path),
                                looking->bytes, looking->size, looking->arena, &trial->err);
    return true;
}

static bool has_quoted_field(const Looking *looking)
{
    const char *const at = looking->bytes, *const end = at + looking->size;
    bool begins = true;
    for (const char *c = at; c < end; c++) {
        if (begins && *c == '"') return true;
        begins = *c == '\t' || *c == '\n';
    }
    return false;
}

/* Tabs with or without quotes: with them where a field begins with one and all of them fit. */
static bool try_tabs(Trial *trial, const Looking *looking, Error *err)
{
    if (has_quoted_field(looking)) {
        if (!try_layout(trial, looking, ROWS_CSV, '\t', err)) return false;
        if (trial->fits) return true;
    }
    return try_layout(trial, looking, ROWS_TSV, '\0', err);
}

static bool try_delimiter(Trial *trial, const Looking *looking, char delimiter, Error *err)
{
    return delimiter == '\t' ? try_tabs(trial, looking, err)
                             : try_layout(trial, looking, ROWS_CSV, delimiter, err);
}

static bool better(const Trial *trial, const Trial *best)
{
    if (trial->fits != best->fits) return trial->fits;
    return trial->layout.columns.n > best->layout.columns.n;
}

static bool no_columns(const Looking *looking, Error *err)
{
    error_usage(err, "%s: neither tabs, semicolons, bars nor commas part its lines into columns",
                looking->path);
    return error_hint(err, "--delimiter, if another character does; a text in plain sentences, "
                           "without labels, is a corpus when its name ends in .txt");
}

/* The rarest in a text first: of two that fit equally well it is likelier to be meant. */
static bool find_delimiter(Trial *best, const Looking *looking, Error *err)
{
    static const char delimiters[] = {'\t', ';', '|', ','};
    *best = (Trial){0};
    for (size_t i = 0; i < sizeof delimiters; i++) {
        Trial trial;
        if (!try_delimiter(&trial, looking, delimiters[i], err)) return false;
        if (better(&trial, best)) *best = trial;
    }
    return best->layout.columns.n >= 2 || no_columns(looking, err);
}

/* The one character that a word or itself asks for; 0: none. */
static char asked_delimiter(const char *asked)
{
    static const char known[] = {'\t', ';', '|', ','};
    if (!strcmp(asked, "\\t")) return '\t';
    for (size_t i = 0; i < sizeof known; i++)
        if (!strcasecmp(asked, csv_delimiter_word(known[i]))) return known[i];
    const unsigned char c = (unsigned char)asked[0];
    return asked[0] && !asked[1] && (ispunct(c) || c == '\t') ? asked[0] : '\0';
}

static bool take_delimiter(Trial *trial, const Looking *looking, Error *err)
{
    const char *asked = looking->asked->delimiter;
    const char delimiter = asked_delimiter(asked);
    if (!delimiter || strchr("\"'", delimiter)) {
        error_usage(err, "--delimiter: '%s' is no delimiter of fields", asked);
        return error_hint(err, "one character such as \";\", or comma, semicolon, tab, bar");
    }
    if (!try_delimiter(trial, looking, delimiter, err)) return false;
    if (trial->layout.columns.n >= 2) return true;
    error_usage(err, "%s: '%s' does not part its first line into columns", looking->path, asked);
    return error_hint(err, "leave --delimiter out, and it is looked for");
}

/* --- tables ------------------------------------------------------------------------------------- */

static bool read_header(bool *header, const Looking *looking, const OwnRows *rows, size_t n_columns,
                        Error *err)
{
    const char *asked = looking->asked->header;
    *header = asked ? !strcmp(asked, "yes") : own_header_is(rows, n_columns);
    if (!asked || *header || !strcmp(asked, "no")) return true;
    error_usage(err, "--header: '%s' is neither yes nor no", asked);
    return error_hint(err, "yes, where the first line names the columns, or no");
}

static bool look_at_table(OwnLook *look, const Looking *looking, Error *err)
{
    Trial trial = {0};
    bool header;
    if (!(looking->asked->delimiter ? take_delimiter(&trial, looking, err)
                                    : find_delimiter(&trial, looking, err)))
        return false;
    if (!trial.fits) {
        error_add(err, &trial.err);
        return error_wrap(err, "reading rows of %zu columns, as the first line has them",
                          trial.layout.columns.n);
    }
    if (!read_header(&header, looking, &trial.rows, trial.layout.columns.n, err)) return false;
    look->layout = trial.layout;
    look->layout.header = header;
    for (size_t i = 0; header && i < trial.layout.columns.n; i++)
        look->layout.columns.text[i] = trial.rows.field[0][i];
    return true;
}

/* --- the whole ---------------------------------------------------------------------------------- */

/* The first that is no white space; zero: there is none. */
static char first_byte(const Looking *looking)
{
    for (size_t i = 0; i < looking->size; i++)
        if (!isspace((unsigned char)looking->bytes[i])) return looking->bytes[i];
    return '\0';
}

static bool is_one_list(const Looking *looking, Error *err)
{
    error_usage(err, "%s: is one JSON list; rows are read from JSON lines, an object on each line",
                looking->path);
    return error_hint(err, "jq -c '.[]' turns it into them");
}

bool own_look(OwnLook *look, const OwnAsked *asked, const char *path, const char *bytes,
              size_t size, Arena *arena, Error *err)
{
    static const char mark[] = "\xEF\xBB\xBF";
    Looking looking = {asked, path, bytes, size, arena};
    OwnEncoding own = {0};
    *look = (OwnLook){0};
    if (!own_encoding_add(&own, asked->encoding, path, bytes, size, arena, err) ||
        !encoding_decode(&looking.bytes, &looking.size, own.encoding, path, arena, err))
        return false;
    if (looking.size >= strlen(mark) && !memcmp(looking.bytes, mark, strlen(mark))) {
        looking.bytes += strlen(mark);
        looking.size -= strlen(mark);
    }
    const char first = asked->delimiter ? 'a' : first_byte(&looking);
    if (!first) return error_usage(err, "%s: is empty", path);
    if (first == '[') return is_one_list(&looking, err);
    const bool tree = first == '{';
    bool done = tree ? own_paths(&look->layout.columns, &look->left_out, path, looking.bytes,
                                 looking.size, arena, err)
                     : look_at_table(look, &looking, err);
    if (tree) look->layout.format = ROWS_JSON_LINES;
    look->layout.encoding = own.encoding;
    return done;
}
