export const adminSettings = {} as const;
