#include "cli/exit_code.h"

#include <criterion/criterion.h>

Test(exit_code, every_status_has_the_documented_one)
{
    static const struct {
        pil_status status;
        int code;
    } cases[] = {
        {PIL_OK, 0},        {PIL_DONE, 0},        {PIL_NO_MEMORY, 6},    {PIL_INVALID_ARGUMENT, 2},
        {PIL_IO, 6},        {PIL_NOT_FOUND, 4},   {PIL_EXISTS, 6},       {PIL_BUSY, 5},
        {PIL_STALE, 4},     {PIL_CORRUPT, 4},     {PIL_INCOMPATIBLE, 4}, {PIL_BAD_QUERY, 2},
        {PIL_BAD_INPUT, 3}, {PIL_UNSUPPORTED, 2}, {PIL_INTERNAL, 6},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_expect_eq((int)pil_exit_code_of(cases[i].status), cases[i].code, "%s",
                     pil_status_name(cases[i].status));
}
