import { route } from "@/lib/server/http/route";
import { readOverview } from "@/lib/services/overview/read-overview";

export const GET = route({ who: "member", run: readOverview });
