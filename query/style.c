#include "style.h"

#include <string.h>

void pil_style_begin(pil_output *output, bool color, const char *style)
{
    if (color && *style != '\0')
        pil_output_format(output, "\x1B[%sm", style);
}

void pil_style_end(pil_output *output, bool color, const char *style)
{
    if (color && *style != '\0')
        pil_output_string(output, "\x1B[0m");
}

void pil_style_put(pil_output *output, bool color, const char *style, const char *text,
                   size_t length)
{
    if (length == 0)
        return;
    pil_style_begin(output, color, style);
    pil_output_bytes(output, text, length);
    pil_style_end(output, color, style);
}

void pil_style_topic(pil_output *output, const pil_format_settings *settings)
{
    pil_style_begin(output, settings->color, PIL_STYLE_BOLD);
    pil_output_string(output, "Topic ");
    pil_output_escaped(output, settings->topic, strlen(settings->topic));
    pil_output_string(output, ": ");
    pil_output_escaped(output, settings->query, strlen(settings->query));
    pil_style_end(output, settings->color, PIL_STYLE_BOLD);
    pil_output_string(output, "\n");
}
