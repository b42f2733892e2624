// Runs a pager and waits for it, also where Ctrl-C ends the process: else the shell and the pager would both read the terminal.
#include "CPager.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t pager;

static void wait_for_pager(void) {
    close(STDOUT_FILENO);
    close(STDERR_FILENO);
    while (waitpid(pager, NULL, 0) < 0 && errno == EINTR) {}
}

// A pager that cannot start has read nothing, so all of the answer is still to come: it is shown without one. Shells say 126 and 127
// of what they cannot run; a command that is no shell's syntax is asked first. Ctrl-C is the pager's business.
static const char around[] =
    "trap : INT\n"
    "if sh -n -c \"$1\"; then sh -c \"$1\"; case $? in 126|127) ;; *) exit ;; esac; fi\n"
    "exec cat\n";

// Where there is not even a shell.
static void copy(void) {
    char block[65536];
    ssize_t count;
    while ((count = read(STDIN_FILENO, block, sizeof block)) > 0) {
        for (ssize_t done = 0; done < count;) {
            ssize_t written = write(STDOUT_FILENO, block + done, count - done);
            if (written < 0) return;
            done += written;
        }
    }
}

static void finish(void) {
    fflush(stdout);
    wait_for_pager();
}

static void stop(int number) {
    wait_for_pager();
    _exit(128 + number);
}

int cpager_start(const char *command) {
    int ends[2];
    if (pipe(ends) != 0) return -1;
    pager = fork();
    if (pager < 0) {
        close(ends[0]);
        close(ends[1]);
        return -1;
    }
    if (pager == 0) {
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        close(ends[1]);
        // Quit where all fits on the screen, let colours through, and leave the text there (as git sets them).
        setenv("LESS", "FRX", 0);
        setenv("LV", "-c", 0);
        execl("/bin/sh", "sh", "-c", around, "sh", command, (char *)NULL);
        copy();
        _exit(0);
    }
    dup2(ends[1], STDOUT_FILENO);
    if (isatty(STDERR_FILENO)) dup2(ends[1], STDERR_FILENO);
    close(ends[0]);
    close(ends[1]);
    signal(SIGINT, stop);
    signal(SIGTERM, stop);
    atexit(finish);
    return 0;
}
