import { queryOptions } from "@tanstack/react-query";
import type { RoutingState } from "../../contracts/routing";
import { getJson } from "../api";

/** How accounts are chosen, and the latest choices (admins). */
export const routingQuery = queryOptions({
  queryKey: ["routing"],
  queryFn: ({ signal }) => getJson<RoutingState>("/api/admin/routing", {}, signal),
});
