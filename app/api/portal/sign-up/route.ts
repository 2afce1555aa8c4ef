import { SignUpBody } from "@/lib/contracts/auth";
import { route } from "@/lib/server/http/route";
import { readSignUpOptions } from "@/lib/services/auth/read-sign-up-options";
import { signUp } from "@/lib/services/auth/sign-up";

export const GET = route({ who: "anyone", run: readSignUpOptions });
export const POST = route({ who: "anyone", body: SignUpBody, status: 201, run: signUp });
