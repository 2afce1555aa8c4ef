export const adminModels = {} as const;
