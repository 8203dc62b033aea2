export { gitHubLinks } from '../repository/history/git-host.ts';
export { editorLinks, editorNames } from './editors.ts';
export { type Loaded, openPreview, type Preview } from './preview.ts';
export type { LiveReading, PastText, PreviewOptions, PreviewPorts } from './preview-ports.ts';
export { type ServedPreview, servePreview } from './server/serve.ts';
