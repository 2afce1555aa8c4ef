import type { CodeVariant } from "@/lib/ui/primitives/code-block";

type Variables = Readonly<Record<string, string>>;

export function npmInstall(name: string, flags = "-g "): [CodeVariant] {
  return [{ language: "bash", label: "npm", code: `npm install ${flags}${name}` }];
}

/** Variables for this one terminal, then the program. */
export function shells(variables: Variables, program: string): [CodeVariant, CodeVariant] {
  const entries = Object.entries(variables);
  const posix = entries.map(([name, value]) => `export ${name}="${value}"`);
  const power = entries.map(([name, value]) => `$env:${name} = "${value}"`);
  return [
    { language: "bash", label: "bash/zsh", code: [...posix, program].join("\n") },
    { language: "powershell", code: [...power, program].join("\n") },
  ];
}

/** The same variables for every terminal from now on. */
export function kept(variables: Variables): [CodeVariant, CodeVariant, CodeVariant] {
  const entries = Object.entries(variables);
  const append = (file: string) =>
    entries.map(([name, value]) => `echo 'export ${name}="${value}"' >> ~/${file}`).join("\n");
  const power = entries.map(
    ([name, value]) => `[Environment]::SetEnvironmentVariable("${name}", "${value}", "User")`,
  );
  return [
    { language: "bash", code: append(".bashrc") },
    { language: "zsh", code: append(".zshrc") },
    { language: "powershell", code: power.join("\n") },
  ];
}

/** One request with a JSON body. */
export function curl(url: string, headers: Variables, body: unknown): [CodeVariant, CodeVariant] {
  const all = Object.entries({ ...headers, "content-type": "application/json" });
  const text = JSON.stringify(body);
  const posix = [
    `curl ${url}`,
    ...all.map(([name, value]) => `-H '${name}: ${value}'`),
    `-d '${text}'`,
  ];
  const power = [
    `Invoke-RestMethod ${url} -Method Post`,
    `-Headers @{ ${all.map(([name, value]) => `"${name}" = "${value}"`).join("; ")} }`,
    `-Body '${text}'`,
  ];
  return [
    { language: "bash", label: "bash/zsh", code: posix.join(" \\\n  ") },
    { language: "powershell", code: power.join(" `\n  ") },
  ];
}

/** A settings file in JSON. */
export function jsonFile(value: unknown, label?: string): [CodeVariant] {
  const code = JSON.stringify(value, null, 2);
  return [{ language: "json", ...(label && { label }), code }];
}
