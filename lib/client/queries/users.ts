import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Invitation, User, UserListQuery, UserPage } from "../../contracts/users";
import { getJson, piece } from "../api";
import { keysetPaging, type ListFilters } from "./paging";

export const usersQuery = (query: ListFilters<UserListQuery>) =>
  infiniteQueryOptions({
    queryKey: ["users", query],
    queryFn: ({ pageParam, signal }) =>
      getJson<UserPage>("/api/admin/users", { ...query, cursor: pageParam }, signal),
    ...keysetPaging,
  });

export const userQuery = (id: string) =>
  queryOptions({
    queryKey: ["user", id],
    queryFn: ({ signal }) => getJson<User>(`/api/admin/users/${piece(id)}`, {}, signal),
  });

export const invitationsQuery = queryOptions({
  queryKey: ["invitations"],
  queryFn: ({ signal }) => getJson<Invitation[]>("/api/admin/invitations", {}, signal),
});
