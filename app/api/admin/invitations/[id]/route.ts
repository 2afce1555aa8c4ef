import { IdParams } from "@/lib/contracts/common";
import { route } from "@/lib/server/http/route";
import { revokeInvitation } from "@/lib/services/users/revoke-invitation";

export const DELETE = route({ who: "admin", params: IdParams, run: revokeInvitation });
