#include "key_input.h"

#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

enum { ESCAPE = 0x1B, END_OF_TRANSMISSION = 0x04 };

void pil_key_input_init(pil_key_input *input, int fd)
{
    *input = (pil_key_input){.fd = fd, .is_terminal = isatty(fd) == 1};
}

/* ---- bytes ---- */

static pil_status read_bytes(pil_key_input *self, pil_error *err)
{
    ssize_t n;
    do
        n = read(self->fd, self->bytes, sizeof self->bytes);
    while (n < 0 && errno == EINTR);
    /* A terminal that is gone says EIO. */
    if (n < 0 && !(self->is_terminal && errno == EIO))
        return pil_error_set_errno(err, errno, "standard input cannot be read");
    self->at = 0;
    self->n = n < 0 ? 0 : (size_t)n;
    return PIL_OK;
}

static sigset_t signals_to_hold(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
    sigset_t held;
    sigemptyset(&held);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct sigaction action;
        if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaddset(&held, numbers[i]);
    }
    return held;
}

/* Until there are bytes, or one of the signals of signal_fd came: its number, else 0. */
static pil_status wait_for_either(const pil_key_input *self, int signal_fd, int *number,
                                  pil_error *err)
{
    struct pollfd polled[] = {{.fd = signal_fd, .events = POLLIN},
                              {.fd = self->fd, .events = POLLIN}};
    struct signalfd_siginfo info;
    int n;
    do
        n = poll(polled, 2, -1);
    while (n < 0 && errno == EINTR);
    *number = 0;
    if (n < 0)
        return pil_error_set_errno(err, errno, "cannot wait for a key");
    if ((polled[0].revents & POLLIN) != 0 && read(signal_fd, &info, sizeof info) == sizeof info)
        *number = (int)info.ssi_signo;
    return PIL_OK;
}

/* With the terminal in single characters. */
static pil_status read_from_terminal(pil_key_input *self, int signal_fd, int *number,
                                     pil_error *err)
{
    struct termios before;
    if (tcgetattr(self->fd, &before) != 0)
        return pil_error_set_errno(err, errno, "the terminal does not tell how it is set");
    struct termios single = before;
    single.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    single.c_cc[VMIN] = 1;
    single.c_cc[VTIME] = 0;
    if (tcsetattr(self->fd, TCSADRAIN, &single) != 0)
        return pil_error_set_errno(err, errno, "the terminal cannot be set");
    pil_status status = wait_for_either(self, signal_fd, number, err);
    if (status == PIL_OK && *number == 0)
        status = read_bytes(self, err);
    if (tcsetattr(self->fd, TCSADRAIN, &before) != 0 && status == PIL_OK && errno != EIO)
        status = pil_error_set_errno(err, errno, "the terminal cannot be set");
    return status;
}

/* Signals must not end the program while the terminal is set otherwise. */
static pil_status read_holding_signals(pil_key_input *self, int *number, pil_error *err)
{
    const sigset_t held = signals_to_hold();
    sigset_t before;
    int signal_fd = signalfd(-1, &held, SFD_CLOEXEC);
    if (signal_fd < 0)
        return pil_error_set_errno(err, errno, "cannot wait for signals");
    sigprocmask(SIG_BLOCK, &held, &before);
    pil_status status = read_from_terminal(self, signal_fd, number, err);
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(signal_fd);
    return status;
}

/* ---- keys ---- */

/* Of what was read ahead. An escape sequence, which has come as a whole, is one key; so are the
 * bytes of a character beyond ASCII. */
static int next_key(pil_key_input *self)
{
    unsigned char byte = (unsigned char)self->bytes[self->at++];
    if (byte == ESCAPE)
        self->at = self->n;
    while (byte >= 0x80 && self->at < self->n && (unsigned char)self->bytes[self->at] >= 0x80)
        self->at++;
    if (byte == END_OF_TRANSMISSION)
        return PIL_KEY_END;
    return (byte > ' ' && byte < 0x7F) || byte == '\n' ? tolower(byte) : PIL_KEY_OTHER;
}

static pil_status read_key(pil_key_input *self, int *key, pil_error *err)
{
    int number = 0;
    if (self->at == self->n) {
        pil_status status = read_holding_signals(self, &number, err);
        if (status != PIL_OK)
            return status;
    }
    if (number == SIGTSTP) {
        raise(SIGTSTP);
        *key = PIL_KEY_STOPPED;
    } else if (number != 0) {
        self->signal = number;
        *key = PIL_KEY_SIGNAL;
    } else {
        *key = self->at < self->n ? next_key(self) : PIL_KEY_END;
    }
    return PIL_OK;
}

/* The next byte, or -1 at the end. */
static pil_status read_byte(pil_key_input *self, int *byte, pil_error *err)
{
    if (self->at == self->n) {
        pil_status status = read_bytes(self, err);
        if (status != PIL_OK)
            return status;
    }
    *byte = self->at < self->n ? (unsigned char)self->bytes[self->at++] : -1;
    return PIL_OK;
}

/* A line without the blanks around it. The end of the file ends a line, too. */
static pil_status read_line(pil_key_input *self, int *key, pil_error *err)
{
    int byte = 0, character = 0;
    size_t n_characters = 0;
    for (;;) {
        pil_status status = read_byte(self, &byte, err);
        if (status != PIL_OK)
            return status;
        if (byte < 0 || byte == '\n')
            break;
        if (byte == ' ' || byte == '\t' || byte == '\r')
            continue;
        character = byte;
        n_characters++;
    }
    bool is_one = n_characters == 1 && character > ' ' && character < 0x7F;
    bool is_end = byte < 0 && n_characters == 0;
    *key = is_end ? PIL_KEY_END : is_one ? tolower(character) : PIL_KEY_OTHER;
    return PIL_OK;
}

/* The Enter that somebody presses behind a key of a terminal means nothing. */
pil_status pil_key_input_read(pil_key_input *input, int *key, pil_error *err)
{
    if (!input->is_terminal)
        return read_line(input, key, err);
    pil_status status;
    do
        status = read_key(input, key, err);
    while (status == PIL_OK && *key == '\n');
    return status;
}
