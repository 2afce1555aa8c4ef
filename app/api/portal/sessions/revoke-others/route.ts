import { route } from "@/lib/server/http/route";
import { revokeOtherSessions } from "@/lib/services/auth/revoke-session";

export const POST = route({ who: "member", run: revokeOtherSessions });
