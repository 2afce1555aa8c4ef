export const adminSettings = {
  title: "Settings",
  purpose: "How this portal behaves. Changes hold within a second, for every process.",
  saved: "The settings are saved.",
  general: "Sign-up and time",
  signUp: "Who may sign up",
  policies: {
    open: { label: "Anyone", help: "Everybody who reaches the page can sign up." },
    invite: { label: "With an invitation", help: "Only with a link from an administrator." },
    closed: { label: "Nobody", help: "Administrators create the accounts." },
  },
  noMail:
    "Addresses are not verified: no mail server is set. Invitations and password links are copied by hand.",
  timeZone: "Time zone",
  timeZoneHelp: "Daily, weekly and monthly limits begin at midnight here. {zone} is now {time}.",
  publicUrl: "Address of this portal",
  publicUrlHelp: "Used in links and commands. It is set where the portal is started (PUBLIC_URL).",
  relay: "Limits of the relay",
  relayPurpose: "How long and how large a request may be, and how often it is tried.",
  fields: {
    maxBodyBytes: {
      label: "Largest request, MiB",
      help: "Larger ones are refused while they arrive.",
    },
    maxAttempts: {
      label: "Attempts",
      help: "Accounts tried for one request before the first byte.",
    },
    connectMs: { label: "Connecting, seconds", help: "Until the provider takes the connection." },
    firstByteMs: { label: "First byte, minutes", help: "Until the provider begins to answer." },
    idleMs: { label: "Silence, minutes", help: "Between two pieces of an answer." },
    totalMs: { label: "Whole request, minutes", help: "From its arrival to its end." },
    keepAliveMs: { label: "Keep-alive, seconds", help: "How often a waiting stream shows life." },
    writeStallMs: {
      label: "Stalled client, seconds",
      help: "Until a client that does not read is let go.",
    },
    stickyTtlSeconds: {
      label: "Sticky session, minutes",
      help: "How long a session stays with its account after its last request.",
    },
    queueMs: {
      label: "Waiting for an account, seconds",
      help: "While all accounts are full; 0 refuses at once.",
    },
    queuePerKey: { label: "Waiting requests of a key", help: "More are refused at once." },
  },
  strategy: "Choice of account",
  strategies: {
    "priority-lru": {
      label: "Priority, then least recently used",
      help: "Predictable: the lowest priority number first.",
    },
    weighted: { label: "Weighted", help: "Within a priority by weight and free slots." },
  },
  wrong: {
    field: "{label}: a number from {min} to {max}.",
    timeZone: "A time zone such as Europe/Berlin.",
  },
  hosts: {
    title: "Allowed private addresses",
    purpose: "The portal never calls into private networks, except to these exact hosts and ports.",
    rule: "Redirects are never followed. Always refused, even when listed: link-local and metadata addresses, and the ports of the portal’s own database, Redis and web server.",
    hostPort: "Host and port",
    hostPortHelp: "Exactly as accounts use it, such as 127.0.0.1:3456.",
    note: "Note",
    add: "Allow",
    added: "{hostPort} is allowed.",
    remove: "Remove",
    removeTitle: "Remove {hostPort}?",
    removeBody:
      "Accounts with this address fail from the next request on, until it is allowed again.",
    removed: "{hostPort} is not allowed any more.",
    by: "by {name}",
    columns: { hostPort: "Host and port", note: "Note", added: "Added", deeds: "Actions" },
    empty:
      "No private address is allowed. Add one to use a router such as claude-code-router on this machine.",
    wrong: "A host and a port, such as 127.0.0.1:3456.",
    wrongNote: "At most 200 characters.",
    duplicate: "This host and port are allowed already.",
  },
} as const;
