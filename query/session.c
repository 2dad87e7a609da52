#include "session.h"

#include "cli/paths.h"
#include "synonyms_file.h"
#include "tell.h"

#include <stdlib.h>
#include <unistd.h>

static pil_status find_directory(pil_session *session, pil_error *err)
{
    const pil_index_places places = {
        .option = session->options->index,
        .variable = getenv("PILCROW_INDEX"),
        .cwd = session->cwd,
        .data_home = getenv("XDG_DATA_HOME"),
        .home = getenv("HOME"),
    };
    return pil_index_path(&places, &session->directory, NULL, err);
}

static bool find_language(pil_session *session)
{
    const char *asked = session->options->language;
    if (asked == NULL)
        return true;
    session->language = session->language_code;
    return pil_language_normalise(asked, session->language_code);
}

static pil_status read_synonyms(pil_session *session, pil_error *err)
{
    const pil_synonyms_places places = {
        .option = session->options->synonyms,
        .config_home = getenv("XDG_CONFIG_HOME"),
        .home = getenv("HOME"),
    };
    if (session->options->get)
        return PIL_OK;
    return pil_synonyms_file_read(&places, session->analyser, &session->synonyms, err);
}

pil_exit_code pil_session_start(pil_session *session, const pil_query_options *options)
{
    pil_error err = {0};
    *session = (pil_session){.options = options, .cwd = getcwd(NULL, 0)};
    if (gethostname(session->host, sizeof session->host) != 0)
        session->host[0] = '\0';
    session->host[sizeof session->host - 1] = '\0';
    pil_status status = find_directory(session, &err);
    if (status == PIL_OK)
        status = pil_analyser_new(&session->analyser, &err);
    if (status == PIL_OK)
        status = read_synonyms(session, &err);
    if (status != PIL_OK) {
        pil_tell("%s", err.message);
        return pil_exit_code_of(status);
    }
    if (!find_language(session)) {
        pil_tell("--language: %s is no language; write a code, as en, sr or pt", options->language);
        return PIL_EXIT_USAGE;
    }
    return PIL_EXIT_DONE;
}

pil_exit_code pil_session_open_index(pil_session *session)
{
    pil_error err = {0};
    if (session->is_open)
        return PIL_EXIT_DONE;
    pil_status status = pil_snapshot_open(&session->snapshot, session->directory, &err);
    session->is_open = status == PIL_OK;
    return session->is_open ? PIL_EXIT_DONE : pil_session_fail(session, status, &err);
}

pil_exit_code pil_session_fail(const pil_session *session, pil_status status, const pil_error *err)
{
    const char *advice = "";
    if (status == PIL_NOT_FOUND) {
        pil_tell("there is no index at %s; make one with: pilcrow-index PATH...",
                 session->directory);
        return PIL_EXIT_INDEX;
    }
    if (status == PIL_CORRUPT)
        advice = "; see what is damaged with pilcrow-index verify, then remove the index and "
                 "index the folders again";
    pil_tell("%s: %s%s", session->directory, err->message, advice);
    return pil_exit_code_of(status);
}

void pil_session_close(pil_session *session)
{
    if (session->is_open)
        pil_snapshot_close(&session->snapshot);
    pil_synonyms_free(session->synonyms);
    pil_analyser_free(session->analyser);
    free(session->directory);
    free(session->cwd);
    *session = (pil_session){0};
}
