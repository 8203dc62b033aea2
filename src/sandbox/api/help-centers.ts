import type { Workspace } from '../workspace.ts';
import { notFound } from './api-error.ts';
import { type ApiRoute, ok } from './route.ts';

const HELP_CENTER_CREATED_AT = 1_577_836_800;

export const helpCenterRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: '/help_center/help_centers',
    answer: ({ workspace }) => ok({ type: 'list', data: [helpCenter(workspace)] }),
  },
  {
    method: 'GET',
    path: '/help_center/help_centers/{help_center_id}',
    answer: ({ workspace, params }) => {
      assertHelpCenter(workspace, params.help_center_id);
      return ok(helpCenter(workspace));
    },
  },
];

/** @throws ApiError when the id is not that of the one help center. */
export function assertHelpCenter(workspace: Workspace, id: string | undefined): void {
  if (id !== workspace.settings.helpCenter.id) throw notFound();
}

function helpCenter(workspace: Workspace): unknown {
  const { settings } = workspace;
  return {
    id: settings.helpCenter.id,
    workspace_id: settings.workspaceId,
    created_at: HELP_CENTER_CREATED_AT,
    updated_at: HELP_CENTER_CREATED_AT,
    identifier: slugOf(settings.helpCenter.name) || 'help',
    website_turned_on: settings.helpCenter.isTurnedOn,
    display_name: settings.helpCenter.name,
    url: helpCenterUrl(workspace),
    custom_domain: settings.helpCenter.customDomain,
    default: true,
    locales: settings.locales,
  };
}

/** Where the help center is for its visitors: under its own domain, if it has one. */
export function helpCenterUrl(workspace: Workspace): string {
  const { customDomain } = workspace.settings.helpCenter;
  return customDomain === null ? `${workspace.baseUrl()}/help` : `https://${customDomain}`;
}

/**
 * The path under which this sandbox shows an address of its help center: a domain of its own would
 * lead to the real one.
 */
export function localPath(workspace: Workspace, address: string): string {
  const root = helpCenterUrl(workspace);
  return address.startsWith(root)
    ? `/help${address.slice(root.length)}`
    : new URL(address).pathname;
}

/** A title as the last part of an address. */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
    .replace(/-+$/, '');
}
