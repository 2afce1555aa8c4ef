import { IdParams } from "@/lib/contracts/common";
import { UpdateChannelBody } from "@/lib/contracts/notifications";
import { route } from "@/lib/server/http/route";
import { deleteChannel, updateChannel } from "@/lib/services/notifications/update-channel";

export const PATCH = route({
  who: "admin",
  params: IdParams,
  body: UpdateChannelBody,
  run: updateChannel,
});
export const DELETE = route({ who: "admin", params: IdParams, run: deleteChannel });
