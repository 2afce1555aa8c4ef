export const site = {
  nav: {
    home: "Home",
    models: "Models",
    docs: "Docs",
    status: "Status",
    label: "Site navigation",
  },
  footer: "One address and one key for the models you use.",
} as const;
