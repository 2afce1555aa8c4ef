import { IdParams } from "@/lib/contracts/common";
import { route } from "@/lib/server/http/route";
import { testChannel } from "@/lib/services/notifications/test-channel";

export const POST = route({ who: "admin", params: IdParams, run: testChannel });
