"use client";

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { accountsQuery } from "@/lib/client/queries/accounts";
import { myKeysQuery } from "@/lib/client/queries/keys";
import { isId } from "@/lib/shared/ids";
import { type CommandHit, useCommandSource } from "@/lib/ui/primitives/command-sources";

/** The palette asks at each pause in typing; what was read a moment ago is good enough for it. */
const FRESH_MS = 30_000;
const MOST_HITS = 6;

/** What the command palette of a member finds besides pages: own keys, and a request by its id. */
export function PortalSearch() {
  const client = useQueryClient();
  const t = useTranslations("shell.nav");
  useCommandSource(
    useMemo(
      () => ({ id: "keys", heading: t("keys"), search: (query) => findKeys(client, query) }),
      [client, t],
    ),
  );
  useRequestSource("/requests", t("requests"));
  return null;
}

/** What the command palette of an admin finds besides pages: accounts, and any request by its id. */
export function AdminSearch() {
  const client = useQueryClient();
  const t = useTranslations("shell.nav");
  useCommandSource(
    useMemo(
      () => ({
        id: "accounts",
        heading: t("accounts"),
        search: (query) => findAccounts(client, query),
      }),
      [client, t],
    ),
  );
  useRequestSource("/admin/requests", t("adminRequests"));
  return null;
}

function useRequestSource(folder: string, heading: string): void {
  useCommandSource(
    useMemo(
      () => ({
        id: "requests",
        heading,
        search: async (query) =>
          isId("request", query) ? [{ id: query, label: query, href: `${folder}/${query}` }] : [],
      }),
      [folder, heading],
    ),
  );
}

async function findKeys(client: QueryClient, query: string): Promise<CommandHit[]> {
  const keys = await client.fetchQuery({ ...myKeysQuery, staleTime: FRESH_MS });
  return keys
    .filter(({ name, start }) => holds(name, query) || start.startsWith(query))
    .slice(0, MOST_HITS)
    .map(({ id, name, start }) => ({ id, label: name, hint: start, href: `/keys?open=${id}` }));
}

async function findAccounts(client: QueryClient, query: string): Promise<CommandHit[]> {
  const accounts = await client.fetchQuery({ ...accountsQuery, staleTime: FRESH_MS });
  return accounts
    .filter(({ name, provider }) => holds(name, query) || holds(provider, query))
    .slice(0, MOST_HITS)
    .map(({ id, name, provider }) => ({
      id,
      label: name,
      hint: provider,
      href: `/admin/accounts/${id}`,
    }));
}

const holds = (text: string, wanted: string) => text.toLowerCase().includes(wanted.toLowerCase());
