"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type {
  Channel,
  ChannelTest,
  CreateChannelBody,
  UpdateChannelBody,
} from "../../contracts/notifications";
import { piece, sendJson } from "../api";
import { channelsQuery } from "../queries/notifications";

const PATH = "/api/admin/notification-channels";

/** Adds a channel. */
export function useCreateChannel() {
  return useChannelMutation((body: CreateChannelBody) => sendJson<Channel>("POST", PATH, body));
}

/** Changes a channel; an absent secret keeps the stored one. */
export function useUpdateChannel() {
  return useChannelMutation(({ id, ...body }: UpdateChannelBody & { id: string }) =>
    sendJson<Channel>("PATCH", `${PATH}/${piece(id)}`, body),
  );
}

/** Removes a channel. */
export function useDeleteChannel() {
  return useChannelMutation((id: string) => sendJson<void>("DELETE", `${PATH}/${piece(id)}`));
}

/** Sends a test message. */
export function useTestChannel() {
  return useMutation({
    mutationFn: (id: string) => sendJson<ChannelTest>("POST", `${PATH}/${piece(id)}/test`),
  });
}

function useChannelMutation<V, T>(mutationFn: (value: V) => Promise<T>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => client.invalidateQueries({ queryKey: channelsQuery.queryKey }),
  });
}
