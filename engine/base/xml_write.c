#include <stdarg.h>

#include "base/escape.h"
#include "base/spelled.h"
#include "base/xml.h"

/* What HTML's text takes for special, XML does too, and has the same names for it. */
bool xml_format(Buffer *xml, Error *err, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    bool ok = spelled_format(xml, format, &arguments, escape_html, err);
    va_end(arguments);
    return ok;
}
