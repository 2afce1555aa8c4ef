import { IdParams } from "@/lib/contracts/common";
import { route } from "@/lib/server/http/route";
import { revokeSession } from "@/lib/services/auth/revoke-session";

export const DELETE = route({ who: "member", params: IdParams, run: revokeSession });
