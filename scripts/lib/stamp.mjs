import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/**
 * One hash over the names and contents of files, the same on every machine.
 * A path that does not exist counts as absent, which differs from an empty file.
 * @param {string} root names are taken relative to it
 * @param {string[]} paths files and folders
 * @param {(name: string) => boolean} [keep] false leaves a file or a whole folder out
 */
export function hashTree(root, paths, keep = () => true) {
  const hash = createHash("sha256");
  const names = paths.flatMap((path) => filesBelow(root, path, keep)).sort();
  for (const name of names) {
    const content = createHash("sha256")
      .update(readFileSync(join(root, name)))
      .digest("hex");
    hash.update(`${name}\0${content}\n`);
  }
  return hash.digest("hex");
}

function filesBelow(root, path, keep) {
  const found = [];
  const visit = (name) => {
    if (!keep(name)) return;
    for (const entry of entriesOf(join(root, name))) {
      if (entry === null) found.push(name);
      else visit(`${name}/${entry}`);
    }
  };
  visit(relative(root, join(root, path)));
  return found;
}

// A folder's entries; `[null]` for a file and nothing for what does not exist.
function entriesOf(path) {
  try {
    return readdirSync(path);
  } catch (error) {
    if (error.code === "ENOTDIR") return [null];
    if (error.code === "ENOENT") return [];
    throw error;
  }
}

/** What the stamp file says, or null when there is none. */
export function readStamp(file) {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return null;
  }
}

/** Writes the stamp in one move, so that an interrupted run never leaves half of one. */
export function writeStamp(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, `${value}\n`);
  renameSync(temporary, file);
}

/**
 * Does work only when what it depends on has changed since it last succeeded. The stamp goes
 * before the work starts and comes back when it is done: an interrupted run is done again.
 * @returns {Promise<boolean>} whether the work was done
 */
export async function whenChanged(file, value, work) {
  if (readStamp(file) === value) return false;
  rmSync(file, { force: true });
  await work();
  writeStamp(file, value);
  return true;
}
