import { IdParams } from "@/lib/contracts/common";
import { UpdateKeyBody } from "@/lib/contracts/keys";
import { route } from "@/lib/server/http/route";
import { readKey } from "@/lib/services/keys/read-key";
import { updateKey } from "@/lib/services/keys/update-key";

export const GET = route({ who: "member", params: IdParams, run: readKey });
export const PATCH = route({
  who: "member",
  params: IdParams,
  body: UpdateKeyBody,
  run: updateKey,
});
