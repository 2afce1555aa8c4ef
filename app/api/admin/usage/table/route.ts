import { PoolUsageTableQuery } from "@/lib/contracts/usage";
import { route } from "@/lib/server/http/route";
import { readPoolUsageTable } from "@/lib/services/usage-pages/read-usage";

export const GET = route({ who: "admin", query: PoolUsageTableQuery, run: readPoolUsageTable });
