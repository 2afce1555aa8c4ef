"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useCallback, useTransition } from "react";

export interface UrlState<K extends string> {
  /** The value of every key; "" when it is not in the address. */
  values: Record<K, string>;
  /** Changes some keys; "" and null take a key out of the address. */
  set: (changes: Partial<Record<K, string | null>>) => void;
  /** True while the server renders the page for the new address. */
  pending: boolean;
}

/**
 * Filters, range and open row of a page, kept in its address, so that a link shows what its
 * sender saw. Changes replace the entry in the history: "back" leaves the page.
 */
export function useUrlState<K extends string>(keys: readonly K[]): UrlState<K> {
  const search = useSearchParams();
  const path = usePathname();
  const router = useRouter();
  const [pending, start] = useTransition();
  const set = useCallback(
    (changes: Partial<Record<K, string | null>>) => {
      const next = new URLSearchParams(search);
      for (const [key, value] of Object.entries<string | null | undefined>(changes)) {
        if (value) next.set(key, value);
        else next.delete(key);
      }
      const query = next.toString();
      start(() => router.replace(query ? `${path}?${query}` : path, { scroll: false }));
    },
    [search, path, router],
  );
  const values = Object.fromEntries(keys.map((key) => [key, search.get(key) ?? ""]));
  return { values: values as Record<K, string>, set, pending };
}
