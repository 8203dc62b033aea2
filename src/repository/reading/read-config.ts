import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../model/config.ts';
import type { Finding } from '../../model/finding.ts';
import { KbError } from '../../model/kb-error.ts';
import { configSchema } from '../schema/config-schema.ts';
import { validate } from '../schema/validate.ts';
import { configProblems } from './config-checks.ts';
import { configFrom } from './config-defaults.ts';
import { configFile } from './content-path.ts';
import { byteOrderMark } from './line-index.ts';
import { findingIn, sortedFindings } from './problem.ts';
import { readText } from './read-text.ts';
import { readYaml } from './yaml-source.ts';

/** kb.yaml, read; and what of it could be relied on. */
export interface ConfigRead {
  config: Config;
  problems: readonly Finding[];
  /** False where `locales` could not be read: then no file can be told to be in a locale too many. */
  localesKnown: boolean;
}

/**
 * Reads kb.yaml. What is wrong in it falls back to defaults and is a problem with its place.
 *
 * @throws KbError `no-content` where there is no content folder or no kb.yaml
 */
export async function readConfig(root: string): Promise<ConfigRead> {
  const bytes = await configSize(root);
  const read = await readText({ path: configFile, absolute: join(root, configFile), bytes });
  if ('problem' in read) {
    const problems = [findingIn(configFile, read.problem)];
    return { config: configFrom({}, everyKey), problems, localesKnown: false };
  }
  const { text } = read;
  const yaml = readYaml(text, text.startsWith(byteOrderMark) ? 1 : 0, text.length);
  const { data, problems, wrong } = validate(configSchema, yaml);
  const isReadable = yaml.problems.length === 0;
  const all = isReadable ? [...problems, ...configProblems(data, yaml, wrong)] : yaml.problems;
  return {
    config: configFrom(data, isReadable ? wrong : everyKey),
    problems: sortedFindings(all.map((it) => findingIn(configFile, it))),
    localesKnown: data.locales !== undefined && !wrong.has('locales'),
  };
}

/** Nothing of an unreadable file is known, so everything gets its closed side. */
const everyKey: ReadonlySet<string> = new Set(Object.keys(configSchema.shape));

async function configSize(root: string): Promise<number> {
  const folder = await stat(root).catch(() => null);
  if (folder === null || !folder.isDirectory()) {
    const found = folder === null ? 'there is nothing' : 'that is a file';
    throw new KbError('no-content', `No content folder at ${root}: ${found}.`, {
      hint: 'Create a knowledge base with `kb init`, or name its folder with --content <dir>.',
      location: { file: root },
    });
  }
  const file = await stat(join(root, configFile)).catch(() => null);
  if (file === null || !file.isFile()) {
    throw new KbError('no-content', `${root} has no ${configFile}, so it is no knowledge base.`, {
      hint: (await stat(join(root, 'kb.yml')).catch(() => null))
        ? `Rename kb.yml to ${configFile}.`
        : 'Create one with `kb init`, or name another folder with --content <dir>.',
      location: { file: configFile },
    });
  }
  return file.size;
}
