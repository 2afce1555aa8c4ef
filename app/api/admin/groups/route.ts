import { CreateGroupBody } from "@/lib/contracts/groups";
import { route } from "@/lib/server/http/route";
import { createGroup } from "@/lib/services/groups/create-group";
import { listGroups } from "@/lib/services/groups/list-groups";

export const GET = route({ who: "admin", run: listGroups });
export const POST = route({ who: "admin", body: CreateGroupBody, status: 201, run: createGroup });
