import { CreateChannelBody } from "@/lib/contracts/notifications";
import { route } from "@/lib/server/http/route";
import { createChannel } from "@/lib/services/notifications/create-channel";
import { listChannels } from "@/lib/services/notifications/show-channels";

export const GET = route({ who: "admin", run: listChannels });
export const POST = route({
  who: "admin",
  body: CreateChannelBody,
  status: 201,
  run: createChannel,
});
