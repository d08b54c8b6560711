/* Log lines go to a sink that cli/ installs; nothing below cli/ prints. Without a sink they vanish. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/error.h"

typedef enum LogLevel { LOG_DETAIL, LOG_INFO, LOG_WARNING } LogLevel;
typedef void LogSink(LogLevel level, const char *line, void *context);

void log_install(LogSink *sink, void *context); /* NULL: none */
void log_detail(const char *format, ...) PRINTF_LIKE(1, 2);
void log_info(const char *format, ...) PRINTF_LIKE(1, 2);
void log_warning(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
