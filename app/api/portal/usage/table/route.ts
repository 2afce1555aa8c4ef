import { UsageTableQuery } from "@/lib/contracts/usage";
import { route } from "@/lib/server/http/route";
import { readUsageTable } from "@/lib/services/usage-pages/read-usage";

export const GET = route({ who: "member", query: UsageTableQuery, run: readUsageTable });
