package dev.sluice;

/** What the process says when it ends. */
enum ExitStatus {
  FINISHED(0),
  FAILED(1),
  BAD_INPUT(2),
  COLLAPSED(3),
  /** Ended by Ctrl-C: 128 + SIGINT, as shells have it. */
  INTERRUPTED(130);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
