import { ChangePasswordBody } from "@/lib/contracts/auth";
import { route } from "@/lib/server/http/route";
import { changePassword } from "@/lib/services/auth/change-password";

export const POST = route({ who: "member", body: ChangePasswordBody, run: changePassword });
