"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { CreateGroupBody, Group, UpdateGroupBody } from "../../contracts/groups";
import { piece, sendJson } from "../api";
import { groupsQuery } from "../queries/groups";

/** Makes a group, or changes one where an id is given. */
export function useSaveGroup(id: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateGroupBody & UpdateGroupBody) =>
      id === null
        ? sendJson<Group>("POST", "/api/admin/groups", body)
        : sendJson<Group>("PATCH", `/api/admin/groups/${piece(id)}`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: groupsQuery.queryKey }),
  });
}

/** Removes a group that no key is bound to. */
export function useDeleteGroup() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => sendJson<void>("DELETE", `/api/admin/groups/${piece(id)}`),
    onSuccess: () => client.invalidateQueries({ queryKey: groupsQuery.queryKey }),
  });
}
