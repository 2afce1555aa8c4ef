import { IdParams } from "@/lib/contracts/common";
import { route } from "@/lib/server/http/route";
import { resumeKey } from "@/lib/services/keys/pause-key";

export const POST = route({ who: "member", params: IdParams, run: resumeKey });
