export const connect = {
  title: "Connect",
  purpose: "Point a client at this portal. The commands below hold your address and your key.",
  chooseClient: "Client",
  clients: {
    "claude-code": {
      name: "Claude Code",
      about: "Anthropic’s terminal agent, on macOS, Linux and Windows",
    },
    "vs-code": {
      name: "Claude Code in VS Code",
      about: "The extension of VS Code, Cursor and others",
    },
    "gemini-cli": { name: "gemini-cli", about: "Google’s terminal agent, with a key" },
    ccr: { name: "claude-code-router", about: "Claude Code on Gemini models" },
    curl: { name: "curl", about: "One request, to see that it works" },
    python: { name: "Python", about: "The libraries of Anthropic and Google" },
    typescript: { name: "TypeScript", about: "The libraries of Anthropic and Google" },
  },
  chooseKey: "Key",
  keyHelp:
    "The portal keeps only a fingerprint of a key. Replace {start} in the commands by the whole key, or make a new one.",
  keyFilled: "The copy buttons fill in the whole new key. It is gone when you leave this page.",
  noKey: "You have no working key yet. Make one, and the commands are filled in with it.",
  steps: {
    install: "Install it",
    run: "Point it here and start it",
    keep: "Keep that for every new terminal",
    editorSettings: "Add this to the settings of the editor (settings.json)",
    settingsFile: "Or for the editor and the terminal at once, in ~/.claude/settings.json",
    ccrConfig: "Write ~/.claude-code-router/config.json",
    ccrStart: "Start it again after every change",
    ccrClient: "Point Claude Code at the router",
    anthropic: "Anthropic Messages",
    gemini: "Gemini",
    installSdk: "Install the libraries",
  },
  ccrNote:
    "APIKEY is a password of your choice between Claude Code and the router. An administrator can also add the router as an account of this portal; then everybody uses the Claude Code commands, and both hops are billed once.",
  models:
    "The model names are examples. The administrator decides which account answers which name.",
  live: {
    title: "First request",
    noKey: "Choose or make a key first.",
    waiting: "Waiting for the first request with {key}\u00a0…",
    waitingMore: "Run the commands. This line changes as soon as a request arrives.",
    seen: "It works: {model} answered with status {status}.",
    seenFrom: "From {client}.",
    refused: "A request for {model} arrived and was refused with status {status}.",
    story: "See the request",
    lost: "The portal could not be asked. It goes on trying.",
  },
} as const;
