import { UsageQuery } from "@/lib/contracts/usage";
import { route } from "@/lib/server/http/route";
import { readUsageSummary } from "@/lib/services/usage-pages/read-usage";

export const GET = route({ who: "member", query: UsageQuery, run: readUsageSummary });
