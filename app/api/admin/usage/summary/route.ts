import { PoolUsageQuery } from "@/lib/contracts/usage";
import { route } from "@/lib/server/http/route";
import { readPoolUsageSummary } from "@/lib/services/usage-pages/read-usage";

export const GET = route({ who: "admin", query: PoolUsageQuery, run: readPoolUsageSummary });
