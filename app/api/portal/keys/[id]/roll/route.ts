import { IdParams } from "@/lib/contracts/common";
import { RollKeyBody } from "@/lib/contracts/keys";
import { route } from "@/lib/server/http/route";
import { rollKey } from "@/lib/services/keys/roll-key";

export const POST = route({ who: "member", params: IdParams, body: RollKeyBody, run: rollKey });
