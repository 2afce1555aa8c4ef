export const site = {
  nav: {
    home: "Home",
    models: "Models",
    docs: "Docs",
    status: "Status",
    label: "Site navigation",
  },
  footer: "One address and one key for the models you use.",
  title: "One address and one key for the models you use",
  lead: "This portal stands between your tools and the providers’ accounts. You keep the tool you like; the portal chooses an account, keeps the limits that you set, and writes down what every request used and cost.",
  signUp: "Create an account",
  signIn: "Sign in",
  open: "Open the portal",
  stepsTitle: "Three steps",
  steps: {
    key: {
      title: "Make a key",
      body: "For a person, a program or a machine, with a budget, a rate and an end if you like.",
    },
    connect: {
      title: "Point your tool here",
      body: "Two variables or one base URL. The connect page has the exact commands for Claude Code, gemini-cli, Codex, opencode and the official libraries.",
    },
    look: {
      title: "See what happens",
      body: "Tokens, cost and the story of each request, also of those that were refused, with the reason.",
    },
  },
  addresses: "Addresses",
  addressesPurpose: "What a tool asks for as its base URL.",
  anthropic: "Anthropic Messages",
  gemini: "Gemini and Code Assist",
  openai: "OpenAI Chat and Responses",
  status: {
    title: "Status",
    asking: "Asking …",
    ready: "Serving requests",
    notReady: "Not ready to serve",
    unreachable: "Not reachable from here",
    checked: "Asked again every 15 seconds",
  },
} as const;
