export type { Fault } from './gate/faults.ts';
export { HABITS, type HabitName, type Profile } from './habits/profile.ts';
export { createSandbox, type Sandbox } from './sandbox.ts';
export type { Region, SandboxLimits, SandboxOptions, TeammateOption } from './sandbox-options.ts';
export type { DumpAsset, DumpItem, DumpSettings, WorkspaceDump } from './seed/dump.ts';
export { readDump } from './seed/read-dump.ts';
export { type ServedSandbox, serveSandbox } from './serve-sandbox.ts';
