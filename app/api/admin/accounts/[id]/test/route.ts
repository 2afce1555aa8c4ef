import { TestAccountBody } from "@/lib/contracts/accounts";
import { IdParams } from "@/lib/contracts/common";
import { route } from "@/lib/server/http/route";
import { testAccount } from "@/lib/services/accounts/test-account";

export const POST = route({
  who: "admin",
  params: IdParams,
  body: TestAccountBody,
  run: testAccount,
});
