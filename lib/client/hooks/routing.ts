"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { WhatIfBody, WhatIfResult } from "../../contracts/routing";
import type { PortalSettings, UpdateSettingsBody } from "../../contracts/settings";
import { sendJson } from "../api";
import { routingQuery } from "../queries/routing";
import { settingsQuery } from "../queries/settings";

/** Makes the latest choices again in a changed pool; changes nothing. */
export function useWhatIf() {
  return useMutation({
    mutationFn: (body: WhatIfBody) =>
      sendJson<WhatIfResult>("POST", "/api/admin/routing/what-if", body),
  });
}

/** Changes how accounts are chosen. */
export function useUpdateRouting() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (relay: NonNullable<UpdateSettingsBody["relay"]>) =>
      sendJson<PortalSettings>("PATCH", "/api/admin/settings", { relay }),
    onSuccess: (settings) => {
      client.setQueryData(settingsQuery.queryKey, settings);
      const { strategy, stickyTtlSeconds } = settings.relay;
      client.setQueryData(
        routingQuery.queryKey,
        (state) => state && { ...state, strategy, stickyTtlSeconds },
      );
    },
  });
}
