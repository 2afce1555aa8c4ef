"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

export interface UrlState<K extends string> {
  /** The value of every key; "" when it is not in the address. */
  values: Record<K, string>;
  /** Changes some keys; "" and null take a key out of the address. */
  set: (changes: Partial<Record<K, string | null>>) => void;
}

/**
 * Filters, range and open row of a page, kept in its address, so that a link shows what its
 * sender saw. The change is felt at once: the server is not asked for the page again, the queries
 * of the page follow the values. It replaces the entry in the history: "back" leaves the page.
 */
export function useUrlState<K extends string>(keys: readonly K[]): UrlState<K> {
  const search = useSearchParams();
  const set = useCallback((changes: Partial<Record<K, string | null>>) => {
    // From the window, not from the hook: two changes in one go must not undo each other.
    const next = new URLSearchParams(window.location.search);
    for (const [key, value] of Object.entries<string | null | undefined>(changes)) {
      if (value) next.set(key, value);
      else next.delete(key);
    }
    const query = next.toString();
    const { pathname } = window.location;
    window.history.replaceState(null, "", query ? `${pathname}?${query}` : pathname);
  }, []);
  const values = Object.fromEntries(keys.map((key) => [key, search.get(key) ?? ""]));
  return { values: values as Record<K, string>, set };
}
