import { queryOptions } from "@tanstack/react-query";
import type { Group } from "../../contracts/groups";
import { getJson } from "../api";

/** All groups of accounts (admins). */
export const groupsQuery = queryOptions({
  queryKey: ["groups"],
  queryFn: ({ signal }) => getJson<Group[]>("/api/admin/groups", {}, signal),
});
