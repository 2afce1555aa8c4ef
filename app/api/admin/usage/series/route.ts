import { PoolUsageSeriesQuery } from "@/lib/contracts/usage";
import { route } from "@/lib/server/http/route";
import { readPoolUsageSeries } from "@/lib/services/usage-pages/read-usage";

export const GET = route({ who: "admin", query: PoolUsageSeriesQuery, run: readPoolUsageSeries });
