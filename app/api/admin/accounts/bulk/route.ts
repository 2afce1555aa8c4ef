import { BulkAccountsBody } from "@/lib/contracts/bulk-accounts";
import { route } from "@/lib/server/http/route";
import { changeAccounts } from "@/lib/services/accounts/change-accounts";

export const POST = route({ who: "admin", body: BulkAccountsBody, run: changeAccounts });
