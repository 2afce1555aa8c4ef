import { IdParams } from "@/lib/contracts/common";
import { UpdateGroupBody } from "@/lib/contracts/groups";
import { route } from "@/lib/server/http/route";
import { deleteGroup } from "@/lib/services/groups/delete-group";
import { updateGroup } from "@/lib/services/groups/update-group";

export const PATCH = route({
  who: "admin",
  params: IdParams,
  body: UpdateGroupBody,
  run: updateGroup,
});
export const DELETE = route({ who: "admin", params: IdParams, run: deleteGroup });
