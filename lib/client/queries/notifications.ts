import { queryOptions } from "@tanstack/react-query";
import type { ChannelList } from "../../contracts/notifications";
import { getJson } from "../api";

/** Channels that are told about accounts, and the kinds that there are (admins). */
export const channelsQuery = queryOptions({
  queryKey: ["notification-channels"],
  queryFn: ({ signal }) => getJson<ChannelList>("/api/admin/notification-channels", {}, signal),
});
