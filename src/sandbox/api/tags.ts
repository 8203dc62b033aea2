import type { AppliedTag, StoredTag } from '../state/entities.ts';
import { put, removal } from '../state/tables.ts';
import type { Workspace } from '../workspace.ts';
import { ApiError, invalid, notFound } from './api-error.ts';
import { readId, readText } from './fields.ts';
import { type ApiAnswer, type ApiCall, type ApiRoute, ok } from './route.ts';

export const tagRoutes: readonly ApiRoute[] = [
  { method: 'GET', path: '/tags', answer: listTags },
  { method: 'POST', path: '/tags', answer: createOrRenameTag },
  {
    method: 'GET',
    path: '/tags/{tag_id}',
    answer: ({ workspace, params }) => ok(tag(tagOf(workspace, params.tag_id))),
  },
  { method: 'DELETE', path: '/tags/{tag_id}', answer: deleteTag },
];

function listTags({ workspace }: ApiCall): ApiAnswer {
  const tags = [...workspace.store.tables.tags.rows()];
  return ok({ type: 'list', data: tags.map(tag) });
}

/** Names are unique without regard to case: creating one that exists answers with it. */
function createOrRenameTag({ workspace, body }: ApiCall): ApiAnswer {
  const name = readText(body, 'name')?.trim();
  if (name === undefined || name === '') throw invalid('invalid tag parameters');
  const id = readId(body, 'id');
  const named = [...workspace.store.tables.tags.rows()].find((other) =>
    isSameName(other.name, name),
  );
  if (id === undefined || id === null) {
    return ok(createdTag(named ?? storedTag(workspace, workspace.store.nextId('tags'), name)));
  }
  const found = tagOf(workspace, id);
  if (named !== undefined && named.id !== found.id)
    throw invalid('a tag of that name exists', 'name');
  return ok(createdTag(storedTag(workspace, found.id, name)));
}

function isSameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function storedTag(workspace: Workspace, id: string, name: string): StoredTag {
  const before = workspace.store.tables.tags.find(id);
  const stored: StoredTag = { ...before, id, name, updatedAt: workspace.now() };
  workspace.store.commit([put('tags', stored)]);
  return stored;
}

function createdTag(stored: StoredTag): unknown {
  return { ...tag(stored), users: [], companies: [] };
}

/** A deleted tag leaves everything it was on; applied ones are filtered when read. */
function deleteTag({ workspace, params }: ApiCall): ApiAnswer {
  const { id, segments = [] } = tagOf(workspace, params.tag_id);
  if (segments.length > 0) {
    throw new ApiError(
      400,
      'tag_has_dependent_objects',
      `Unable to delete Tag with dependent objects. Segments: ${segments.join(', ')}.`,
    );
  }
  workspace.store.commit([removal('tags', id)]);
  return { status: 200 };
}

export function tagOf(workspace: Workspace, id = ''): StoredTag {
  const found = workspace.store.tables.tags.find(id);
  if (found === undefined) throw notFound();
  return found;
}

function tag({ id, name }: StoredTag): Record<string, unknown> {
  return { type: 'tag', id, name };
}

/** The tags of an item as its answer shows them. */
export function appliedTags(workspace: Workspace, applied: readonly AppliedTag[]): unknown {
  const tags = applied.flatMap(({ tagId }) => workspace.store.tables.tags.find(tagId) ?? []);
  return { type: 'tag.list', tags: tags.map(tag) };
}

/** @throws ApiError 403 when the token's teammate may not work on content */
export function assertMayTag({ managesKnowledgeBase }: ApiCall): void {
  if (managesKnowledgeBase) return;
  throw new ApiError(403, 'forbidden', 'Not authorized to manage knowledge base content');
}

export interface Tagging {
  readonly tags: readonly AppliedTag[];
  readonly answer: ApiAnswer;
}

/** @throws ApiError `tag_not_found` for a tag the workspace does not have. */
export function withTag(
  { workspace, body, actor }: ApiCall,
  applied: readonly AppliedTag[],
): Tagging {
  const found = workspace.store.tables.tags.find(readId(body, 'id') ?? '');
  if (found === undefined) throw tagNotFound();
  const known = applied.find(({ tagId }) => tagId === found.id);
  const added = known ?? { tagId: found.id, appliedAt: workspace.now(), appliedById: actor.id };
  return {
    tags: known === undefined ? [...applied, added] : applied,
    answer: ok({
      ...tag(found),
      applied_at: added.appliedAt,
      applied_by: { type: 'admin', id: String(added.appliedById) },
    }),
  };
}

/** @throws ApiError `tag_not_found` for a tag that is not on the item. */
export function withoutTag(
  { workspace, params }: ApiCall,
  applied: readonly AppliedTag[],
): Tagging {
  const found = workspace.store.tables.tags.find(params.id ?? '');
  if (found === undefined || !applied.some(({ tagId }) => tagId === found.id)) throw tagNotFound();
  return {
    tags: applied.filter(({ tagId }) => tagId !== found.id),
    answer: ok({ ...tag(found), applied_at: null, applied_by: null }),
  };
}

function tagNotFound(): ApiError {
  return new ApiError(404, 'tag_not_found', 'Tag not found');
}
