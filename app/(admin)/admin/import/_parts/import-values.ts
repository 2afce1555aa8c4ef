import { type ImportBody, MAX_IMPORT_BYTES } from "@/lib/contracts/imports";

/** What the form holds. */
export interface ImportValues {
  kind: "file" | "live";
  file: File | null;
  url: string;
  username: string;
  password: string;
  pepper: string;
  ownerId: string;
  antigravitySecret: string;
}

export const EMPTY: ImportValues = {
  kind: "file",
  file: null,
  url: "",
  username: "",
  password: "",
  pepper: "",
  ownerId: "",
  antigravitySecret: "",
};

/** A field of the form that cannot be sent as it is, and why. */
export type ImportProblem = { field: ImportField; word: "missing" | "file" | "tooLarge" };
export type ImportField = "file" | "url" | "username" | "password";

/** Lists of an export that are nobody's business here. */
const LEFT_OUT = new Set(["admins", "globalModelStats"]);

/** The body to send, read from the form; or what is wrong with it. */
export async function importBody(values: ImportValues): Promise<ImportBody | ImportProblem> {
  const from = await sourceOf(values);
  if ("field" in from) return from;
  const { pepper, ownerId, antigravitySecret } = values;
  return {
    from,
    ...(pepper.trim() && { pepper: pepper.trim() }),
    ...(ownerId && { ownerId }),
    ...(antigravitySecret.trim() && { antigravitySecret: antigravitySecret.trim() }),
  };
}

async function sourceOf(values: ImportValues): Promise<ImportBody["from"] | ImportProblem> {
  if (values.kind === "file") return fileOf(values.file);
  const { url, username, password } = values;
  for (const field of ["url", "username", "password"] as const) {
    if (values[field].trim() === "") return { field, word: "missing" };
  }
  return { kind: "live", url, username, password };
}

async function fileOf(file: File | null): Promise<ImportBody["from"] | ImportProblem> {
  if (file === null) return { field: "file", word: "missing" };
  try {
    const read: unknown = JSON.parse(await file.text());
    if (typeof read !== "object" || read === null || Array.isArray(read)) throw new TypeError();
    const slim = withoutPeople({ ...read });
    // What is dropped may be most of it: only what is sent has to fit.
    if (JSON.stringify(slim).length > MAX_IMPORT_BYTES * 0.95) {
      return { field: "file", word: "tooLarge" };
    }
    return { kind: "file", name: file.name, file: slim };
  } catch {
    return { field: "file", word: "file" };
  }
}

/** Without the other portal's admins and statistics, which would only be carried around. */
function withoutPeople(read: Record<string, unknown>): Record<string, unknown> {
  if (typeof read.data !== "object" || read.data === null) return read;
  const lists = Object.entries(read.data).filter(([name]) => !LEFT_OUT.has(name));
  return {
    ...read,
    data: Object.fromEntries(lists.map(([name, list]) => [name, withoutStatistics(list)])),
  };
}

function withoutStatistics(list: unknown): unknown {
  if (!Array.isArray(list)) return list;
  return list.map((one: unknown) => {
    if (typeof one !== "object" || one === null) return one;
    const { usageStats: _, icon: __, ...rest } = one as Record<string, unknown>;
    return rest;
  });
}
