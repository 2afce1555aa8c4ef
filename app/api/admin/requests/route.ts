import { PoolRequestListQuery } from "@/lib/contracts/requests";
import { route } from "@/lib/server/http/route";
import { listAllRequests } from "@/lib/services/requests/list-requests";

export const GET = route({ who: "admin", query: PoolRequestListQuery, run: listAllRequests });
