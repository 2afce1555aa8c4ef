import { queryOptions } from "@tanstack/react-query";
import type {
  Account,
  AccountDetail,
  ModelMapMisses,
  ModelMapMissesBody,
  ProviderForm,
} from "../../contracts/accounts";
import { getJson, piece, sendJson } from "../api";

const STATE_POLL_MS = 15_000;

export const providersQuery = queryOptions({
  queryKey: ["providers"],
  queryFn: ({ signal }) => getJson<ProviderForm[]>("/api/admin/providers", {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

/** All accounts with their live state, refreshed while the page is looked at. */
export const accountsQuery = queryOptions({
  queryKey: ["accounts"],
  queryFn: ({ signal }) => getJson<Account[]>("/api/admin/accounts", {}, signal),
  refetchInterval: STATE_POLL_MS,
});

export const accountQuery = (id: string) =>
  queryOptions({
    queryKey: ["account", id],
    queryFn: ({ signal }) => getJson<AccountDetail>(`/api/admin/accounts/${piece(id)}`, {}, signal),
  });

/** Which names asked for in the last days a map would not serve; the map need not be saved. */
export const modelMapMissesQuery = (body: ModelMapMissesBody) =>
  queryOptions({
    queryKey: ["model-map-misses", body],
    queryFn: ({ signal }) =>
      sendJson<ModelMapMisses>("POST", "/api/admin/model-map-misses", body, signal),
  });
