"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type {
  AddAllowedHostBody,
  AllowedHost,
  PortalSettings,
  UpdateSettingsBody,
} from "../../contracts/settings";
import { piece, sendJson } from "../api";
import { allowedHostsQuery, settingsQuery } from "../queries/settings";

/** Changes settings of the portal; every process follows within a second. */
export function useUpdateSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateSettingsBody) =>
      sendJson<PortalSettings>("PATCH", "/api/admin/settings", body),
    onSuccess: (settings) => client.setQueryData(settingsQuery.queryKey, settings),
  });
}

/** Lets outbound calls reach one exact `host:port` in a private network. */
export function useAddAllowedHost() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AddAllowedHostBody) =>
      sendJson<AllowedHost>("POST", "/api/admin/allowed-hosts", body),
    onSuccess: (host) =>
      client.setQueryData(allowedHostsQuery.queryKey, (hosts) =>
        hosts ? [...hosts.filter((other) => other.hostPort !== host.hostPort), host] : hosts,
      ),
  });
}

/** Closes such a `host:port` again. */
export function useRemoveAllowedHost() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (hostPort: string) =>
      sendJson<void>("DELETE", `/api/admin/allowed-hosts/${piece(hostPort)}`),
    onSuccess: (_, hostPort) =>
      client.setQueryData(allowedHostsQuery.queryKey, (hosts) =>
        hosts?.filter((host) => host.hostPort !== hostPort),
      ),
  });
}
