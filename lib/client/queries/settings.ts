import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { AuditPage, AuditQuery } from "../../contracts/audit";
import type { AllowedHost, PortalSettings } from "../../contracts/settings";
import { getJson } from "../api";
import { keysetPaging, type ListFilters } from "./paging";

export const settingsQuery = queryOptions({
  queryKey: ["settings"],
  queryFn: ({ signal }) => getJson<PortalSettings>("/api/admin/settings", {}, signal),
});

export const allowedHostsQuery = queryOptions({
  queryKey: ["allowed-hosts"],
  queryFn: ({ signal }) => getJson<AllowedHost[]>("/api/admin/allowed-hosts", {}, signal),
});

export const auditQuery = (query: ListFilters<AuditQuery>) =>
  infiniteQueryOptions({
    queryKey: ["audit", query],
    queryFn: ({ pageParam, signal }) =>
      getJson<AuditPage>("/api/admin/audit", { ...query, cursor: pageParam }, signal),
    ...keysetPaging,
  });
