import { RequestListQuery } from "@/lib/contracts/requests";
import { route } from "@/lib/server/http/route";
import { listMyRequests } from "@/lib/services/requests/list-requests";

export const GET = route({ who: "member", query: RequestListQuery, run: listMyRequests });
