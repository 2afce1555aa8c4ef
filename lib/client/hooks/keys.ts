"use client";
import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import type {
  AdminCreateKeyBody,
  AdminUpdateKeyBody,
  CreatedKey,
  CreateKeyBody,
  Key,
  RollKeyBody,
  UpdateKeyBody,
} from "../../contracts/keys";
import { piece, sendJson } from "../api";
import { keyQuery, myKeysQuery } from "../queries/keys";

/** Makes a key; the answer's `secret` is shown this once and kept nowhere. */
export function useCreateKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateKeyBody) => sendJson<CreatedKey>("POST", "/api/portal/keys", body),
    onSuccess: ({ key }) =>
      client.setQueryData(myKeysQuery.queryKey, (keys) => (keys ? [key, ...keys] : keys)),
  });
}

/** Changes the options and limits of a key. */
export function useUpdateKey() {
  return useKeyMutation(({ id, ...body }: UpdateKeyBody & { id: string }) =>
    sendJson<Key>("PATCH", `/api/portal/keys/${piece(id)}`, body),
  );
}

/** Refuses the key's requests until it is resumed. */
export function usePauseKey() {
  return useKeyMutation((id: string) =>
    sendJson<Key>("POST", `/api/portal/keys/${piece(id)}/pause`),
  );
}

/** Lets a paused key work again. */
export function useResumeKey() {
  return useKeyMutation((id: string) =>
    sendJson<Key>("POST", `/api/portal/keys/${piece(id)}/resume`),
  );
}

/** Ends a key for good. */
export function useRevokeKey() {
  return useKeyMutation((id: string) =>
    sendJson<Key>("POST", `/api/portal/keys/${piece(id)}/revoke`),
  );
}

/** Gives a key a new secret, shown this once; the one before stays valid for the overlap. */
export function useRollKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: RollKeyBody & { id: string }) =>
      sendJson<CreatedKey>("POST", `/api/portal/keys/${piece(id)}/roll`, body),
    onSuccess: ({ key }) => keepKey(client, key),
  });
}

/** Makes a key for anybody (admins). */
export function useAdminCreateKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AdminCreateKeyBody) => sendJson<CreatedKey>("POST", "/api/admin/keys", body),
    onSuccess: () => client.invalidateQueries({ queryKey: ["all-keys"] }),
  });
}

/** Changes anybody's key, with the options that only admins have. */
export function useAdminUpdateKey() {
  return useKeyMutation(({ id, ...body }: AdminUpdateKeyBody & { id: string }) =>
    sendJson<Key>("PATCH", `/api/admin/keys/${piece(id)}`, body),
  );
}

function useKeyMutation<V>(mutationFn: (variables: V) => Promise<Key>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: (key) => keepKey(client, key) });
}

async function keepKey(client: QueryClient, key: Key): Promise<void> {
  client.setQueryData(keyQuery(key.id).queryKey, key);
  client.setQueryData(myKeysQuery.queryKey, (keys) =>
    keys?.map((known) => (known.id === key.id ? key : known)),
  );
  await client.invalidateQueries({ queryKey: ["all-keys"] });
}
