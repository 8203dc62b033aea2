import type { NewFile } from './new-file.ts';

/** Which release of this tool a workflow runs. */
export interface ToolRelease {
  version: string;
  /** The commit of the release, with the action's bundle in it; null for what is not released. */
  commit: string | null;
}

/** The repository whose action the workflows use. */
const action = 'reviewed-kb/reviewed-kb';

/** Pinned by commit: a tag can be moved, a commit cannot. From the tags of their repositories. */
const checkout = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
const setupNode = 'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0';
const upload = 'actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0';
const appToken =
  'actions/create-github-app-token@1b10c78c7865c340bc4f6099eb2f838309f1e8c3 # v3.1.1';

/**
 * The workflows of a knowledge base: report on pull requests, publish what is merged, look for edits
 * made in Intercom. Each job has the rights it needs and no others; what it runs is pinned.
 */
export function workflowFiles(release: ToolRelease): NewFile[] {
  return [
    { path: '.github/workflows/kb-pull-request.yml', text: pullRequestWorkflow(release) },
    { path: '.github/workflows/kb-publish.yml', text: publishWorkflow(release) },
    { path: '.github/workflows/kb-nightly.yml', text: nightlyWorkflow(release) },
  ];
}

function pullRequestWorkflow(release: ToolRelease): string {
  return `name: Help center, pull request
# Says what merging would do: one comment, one check, annotations. Pull requests from forks get a token
# that only reads, and a summary.
on:
  pull_request:
  merge_group:
permissions: {}
concurrency:
  group: kb-pull-request-\${{ github.ref }}
  cancel-in-progress: true
jobs:
  report:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: read
      pull-requests: write
      checks: write
    steps:
${checkoutStep}
${kbSteps(release, { job: 'pr', inputs: { preview }, env: {} })}${uploadStep}`;
}

/** The help center as the pull request would make it, as a folder of pages. */
const preview = '${{ runner.temp }}/help-center-preview';

/** The comment links to the run, which has it. */
const uploadStep = `      - if: \${{ !cancelled() }}
        uses: ${upload}
        with:
          name: help-center-preview
          path: ${preview}
          if-no-files-found: ignore
          retention-days: 14
`;

function publishWorkflow(release: ToolRelease): string {
  return `name: Help center, publish
# Publishes what was merged. By hand it publishes again, or takes one article from the AI.
# Has nothing to do until kb.yaml has a workspace that is not the sandbox.
on:
  push:
    branches: [main]
  workflow_dispatch:
    inputs:
      quarantine:
        description: Take these from the AI now, and publish nothing (ids or paths)
        type: string
      only:
        description: Publish these only (ids or paths)
        type: string
      allow:
        description: A guard that may trip this once
        type: string
      break-glass:
        description: Publish the above without their review, for this reason
        type: string
permissions: {}
# One at a time, as a courtesy; the ledger is what keeps two runs apart.
concurrency:
  group: kb-publish
  cancel-in-progress: false
jobs:
  publish:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    # Its secret is for the main branch only: Settings, Environments, help-center.
    environment: help-center
    permissions:
      contents: write # the branch kb-ledger, and nothing else
      pull-requests: read # who approved what
    steps:
${checkoutStep}
${kbSteps(release, {
  job: 'publish',
  inputs: {
    quarantine: '${{ inputs.quarantine }}',
    only: '${{ inputs.only }}',
    allow: '${{ inputs.allow }}',
    'break-glass': '${{ inputs.break-glass }}',
  },
  env: intercom,
})}`;
}

function nightlyWorkflow(release: ToolRelease): string {
  return `name: Help center, edits in Intercom
# Edits made in Intercom come back as one pull request, reviews that end as one issue.
# With a GitHub App (secrets KB_APP_ID and KB_APP_KEY) the pull request's checks run by themselves.
on:
  schedule:
    - cron: "23 * * * *"
  workflow_dispatch:
permissions: {}
concurrency:
  group: kb-nightly
  cancel-in-progress: false
jobs:
  look:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    environment: help-center
    permissions:
      contents: write # the branch of the pull request
      pull-requests: write
      issues: write
    env:
      KB_APP_ID: \${{ secrets.KB_APP_ID }}
    steps:
${checkoutStep}
      - id: app
        if: env.KB_APP_ID != ''
        uses: ${appToken}
        with:
          app-id: \${{ env.KB_APP_ID }}
          private-key: \${{ secrets.KB_APP_KEY }}
          permission-contents: write
          permission-pull-requests: write
          permission-issues: write
${kbSteps(release, {
  job: 'nightly',
  inputs: { 'app-token': '${{ steps.app.outputs.token }}' },
  env: intercom,
})}`;
}

const checkoutStep = `      - uses: ${checkout}
        with:
          fetch-depth: 0
          persist-credentials: false`;

const intercom = { INTERCOM_TOKEN: '${{ secrets.INTERCOM_TOKEN }}' };

interface Step {
  job: 'pr' | 'publish' | 'nightly';
  inputs: Readonly<Record<string, string>>;
  env: Readonly<Record<string, string>>;
}

/** The steps that run a job: the action of a release, else the package of exactly this version. */
function kbSteps(release: ToolRelease, step: Step): string {
  const { job, inputs, env } = step;
  if (release.commit === null) return packageSteps(release.version, step);
  return [
    `      - uses: ${action}@${release.commit} # v${release.version}`,
    '        with:',
    ...entries({ job, ...inputs }, 10),
    ...(Object.keys(env).length === 0 ? [] : ['        env:', ...entries(env, 10)]),
    '',
  ].join('\n');
}

/**
 * Values come by the environment, never into the script: they would be run there. npx works outside the
 * checkout, whose .npmrc and node_modules a pull request could bring along.
 */
function packageSteps(version: string, { job, inputs, env }: Step): string {
  const asVariable = (name: string): string =>
    name === 'app-token' ? 'KB_APP_TOKEN' : `INPUT_${name.replace(/-/g, '_').toUpperCase()}`;
  const given = Object.entries(inputs).map(([name, value]) => [asVariable(name), value] as const);
  const flags = Object.keys(inputs)
    .filter((name) => name !== 'app-token')
    .map((name) => `\${${asVariable(name)}:+"--${name}=$${asVariable(name)}"}`);
  const command = [
    `npx --yes --ignore-scripts --package reviewed-kb@${version} kb github ${job}`,
    '--content "$GITHUB_WORKSPACE/content" --format github',
    ...flags,
  ];
  return [
    `      - uses: ${setupNode}`,
    '        with:',
    '          node-version: 24',
    '      - working-directory: ${{ runner.temp }}',
    '        run: >-',
    ...command.map((part) => `          ${part}`),
    '        env:',
    ...entries({ GITHUB_TOKEN: '${{ github.token }}', ...Object.fromEntries(given), ...env }, 10),
    '',
  ].join('\n');
}

function entries(values: Readonly<Record<string, string>>, indent: number): string[] {
  return Object.entries(values).map(([name, value]) => `${' '.repeat(indent)}${name}: ${value}`);
}
