"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type {
  BeginSignInBody,
  BegunSignIn,
  FinishSignInBody,
  SignInAnswer,
} from "../../contracts/sign-ins";
import { piece, sendJson } from "../api";
import { accountsQuery } from "../queries/accounts";

/** Begins a sign-in at an account's provider. */
export function useBeginSignIn() {
  return useMutation({
    mutationFn: (body: BeginSignInBody) =>
      sendJson<BegunSignIn>("POST", "/api/admin/sign-ins", body),
  });
}

/** Ends a sign-in, or asks whether a device flow is done. */
export function useFinishSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: FinishSignInBody & { id: string }) =>
      sendJson<SignInAnswer>("POST", `/api/admin/sign-ins/${piece(id)}/finish`, body),
    async onSuccess(answer) {
      if (answer.state !== "done") return;
      await client.invalidateQueries({ queryKey: accountsQuery.queryKey });
      await client.invalidateQueries({ queryKey: ["account", answer.account.id] });
    },
  });
}
