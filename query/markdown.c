#include "markdown.h"

#include <string.h>

void pil_markdown_put(pil_output *output, const char *text, size_t length, bool begins_line)
{
    size_t n_digits = begins_line ? strspn(text, "0123456789") : 0;
    for (size_t at = 0; at < length; at++) {
        bool is_special = strchr("\\`*_[]<>#&|~$", text[at]) != NULL && text[at] != '\0';
        bool begins_block =
            begins_line && ((at == 0 && strchr("+-=", text[at]) != NULL) ||
                            (at == n_digits && at > 0 && (text[at] == '.' || text[at] == ')')));
        if (is_special || begins_block)
            pil_output_string(output, "\\");
        pil_output_bytes(output, text + at, 1);
    }
}

pil_status pil_markdown_quote(pil_output *output, pil_flow *flow, const char *text, size_t length,
                              const pil_match_range *ranges, size_t n_ranges, pil_error *err)
{
    pil_status status = pil_flow_set(flow, text, length, ranges, n_ranges);
    if (status == PIL_NO_MEMORY)
        return pil_error_no_memory(err);
    if (status != PIL_OK)
        return pil_error_set(err, status, "a result is too large to be shown");
    pil_output_string(output, "> ");
    size_t at = 0;
    for (size_t i = 0; i < flow->n_ranges; i++) {
        const pil_match_range *range = &flow->ranges[i];
        pil_markdown_put(output, flow->text.bytes + at, range->begin - at, at == 0);
        pil_output_string(output, "**");
        pil_markdown_put(output, flow->text.bytes + range->begin, range->end - range->begin, false);
        pil_output_string(output, "**");
        at = range->end;
    }
    pil_markdown_put(output, flow->text.bytes + at, flow->text.length - at, at == 0);
    pil_output_string(output, "\n");
    return PIL_OK;
}

pil_status pil_markdown_topic(pil_output *output, pil_flow *flow,
                              const pil_format_settings *settings, pil_error *err)
{
    pil_output_string(output, "## ");
    pil_markdown_put(output, settings->topic, strlen(settings->topic), true);
    pil_output_string(output, ": ");
    if (pil_flow_set(flow, settings->query, strlen(settings->query), NULL, 0) != PIL_OK)
        return pil_error_no_memory(err);
    pil_markdown_put(output, flow->text.bytes, flow->text.length, false);
    pil_output_string(output, "\n");
    return PIL_OK;
}
