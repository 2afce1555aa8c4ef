import { IdParams } from "@/lib/contracts/common";
import { UpdateUserBody } from "@/lib/contracts/users";
import { route } from "@/lib/server/http/route";
import { readUser } from "@/lib/services/users/read-user";
import { updateUser } from "@/lib/services/users/update-user";

export const GET = route({ who: "admin", params: IdParams, run: readUser });
export const PATCH = route({
  who: "admin",
  params: IdParams,
  body: UpdateUserBody,
  run: updateUser,
});
