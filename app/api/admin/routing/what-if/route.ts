import { WhatIfBody } from "@/lib/contracts/routing";
import { route } from "@/lib/server/http/route";
import { whatIf } from "@/lib/services/routing/what-if";

export const POST = route({ who: "admin", body: WhatIfBody, run: whatIf });
