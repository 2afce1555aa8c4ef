"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type {
  ChangePasswordBody,
  Me,
  ResetPasswordBody,
  SessionRow,
  SetUpBody,
  SignedUp,
  SignInBody,
  SignUpBody,
  UpdateMeBody,
} from "../../contracts/auth";
import { piece, sendJson } from "../api";
import { endSession, signInWith } from "../credentials";
import { meQuery, mySessionsQuery } from "../queries/auth";

/** Signs in and forgets what an earlier reader had loaded. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ email, password }: SignInBody) => signInWith(email, password),
    onSuccess: () => client.clear(),
  });
}

/** Signs out; the page then leaves for "/". */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({ mutationFn: endSession, onSuccess: () => client.clear() });
}

/** Makes an account where the policy allows it, and signs in with it. */
export function useSignUp() {
  return useMutation({
    mutationFn: async (body: SignUpBody) => {
      const made = await sendJson<SignedUp>("POST", "/api/portal/sign-up", body);
      await signInWith(body.email, body.password);
      return made;
    },
  });
}

/** Makes the first admin from the one-time link, and signs in. */
export function useSetUp() {
  return useMutation({
    mutationFn: async (body: SetUpBody) => {
      const made = await sendJson<SignedUp>("POST", "/api/portal/set-up", body);
      await signInWith(body.email, body.password);
      return made;
    },
  });
}

/** Sets a new password from a reset link. All sessions of the account end. */
export function useResetPassword() {
  return useMutation({
    mutationFn: (body: ResetPasswordBody) =>
      sendJson<void>("POST", "/api/portal/reset-password", body),
  });
}

/** Changes the reader's own name, language or time zone. */
export function useUpdateMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateMeBody) => sendJson<Me>("PATCH", "/api/portal/me", body),
    onSuccess: (me) => client.setQueryData(meQuery.queryKey, me),
  });
}

/** Changes the password; every other session of the account ends. */
export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ChangePasswordBody) =>
      sendJson<void>("POST", "/api/portal/me/password", body),
    onSuccess: () => client.invalidateQueries({ queryKey: mySessionsQuery.queryKey }),
  });
}

/** Ends one session of the reader. */
export function useRevokeSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => sendJson<void>("DELETE", `/api/portal/sessions/${piece(id)}`),
    onSuccess: (_, id) =>
      client.setQueryData<SessionRow[]>(mySessionsQuery.queryKey, (rows) =>
        rows?.filter((row) => row.id !== id),
      ),
  });
}

/** Ends every session of the reader but this one. */
export function useRevokeOtherSessions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => sendJson<void>("POST", "/api/portal/sessions/revoke-others"),
    onSuccess: () => client.invalidateQueries({ queryKey: mySessionsQuery.queryKey }),
  });
}
