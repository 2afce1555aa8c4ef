import { IdParams } from "@/lib/contracts/common";
import { route } from "@/lib/server/http/route";
import { resumeAccount } from "@/lib/services/accounts/pause-account";

export const POST = route({ who: "admin", params: IdParams, run: resumeAccount });
