// SPDX-License-Identifier: Apache-2.0
//
// A screen on a terminal, and the signals that matter to it.

#include "clinux.h"

static sigset_t watched_signals;

int clinux_signals(void) {
  static const int numbers[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH};
  struct sigaction action;
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
      sigaddset(&watched_signals, numbers[i]);
  sigprocmask(SIG_BLOCK, &watched_signals, NULL);
  return signalfd(-1, &watched_signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

int clinux_next_signal(int signals) {
  struct signalfd_siginfo information;
  return read(signals, &information, sizeof information) == sizeof information ? (int)information.ssi_signo : 0;
}

void clinux_yield_to(int number) {
  sigset_t signal;
  sigemptyset(&signal);
  sigaddset(&signal, number);
  raise(number);
  sigprocmask(SIG_UNBLOCK, &signal, NULL);
  sigprocmask(SIG_BLOCK, &signal, NULL);
}

int clinux_terminal_size(int terminal, int size[2]) {
  struct winsize window;
  if (ioctl(terminal, TIOCGWINSZ, &window) != 0) return -errno;
  size[0] = window.ws_row;
  size[1] = window.ws_col;
  return 0;
}

void clinux_await_foreground(int terminal) {
  struct termios present;
  if (tcgetattr(terminal, &present) != 0) return;
  sigprocmask(SIG_UNBLOCK, &watched_signals, NULL);
  tcsetattr(terminal, TCSANOW, &present); // SIGTTOU stops who does that in the background
  sigprocmask(SIG_BLOCK, &watched_signals, NULL);
}

static struct termios settings;
static bool has_settings;
static struct {
  int terminal, display;
  const char *end;
} screen;

int clinux_terminal_hush(int terminal, int display, const char *end) {
  screen.terminal = terminal;
  screen.display = display;
  screen.end = end;
  if (!has_settings && tcgetattr(terminal, &settings) != 0) return -errno;
  has_settings = true;
  struct termios hushed = settings;
  hushed.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
  hushed.c_iflag &= ~(tcflag_t)IXON;
  hushed.c_cc[VMIN] = 1;
  hushed.c_cc[VTIME] = 0;
  return tcsetattr(terminal, TCSANOW, &hushed) == 0 ? 0 : -errno;
}

void clinux_terminal_restore(int terminal) {
  if (has_settings) {
    // A terminal that takes no output must not keep the program from ending.
    tcflush(terminal, TCIFLUSH);
    tcsetattr(terminal, TCSANOW, &settings);
  }
  has_settings = false;
}

void clinux_terminal_abandon(void) {
  if (!has_settings) return;
  if (write(screen.display, screen.end, strlen(screen.end))) {} // it may take nothing
  clinux_terminal_restore(screen.terminal);
}
