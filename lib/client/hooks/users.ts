"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type {
  CreateInvitationBody,
  CreateUserBody,
  OneTimeLink,
  UpdateUserBody,
  User,
} from "../../contracts/users";
import { piece, sendJson } from "../api";
import { invitationsQuery, userQuery } from "../queries/users";

/** Makes an account for somebody. */
export function useCreateUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateUserBody) => sendJson<User>("POST", "/api/admin/users", body),
    onSuccess: () => client.invalidateQueries({ queryKey: ["users"] }),
  });
}

/** Changes name, role, status or limits. Disabling ends every session and key of the user. */
export function useUpdateUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: UpdateUserBody & { id: string }) =>
      sendJson<User>("PATCH", `/api/admin/users/${piece(id)}`, body),
    onSuccess: (user) => {
      client.setQueryData(userQuery(user.id).queryKey, user);
      return client.invalidateQueries({ queryKey: ["users"] });
    },
  });
}

/** A one-time link with which the user sets a new password. */
export function useCreateResetLink() {
  return useMutation({
    mutationFn: (id: string) =>
      sendJson<OneTimeLink>("POST", `/api/admin/users/${piece(id)}/reset-link`),
  });
}

/** An invitation whose link is shown this once. */
export function useCreateInvitation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateInvitationBody) =>
      sendJson<OneTimeLink>("POST", "/api/admin/invitations", body),
    onSuccess: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
}

/** Makes an invitation's link worthless. */
export function useRevokeInvitation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => sendJson<void>("DELETE", `/api/admin/invitations/${piece(id)}`),
    onSuccess: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
}
