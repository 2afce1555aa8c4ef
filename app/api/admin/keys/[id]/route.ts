import { IdParams } from "@/lib/contracts/common";
import { AdminUpdateKeyBody } from "@/lib/contracts/keys";
import { route } from "@/lib/server/http/route";
import { updateAnyKey } from "@/lib/services/keys/update-key";

export const PATCH = route({
  who: "admin",
  params: IdParams,
  body: AdminUpdateKeyBody,
  run: updateAnyKey,
});
