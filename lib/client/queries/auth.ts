import { queryOptions } from "@tanstack/react-query";
import type { Me, SessionRow } from "../../contracts/auth";
import { getJson } from "../api";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => getJson<Me>("/api/portal/me", {}, signal),
});

export const mySessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: ({ signal }) => getJson<SessionRow[]>("/api/portal/sessions", {}, signal),
});
