import { queryOptions } from "@tanstack/react-query";
import type { ConnectStatus } from "../../contracts/connect";
import type { AdminOverview, Overview } from "../../contracts/overview";
import { getJson, piece } from "../api";

const WAITING_POLL_MS = 1_500;

export const overviewQuery = queryOptions({
  queryKey: ["overview"],
  queryFn: ({ signal }) => getJson<Overview>("/api/portal/overview", {}, signal),
});

export const adminOverviewQuery = queryOptions({
  queryKey: ["admin-overview"],
  queryFn: ({ signal }) => getJson<AdminOverview>("/api/admin/overview", {}, signal),
});

/** Asks every 1.5 s until the first request with this key was seen; stops in a hidden tab. */
export const connectQuery = (keyId: string, since: string) =>
  queryOptions({
    queryKey: ["connect", keyId, since],
    queryFn: ({ signal }) =>
      getJson<ConnectStatus>(`/api/portal/connect/${piece(keyId)}`, { since }, signal),
    // A refusal may be followed by a request that works: only a seen one ends the waiting.
    refetchInterval: ({ state }) => (state.data?.state === "seen" ? false : WAITING_POLL_MS),
  });
