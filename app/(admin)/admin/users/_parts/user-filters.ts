import type { ListFilters } from "@/lib/client/queries/paging";
import { UserListQuery } from "@/lib/contracts/users";

/** What the address of the list of users may carry. */
export const USER_PARAMS = ["q", "role", "status"] as const;
export type UserParams = Readonly<Partial<Record<(typeof USER_PARAMS)[number], string>>>;

/** The filters of the list out of its address; what does not fit the contract is left out. */
export function userFilters({ q, role, status }: UserParams): ListFilters<UserListQuery> {
  const asked = { search: q, role, status };
  const { shape } = UserListQuery;
  const fitting = Object.entries(asked).filter(
    ([name, value]) => value && shape[name as keyof typeof asked].safeParse(value).success,
  );
  return Object.fromEntries(fitting);
}
