import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Page } from "../../contracts/common";
import type { AllKeysQuery, Key } from "../../contracts/keys";
import { getJson, piece } from "../api";
import { keysetPaging, type ListFilters } from "./paging";

/** All keys of the one who asks, newest first; a person has few enough for one answer. */
export const myKeysQuery = queryOptions({
  queryKey: ["keys"],
  queryFn: ({ signal }) => getJson<Key[]>("/api/portal/keys", {}, signal),
});

export const keyQuery = (id: string) =>
  queryOptions({
    queryKey: ["key", id],
    queryFn: ({ signal }) => getJson<Key>(`/api/portal/keys/${piece(id)}`, {}, signal),
  });

/** Keys of everybody (admins). */
export const allKeysQuery = (query: ListFilters<AllKeysQuery>) =>
  infiniteQueryOptions({
    queryKey: ["all-keys", query],
    queryFn: ({ pageParam, signal }) =>
      getJson<Page<Key>>("/api/admin/keys", { ...query, cursor: pageParam }, signal),
    ...keysetPaging,
  });
