#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

static LogSink *log_sink;
static void *log_context;

void log_install(LogSink *sink, void *context)
{
    log_sink = sink;
    log_context = context;
}

static void pass_on(LogLevel level, const char *format, va_list arguments)
{
    if (!log_sink) return;
    char line[4096]; /* longer lines are cut */
    vsnprintf(line, sizeof line, format, arguments);
    log_sink(level, line, log_context);
}

void log_detail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    pass_on(LOG_DETAIL, format, arguments);
    va_end(arguments);
}

void log_info(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    pass_on(LOG_INFO, format, arguments);
    va_end(arguments);
}

void log_warning(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    pass_on(LOG_WARNING, format, arguments);
    va_end(arguments);
}
