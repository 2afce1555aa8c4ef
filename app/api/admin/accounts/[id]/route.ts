import { UpdateAccountBody } from "@/lib/contracts/accounts";
import { IdParams } from "@/lib/contracts/common";
import { route } from "@/lib/server/http/route";
import { deleteAccount } from "@/lib/services/accounts/delete-account";
import { readAccount } from "@/lib/services/accounts/read-account";
import { updateAccount } from "@/lib/services/accounts/update-account";

export const GET = route({ who: "admin", params: IdParams, run: readAccount });
export const PATCH = route({
  who: "admin",
  params: IdParams,
  body: UpdateAccountBody,
  run: updateAccount,
});
export const DELETE = route({ who: "admin", params: IdParams, run: deleteAccount });
