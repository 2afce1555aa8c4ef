"use client";
import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type {
  Account,
  CreateAccountBody,
  TestAccountBody,
  TestLine,
  UpdateAccountBody,
} from "../../contracts/accounts";
import type { BulkAccountsAnswer, BulkAccountsBody } from "../../contracts/bulk-accounts";
import { piece, sendForResponse, sendJson } from "../api";
import { readLines } from "../lines";
import { accountsQuery } from "../queries/accounts";
import { groupsQuery } from "../queries/groups";

/** Adds an account to the pool. */
export function useCreateAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateAccountBody) => sendJson<Account>("POST", "/api/admin/accounts", body),
    onSuccess: (account) =>
      client.setQueryData(accountsQuery.queryKey, (known) => (known ? [account, ...known] : known)),
  });
}

/** Changes an account. A changed host of a URL setting must come with the secret. */
export function useUpdateAccount() {
  return useAccountMutation(({ id, ...body }: UpdateAccountBody & { id: string }) =>
    sendJson<Account>("PATCH", `/api/admin/accounts/${piece(id)}`, body),
  );
}

/** Takes an account out of the choice until it is resumed. */
export function usePauseAccount() {
  return useAccountMutation((id: string) =>
    sendJson<Account>("POST", `/api/admin/accounts/${piece(id)}/pause`),
  );
}

/** Gives an account no new sessions, until it is resumed. */
export function useDrainAccount() {
  return useAccountMutation((id: string) =>
    sendJson<Account>("POST", `/api/admin/accounts/${piece(id)}/drain`),
  );
}

/** Does the same to many accounts. */
export function useChangeAccounts() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BulkAccountsBody) =>
      sendJson<BulkAccountsAnswer>("POST", "/api/admin/accounts/bulk", body),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: accountsQuery.queryKey }),
        client.invalidateQueries({ queryKey: groupsQuery.queryKey }),
      ]),
  });
}

/** Puts a paused or draining account back into the choice. */
export function useResumeAccount() {
  return useAccountMutation((id: string) =>
    sendJson<Account>("POST", `/api/admin/accounts/${piece(id)}/resume`),
  );
}

/** Forgets cool-downs, limits and stops of an account. */
export function useResetAccountState() {
  return useAccountMutation((id: string) =>
    sendJson<Account>("POST", `/api/admin/accounts/${piece(id)}/reset-state`),
  );
}

/** Removes an account; its history in the request log stays. */
export function useDeleteAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => sendJson<void>("DELETE", `/api/admin/accounts/${piece(id)}`),
    onSuccess: (_, id) => {
      client.setQueryData(accountsQuery.queryKey, (known) =>
        known?.filter((account) => account.id !== id),
      );
      client.removeQueries({ queryKey: ["account", id] });
    },
  });
}

interface RunningTest {
  running: boolean;
  lines: readonly TestLine[];
  /** Set when the test could not even begin. */
  error: unknown;
}

/** A test of an account whose lines appear as they arrive. Leaving the page ends it. */
export function useAccountTest(id: string) {
  const [test, setTest] = useState<RunningTest>({ running: false, lines: [], error: null });
  const abort = useRef<AbortController>(null);
  const client = useQueryClient();
  useEffect(() => () => abort.current?.abort(), []);

  const run = useCallback(
    async (body: TestAccountBody = {}) => {
      abort.current?.abort();
      const control = new AbortController();
      abort.current = control;
      setTest({ running: true, lines: [], error: null });
      const path = `/api/admin/accounts/${piece(id)}/test`;
      try {
        const response = await sendForResponse("POST", path, body, control.signal);
        for await (const line of readLines<TestLine>(response)) {
          setTest((before) => ({ ...before, lines: [...before.lines, line] }));
        }
        setTest((before) => ({ ...before, running: false }));
        await client.invalidateQueries({ queryKey: ["account", id] });
      } catch (error) {
        if (!control.signal.aborted) setTest({ running: false, lines: [], error });
      }
    },
    [client, id],
  );
  return { ...test, run };
}

function useAccountMutation<V>(mutationFn: (variables: V) => Promise<Account>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: (account) => keepAccount(client, account) });
}

async function keepAccount(client: QueryClient, account: Account): Promise<void> {
  client.setQueryData(accountsQuery.queryKey, (known) =>
    known?.map((other) => (other.id === account.id ? account : other)),
  );
  await client.invalidateQueries({ queryKey: ["account", account.id] });
}
