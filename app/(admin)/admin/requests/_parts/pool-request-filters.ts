import type { ListFilters } from "@/lib/client/queries/paging";
import { Id } from "@/lib/contracts/common";
import type { PoolRequestListQuery } from "@/lib/contracts/requests";
import {
  REQUEST_PARAMS,
  type RequestParams,
  requestFilters,
} from "../../../../(portal)/requests/_parts/request-filters";

/** What the address of the log of all requests may carry. */
export const POOL_REQUEST_PARAMS = [...REQUEST_PARAMS, "user", "account"] as const;
export type PoolRequestParams = RequestParams & Readonly<{ user?: string; account?: string }>;

/** The filters of the log out of its address; what does not fit is left out. Moments in ms. */
export function poolRequestFilters(
  { user, account, ...params }: PoolRequestParams,
  nowMs: number,
): ListFilters<PoolRequestListQuery> {
  const fits = (id: string | undefined) => Id.safeParse(id).success;
  return {
    ...requestFilters(params, nowMs),
    ...(fits(user) && { userId: user }),
    ...(fits(account) && { accountId: account }),
  };
}
