export const adminKeys = {} as const;
