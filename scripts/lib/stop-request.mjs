/** Ctrl-C reaches us twice (from the terminal and from npm); only a later signal means "now". */
const IMPATIENT_AFTER_MS = 2_000;

/**
 * Listens for the request to stop, from now on. The first signal asks for a stop in good order; one
 * that comes clearly later asks for haste.
 * @returns {{ signal: Promise<void>, yet(): boolean, onHurry(work: () => void): void }}
 */
export function stopRequest() {
  let askedAt = 0;
  let hurry = () => {};
  let resolveSignal;
  const signal = new Promise((resolve) => {
    resolveSignal = resolve;
  });
  const onSignal = () => {
    if (askedAt === 0) {
      askedAt = Date.now();
      resolveSignal();
    } else if (Date.now() - askedAt > IMPATIENT_AFTER_MS) hurry();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal).on("SIGHUP", onSignal);
  return {
    signal,
    yet: () => askedAt > 0,
    onHurry(work) {
      hurry = work;
    },
  };
}
