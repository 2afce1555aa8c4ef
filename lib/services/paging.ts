import { AppError } from "../shared/errors";

/** A place in a list sorted by time and id, newest first. */
export interface Place {
  at: Date;
  id: string;
}

/** The place as an opaque text. */
export function encodeCursor({ at, id }: Place): string {
  return btoa(`${at.toISOString()} ${id}`).replaceAll("+", "-").replaceAll("/", "_");
}

/** Reads back what `encodeCursor` made; null for none. Throws `invalid_request` for anything else. */
export function decodeCursor(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const [at = "", id = ""] = decoded(cursor).split(" ");
  const date = new Date(at);
  if (id === "" || Number.isNaN(date.getTime())) throw badCursor();
  return { at: date, id };
}

/**
 * Cuts a list that was read with one row too many into a page.
 * @param rows at most `limit + 1` rows
 */
export function cutPage<R, T>(
  rows: readonly R[],
  limit: number,
  place: (row: R) => Place,
  show: (row: R) => T,
): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last ? encodeCursor(place(last)) : null;
  return { items: items.map(show), next };
}

function decoded(cursor: string): string {
  try {
    return atob(cursor.replaceAll("-", "+").replaceAll("_", "/"));
  } catch (cause) {
    throw badCursor(cause);
  }
}

function badCursor(cause?: unknown): AppError {
  return new AppError("invalid_request", "This page of the list does not exist.", {}, cause);
}
