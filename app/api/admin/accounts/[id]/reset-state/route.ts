import { IdParams } from "@/lib/contracts/common";
import { route } from "@/lib/server/http/route";
import { resetAccountState } from "@/lib/services/accounts/reset-account-state";

export const POST = route({ who: "admin", params: IdParams, run: resetAccountState });
