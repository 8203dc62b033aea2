import { appendFile } from 'node:fs/promises';
import { isJob, jobs } from '../../commands/github/job-names.ts';
import { KbError } from '../../model/kb-error.ts';
import type { CommandDeclaration } from '../declaration.ts';
import { publishing } from '../groups.ts';
import { scopeOf, scopeOptions } from '../scope.ts';

const loadExport = () => import('../../preview/export/export-site.ts');

export const github: CommandDeclaration = {
  name: 'github',
  summary: 'a job of a GitHub workflow: report on a pull request, publish, look for drift',
  group: publishing,
  arguments: [{ name: 'job', summary: 'pr, publish or nightly', required: true, choices: jobs }],
  options: [
    {
      flags: '--preview <dir>',
      summary: 'pr: write the preview there, for a step that attaches it to the run',
    },
    { flags: '--preview-url <url>', summary: 'pr: address of the exported preview, to link to' },
    {
      flags: '--quarantine <items>',
      summary: 'publish: take these from the AI, and publish nothing',
      list: true,
    },
    ...scopeOptions,
    {
      flags: '--break-glass <reason>',
      summary: 'publish: the items of --only without their review; the reason is recorded',
    },
  ],
  examples: [
    { line: 'kb github pr', says: 'one comment, one check, annotations on changed lines' },
    { line: 'kb github publish', says: 'what was merged, as far as it is reviewed' },
    { line: 'kb github publish --quarantine konto/sso', says: 'one article is taken from the AI' },
    { line: 'kb github nightly', says: 'edits made in Intercom become one pull request' },
  ],
  jsonKeys: ['job', 'verdict', 'outputs', 'details'],
  finishesOnInterrupt: true,
  async run({ values, context }) {
    const job = values.text('job') ?? '';
    if (!isJob(job)) throw new KbError('usage', `There is no job "${job}".`);
    const into = values.text('preview');
    const { runJob } = await import('../../commands/github/run-job.ts');
    const result = await runJob(context, job, {
      previewUrl: values.text('previewUrl'),
      preview: into === null ? null : { into, loadExport },
      quarantine: values.list('quarantine'),
      breakGlass: values.text('breakGlass'),
      appToken: context.env.KB_APP_TOKEN?.trim() || null,
      ...scopeOf(values),
    });
    const { GITHUB_STEP_SUMMARY: summaryFile } = context.env;
    if (summaryFile) await appendFile(summaryFile, `${result.summary}\n`);
    const { verdict, outputs, json: details } = result;
    return {
      exitCode: result.exitCode,
      json: { job, verdict, outputs, details },
      text: () => verdict,
      markdown: () => result.summary,
      github: () => [result.log, verdict].filter((text) => text !== '').join('\n'),
    };
  },
};
