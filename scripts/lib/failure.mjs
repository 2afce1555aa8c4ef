/** A step that cannot go on, with what a person can do about it. */
export class Failure extends Error {
  /**
   * @param {string} message what failed, in one sentence
   * @param {string} mend how to mend it: one or more lines, commands ready to paste
   * @param {{ detail?: string, cause?: unknown }} [more] `detail` is output worth showing
   */
  constructor(message, mend, more = {}) {
    super(message, { cause: more.cause });
    this.name = "Failure";
    this.mend = mend;
    this.detail = more.detail ?? "";
  }
}

// First match wins; the text searched is the error's code, message and output together.
const KNOWN = [
  [
    /ENOSPC|No space left on device|disk full/i,
    "The disk is full. Free at least 2 GB (check with: df -h . ), then run the same command again.",
  ],
  [
    /EADDRINUSE|address already in use/i,
    "Another program uses this port. Stop it, or choose another one: PORT=3001 npm start",
  ],
  [
    /password authentication failed|no pg_hba\.conf entry|WRONGPASS|NOAUTH/i,
    "The server refused the user or password. Correct them in DATABASE_URL or REDIS_URL.",
  ],
  [
    /EACCES|EPERM|permission denied/i,
    "The current user may not write there. Run the command as the owner of this folder, or give it back: sudo chown -R $(id -un) .",
  ],
  [
    /EROFS|read-only file system/i,
    "The folder is on a read-only disk. Move the project, or set DATA_DIR to a writable folder.",
  ],
  [
    /EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|network timeout/i,
    "A server could not be reached. Check the network (and HTTPS_PROXY, if you use a proxy), then run the same command again.",
  ],
  [
    /EMFILE|ENFILE|too many open files/i,
    "Too many open files. Raise the limit (ulimit -n 4096), then run the same command again.",
  ],
  [
    /heap out of memory|Cannot allocate memory|ENOMEM|SIGKILL/i,
    "Not enough memory. The build needs about 1 GB free; close other programs and run the same command again.",
  ],
  [
    /Module not found|Could not resolve|Build failed|SyntaxError/,
    "The sources do not build as they are. See what was changed (git status), take it back or mend it, or fetch a newer version (git pull).",
  ],
];

/** The way to mend a failure of any kind; a sensible default when its cause is not a known one. */
export function mendFor(error) {
  if (error instanceof Failure && error.mend) return error.mend;
  const text = [error?.code, error?.message, error?.detail].filter(Boolean).join(" ");
  const known = KNOWN.find(([pattern]) => pattern.test(text));
  return known ? known[1] : "Run the same command again; every step can be repeated.";
}
