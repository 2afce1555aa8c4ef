import { ResetPasswordBody } from "@/lib/contracts/auth";
import { route } from "@/lib/server/http/route";
import { resetPassword } from "@/lib/services/auth/reset-password";

export const POST = route({ who: "anyone", body: ResetPasswordBody, run: resetPassword });
