import { mendFor } from "./failure.mjs";

const REPORT_EVERY_MS = 15_000;

/** Elapsed time as people read it: "0.4 s", "2 min 5 s". */
export function elapsed(ms) {
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Runs named steps one after the other and prints one line for each: what is done, how long it
 * took, and now and then that it still goes on. `work` may return a text that says more
 * ("unchanged", "port 5433").
 * @param {NodeJS.WriteStream} out where the lines go; commands with JSON on stdout use stderr
 */
export function stepPrinter(out = process.stderr) {
  const live = Boolean(out.isTTY);

  return async function step(title, work) {
    const begin = Date.now();
    if (live) out.write(`  … ${title}`);
    const ticker = setInterval(
      () => {
        const time = elapsed(Date.now() - begin);
        out.write(
          live ? `\r\x1b[K  … ${title} (${time})` : `  … ${title}: still working, ${time}\n`,
        );
      },
      live ? 1000 : REPORT_EVERY_MS,
    );
    const clear = live ? "\r\x1b[K" : "";
    try {
      const result = await work();
      const note = typeof result === "string" ? ` – ${result}` : "";
      out.write(`${clear}  ✓ ${title}${note} (${elapsed(Date.now() - begin)})\n`);
      return result;
    } catch (error) {
      out.write(`${clear}  ✗ ${title} (${elapsed(Date.now() - begin)})\n`);
      throw error;
    } finally {
      clearInterval(ticker);
    }
  };
}

/** What a person sees when a command gives up: what failed, the evidence, and how to mend it. */
export function failureText(error) {
  const message = error instanceof Error ? error.message : String(error);
  const detail = error?.detail ? `\n\n${indent(error.detail.trimEnd())}` : "";
  return `\n  Failed: ${message}${detail}\n\n  How to mend it:\n${indent(mendFor(error))}\n`;
}

function indent(text) {
  return text
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}

/** Runs a whole command; a failure is explained on stderr and the process ends with code 1. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`${failureText(error)}\n`);
    process.exit(1);
  }
}
