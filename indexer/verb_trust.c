/* Shows the commands that an index's config names, and allows them. */
#include "verbs.h"

#include "cli/terminal_text.h"
#include "filter_config.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static pil_status print_filters(const pil_file_filters *filters)
{
    pil_buffer out;
    pil_buffer_init(&out, SIZE_MAX - 1);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < filters->n_items && status == PIL_OK; i++) {
        const pil_file_filter *filter = &filters->items[i];
        const char *texts[] = {".", filter->ending, ": ", filter->command, NULL};
        for (size_t at = 0; texts[at] != NULL && status == PIL_OK; at++)
            status = pil_terminal_escape(texts[at], strlen(texts[at]), 0, &out);
        if (status == PIL_OK)
            status = pil_buffer_append_byte(&out, '\n');
    }
    if (status == PIL_OK)
        fputs(out.bytes, stdout);
    pil_buffer_dispose(&out);
    return status;
}

static pil_status trust(const pil_index_options *options, const pil_config_places *places,
                        pil_report *report, pil_error *err)
{
    pil_file_filters filters = {0};
    pil_buffer text;
    pil_buffer_init(&text, PIL_CONFIG_MAX_BYTES);
    pil_status status = pil_filter_config_read(places, &text, &filters, err);
    if (status == PIL_OK && !report->is_quiet && print_filters(&filters) != PIL_OK)
        status = pil_error_no_memory(err);
    if (status == PIL_OK && !options->dry_run)
        status = pil_filter_config_trust(places, &text, err);
    if (status == PIL_OK && !report->is_quiet)
        printf("%zu command%s %s\n", filters.n_items, filters.n_items == 1 ? "" : "s",
               options->dry_run ? "would be trusted"
                                : "trusted, as long as the config stays as it is");
    pil_buffer_dispose(&text);
    pil_file_filters_dispose(&filters);
    return status;
}

pil_exit_code pil_verb_trust(const pil_index_options *options, const char *directory,
                             pil_report *report)
{
    pil_error err = {0};
    const pil_config_places places = pil_verb_config_places(directory);
    pil_status status = trust(options, &places, report, &err);
    if (status == PIL_OK)
        return PIL_EXIT_DONE;
    if (status == PIL_NOT_FOUND) {
        pil_report_message(report, directory, 0,
                           "there is no file config in it, so nothing to trust");
        return PIL_EXIT_USAGE;
    }
    pil_report_message(report, NULL, 0, "%s", err.message);
    return pil_exit_code_of(status);
}
