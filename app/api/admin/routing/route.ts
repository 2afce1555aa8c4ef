import { route } from "@/lib/server/http/route";
import { readRouting } from "@/lib/services/routing/read-routing";

export const GET = route({ who: "admin", run: readRouting });
