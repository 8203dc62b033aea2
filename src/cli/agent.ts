import { type Agent, agents } from '../model/config.ts';
import type { Values } from './values.ts';

/** The agent of `--agent`; without it the one that answers customers. */
export function agentFrom(values: Values): Agent {
  return agents.find((agent) => agent === values.text('agent')) ?? 'agent';
}
