import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { convertBody } from '../../src/zendesk/html/convert-body.ts';
import { parsed } from '../markdown/reading.ts';
import { dialectContext } from './contexts.ts';

const root = join(import.meta.dirname, '../fixtures/zendesk');
/** `KB_UPDATE=1` writes what is expected; without it a missing expectation fails. */
const updates = process.env.KB_UPDATE === '1';

describe('constructs', () => {
  it.each(readdirSync(root))('%s', (name) => {
    const folder = join(root, name);
    const html = readFileSync(join(folder, 'input.html'), 'utf8');
    const { markdown, losses } = convertBody(html, dialectContext);
    const lossText = `${JSON.stringify(losses, null, 2)}\n`;
    if (updates) {
      writeFileSync(join(folder, 'output.md'), markdown);
      writeFileSync(join(folder, 'losses.json'), lossText);
    }
    expect(existsSync(join(folder, 'output.md')), 'output.md is missing').toBe(true);
    expect(markdown).toBe(readFileSync(join(folder, 'output.md'), 'utf8'));
    expect(lossText).toBe(readFileSync(join(folder, 'losses.json'), 'utf8'));
    const { problems } = parsed(markdown);
    expect(problems).toEqual([]);
  });
});
