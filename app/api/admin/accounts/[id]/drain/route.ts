import { IdParams } from "@/lib/contracts/common";
import { route } from "@/lib/server/http/route";
import { drainAccount } from "@/lib/services/accounts/drain-account";

export const POST = route({ who: "admin", params: IdParams, run: drainAccount });
