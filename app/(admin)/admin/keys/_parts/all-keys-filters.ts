import type { ListFilters } from "@/lib/client/queries/paging";
import { AllKeysQuery } from "@/lib/contracts/keys";

/** What the address of the list of all keys may carry. */
export const ALL_KEYS_PARAMS = ["q", "owner"] as const;
export type AllKeysParams = Readonly<Partial<Record<(typeof ALL_KEYS_PARAMS)[number], string>>>;

/** The filters of the list out of its address; what does not fit the contract is left out. */
export function allKeysFilters({ q, owner }: AllKeysParams): ListFilters<AllKeysQuery> {
  const { search, ownerId } = AllKeysQuery.shape;
  return {
    ...(q && search.safeParse(q).success && { search: q }),
    ...(owner && ownerId.safeParse(owner).success && { ownerId: owner }),
  };
}
