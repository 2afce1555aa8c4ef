import { route } from "@/lib/server/http/route";
import { listMySessions } from "@/lib/services/auth/list-my-sessions";

export const GET = route({ who: "member", run: listMySessions });
