import { IdParams } from "@/lib/contracts/common";
import { route } from "@/lib/server/http/route";
import { readMyRequest } from "@/lib/services/requests/read-request";

export const GET = route({ who: "member", params: IdParams, run: readMyRequest });
