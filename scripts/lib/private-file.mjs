import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Reads a JSON file; null when it does not exist. A damaged file is an error, never "nothing". */
export function readJson(file) {
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
  return JSON.parse(text);
}

/** Writes a file that only its owner may read, in one move. */
export function writePrivate(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, text, { mode: 0o600 });
  // The mode above is for new files only; a left-over temporary file keeps its own.
  chmodSync(temporary, 0o600);
  renameSync(temporary, file);
}

/** Writes an object as a private JSON file. */
export function writePrivateJson(file, value) {
  writePrivate(file, `${JSON.stringify(value, null, 2)}\n`);
}
