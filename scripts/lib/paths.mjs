import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root folder, wherever the command was called from. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** A path inside the project. */
export const inRoot = (...parts) => join(ROOT, ...parts);
