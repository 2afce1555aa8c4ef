import { CreateAccountBody } from "@/lib/contracts/accounts";
import { route } from "@/lib/server/http/route";
import { createAccount } from "@/lib/services/accounts/create-account";
import { listAccounts } from "@/lib/services/accounts/list-accounts";

export const GET = route({ who: "admin", run: listAccounts });
export const POST = route({
  who: "admin",
  body: CreateAccountBody,
  status: 201,
  run: createAccount,
});
