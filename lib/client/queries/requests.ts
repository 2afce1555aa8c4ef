import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type {
  PoolRequestListQuery,
  RequestListQuery,
  RequestPage,
  RequestStory,
} from "../../contracts/requests";
import { getJson, piece } from "../api";
import { keysetPaging, type ListFilters } from "./paging";

export const requestsQuery = (query: ListFilters<RequestListQuery>) =>
  infiniteQueryOptions({
    queryKey: ["requests", query],
    queryFn: ({ pageParam, signal }) =>
      getJson<RequestPage>("/api/portal/requests", { ...query, cursor: pageParam }, signal),
    ...keysetPaging,
  });

export const requestStoryQuery = (id: string) =>
  queryOptions({
    queryKey: ["request", id],
    queryFn: ({ signal }) => getJson<RequestStory>(`/api/portal/requests/${piece(id)}`, {}, signal),
  });

export const poolRequestsQuery = (query: ListFilters<PoolRequestListQuery>) =>
  infiniteQueryOptions({
    queryKey: ["pool-requests", query],
    queryFn: ({ pageParam, signal }) =>
      getJson<RequestPage>("/api/admin/requests", { ...query, cursor: pageParam }, signal),
    ...keysetPaging,
  });

export const poolRequestStoryQuery = (id: string) =>
  queryOptions({
    queryKey: ["pool-request", id],
    queryFn: ({ signal }) => getJson<RequestStory>(`/api/admin/requests/${piece(id)}`, {}, signal),
  });
