import { route } from "@/lib/server/http/route";
import { readAdminOverview } from "@/lib/services/overview/read-admin-overview";

export const GET = route({ who: "admin", run: readAdminOverview });
