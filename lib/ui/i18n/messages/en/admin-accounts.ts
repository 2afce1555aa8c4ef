export const adminAccounts = {} as const;
