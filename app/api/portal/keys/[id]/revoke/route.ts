import { IdParams } from "@/lib/contracts/common";
import { route } from "@/lib/server/http/route";
import { revokeKey } from "@/lib/services/keys/revoke-key";

export const POST = route({ who: "member", params: IdParams, run: revokeKey });
