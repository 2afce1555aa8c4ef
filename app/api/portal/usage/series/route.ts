import { UsageSeriesQuery } from "@/lib/contracts/usage";
import { route } from "@/lib/server/http/route";
import { readUsageSeries } from "@/lib/services/usage-pages/read-usage";

export const GET = route({ who: "member", query: UsageSeriesQuery, run: readUsageSeries });
