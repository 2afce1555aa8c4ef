import { IdParams } from "@/lib/contracts/common";
import { route } from "@/lib/server/http/route";
import { readAnyRequest } from "@/lib/services/requests/read-request";

export const GET = route({ who: "admin", params: IdParams, run: readAnyRequest });
