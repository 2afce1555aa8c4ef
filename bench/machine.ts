import { readdirSync, readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";

/** Length of a tick of /proc: Linux tells programs 100 a second, whatever its own clock does. */
const TICK_MS = 10;

/** CPU time in ms that a process and its descendants have used so far, all threads together. */
export function treeCpuMs(pid: number): number {
  return treeOf(pid).reduce((sum, one) => sum + cpuMs(one), 0);
}

function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  // The name in parentheses may contain spaces; what follows it does not.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function treeOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, "latin1").split(" ").filter(Boolean),
  );
  return [pid, ...children.flatMap((child) => treeOf(Number(child)))];
}

/** Time that the whole machine spent, in ticks. */
export interface MachineTimes {
  all: number;
  idle: number;
  steal: number;
}

export function machineTimes(): MachineTimes {
  const [line = ""] = readFileSync("/proc/stat", "latin1").split("\n", 1);
  const ticks = line.split(/\s+/).slice(1, 9).map(Number);
  return { all: ticks.reduce((a, b) => a + b, 0), idle: ticks[3] ?? 0, steal: ticks[7] ?? 0 };
}

/** One line about how busy the machine was since then. */
export function machineNote(since: MachineTimes): string {
  const now = machineTimes();
  const share = (part: "idle" | "steal") =>
    `${((100 * (now[part] - since[part])) / Math.max(1, now.all - since.all)).toFixed(1)} %`;
  const load = loadavg().map((one) => one.toFixed(1));
  return `${cpus().length} CPUs (${cpus()[0]?.model.trim()}), Node ${process.versions.node}, load ${load.join(" ")}, idle ${share("idle")}, steal ${share("steal")}`;
}
