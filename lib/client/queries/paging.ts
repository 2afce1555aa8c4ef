import type { InfiniteData } from "@tanstack/react-query";
import type { Page } from "../../contracts/common";

/** Options that every keyset list shares: the cursor of a page is what the one before answered. */
export const keysetPaging = {
  initialPageParam: null as string | null,
  getNextPageParam: (page: Page<unknown>) => page.next,
};

/** A first page read on the server, in the shape in which an infinite query keeps it. */
export function firstPage<P extends Page<unknown>>(page: P): InfiniteData<P, string | null> {
  return { pages: [page], pageParams: [null] };
}

/** The filters of a list: what a page keeps in its URL. The cursor belongs to the paging. */
export type ListFilters<Q> = Omit<Q, "limit" | "cursor">;
